"""When something is due on each route, and when a scene begins to have a warning."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = (
    ("registrations", "due_at"),
    ("simplified_procedures", "due_at"),
    ("investigations", "due_at"),
    ("scenes", "warns_from"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_{table}_{column}", table, [column])
