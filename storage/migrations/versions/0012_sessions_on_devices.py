"""Sessions know their device and when they were used; whoever is signed in stays signed in."""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

BEFORE = sa.table(
    "sessions",
    sa.column("token_hash", sa.LargeBinary()),
    sa.column("user_id", sa.Uuid()),
    sa.column("grant_id", sa.Uuid()),
    sa.column("expires_at", sa.DateTime(timezone=True)),
    sa.column("ended_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    rows = [dict(row) for row in op.get_bind().execute(sa.select(BEFORE)).mappings()]
    op.drop_table("sessions")
    made = op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(length=100), nullable=True),
        sa.Column("agent", sa.String(length=100), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"], unique=False)
    op.bulk_insert(made, [filled(row) for row in rows])


def filled(row: dict[str, object]) -> dict[str, object]:
    """When it began is not known of a session from before: now stands for it."""
    now = datetime.now(UTC)
    new = {"id": uuid4(), "device": None, "agent": "", "began_at": now, "used_at": now}
    return row | new | {"ends_at": row["expires_at"]}
