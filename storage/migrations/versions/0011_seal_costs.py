"""What each scene's seal has cost; counted from its events at the scene's next change."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "seal_costs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("ever", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["scenes.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in (
        "changed_at",
        "sealed",
    ):  # a month asks for either, not for every scene there was
        op.create_index(f"ix_scenes_{column}", "scenes", [column])
