"""Uploads under way are found by their age, and counted by their incident."""

import json
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

uploads = sa.table(
    "uploads",
    sa.column("id", sa.Uuid),
    sa.column("incident_id", sa.Uuid),
    sa.column("document", sa.Text),
)


def upgrade() -> None:
    op.add_column("uploads", sa.Column("incident_id", sa.Uuid(), nullable=True))
    op.create_index("ix_uploads_incident_id", "uploads", ["incident_id"], unique=False)
    op.create_index("ix_uploads_begun_at", "uploads", ["begun_at"], unique=False)
    bind = op.get_bind()
    for id, document in bind.execute(sa.select(uploads.c.id, uploads.c.document)).all():
        incident = UUID(json.loads(document)["incident_id"])
        bind.execute(sa.update(uploads).where(uploads.c.id == id).values(incident_id=incident))
