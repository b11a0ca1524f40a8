"""Refresh tokens, and the secret that the next ones are made with."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "refresh_tokens",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("ix_refresh_tokens_expires_at", "refresh_tokens", ["expires_at"], unique=False)
    kept = sa.table("secrets", sa.column("name", sa.String()), sa.column("value", sa.LargeBinary()))
    op.bulk_insert(kept, [{"name": "refresh-tokens", "value": secrets.token_bytes(32)}])
