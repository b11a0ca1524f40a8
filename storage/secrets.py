"""Random bytes that the migrations made: all workers share them, and nobody is told."""

from sqlalchemy import Connection, select

from storage.tables import secrets


def secret(connection: Connection, name: str) -> bytes:
    """The secret of a name."""
    row = select(secrets.c.value).where(secrets.c.name == name)
    return bytes(connection.execute(row).scalar_one())
