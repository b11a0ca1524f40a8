"""Photos: what they take up, what they look like, where they were taken from, and removals."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

VERBS = ("UPDATE", "DELETE")


def upgrade() -> None:
    op.add_column("photos", sa.Column("size_bytes", sa.BigInteger(), nullable=True))
    op.add_column("uploads", sa.Column("size_bytes", sa.BigInteger(), nullable=True))
    op.add_column("uploads", sa.Column("officer_id", sa.Uuid(), nullable=True))
    op.add_column("uploads", sa.Column("device", sa.String(length=128), nullable=True))
    op.create_index("ix_uploads_officer_id", "uploads", ["officer_id"], unique=False)
    bind = op.get_bind()
    unprotect(bind, "photos", "UPDATE")
    for table in ("photos", "uploads"):
        tell_sizes(bind, table)
    protect(bind, "photos", "UPDATE")
    make_fingerprints()
    make_standpoints()
    make_removals()
    for verb in VERBS:
        protect(bind, "photo_removals", verb)


def tell_sizes(bind: sa.Connection, name: str) -> None:
    """The size that each row's document says, as a column to be summed."""
    table = sa.table(
        name,
        sa.column("id", sa.Uuid),
        sa.column("document", sa.Text),
        sa.column("size_bytes", sa.BigInteger),
    )
    for id, document in bind.execute(sa.select(table.c.id, table.c.document)).all():
        size_bytes = json.loads(document)["size_bytes"]
        bind.execute(sa.update(table).where(table.c.id == id).values(size_bytes=size_bytes))


def make_fingerprints() -> None:
    op.create_table(
        "photo_fingerprints",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("photo_id"),
    )


def make_standpoints() -> None:
    op.create_table(
        "photo_standpoints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_photo_standpoints_incident_id", "photo_standpoints", ["incident_id"], unique=False
    )


def make_removals() -> None:
    op.create_table(
        "photo_removals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_photo_removals_incident_id", "photo_removals", ["incident_id"], unique=False
    )


def unprotect(bind: sa.Connection, table: str, verb: str) -> None:
    """Take the trigger off for what follows in this same transaction."""
    on = f" ON {table}" if bind.dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{on}")


def protect(bind: sa.Connection, table: str, verb: str) -> None:
    """Let no row be changed or removed (see 0001)."""
    name = f"{table}_no_{verb.lower()}"
    if bind.dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
