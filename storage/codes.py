"""Codes for owners and notices on SQL: hashes, never the codes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from service.domain.codes import Code, CodeKind
from storage.tables import codes


class SqlCodes:
    """The `Codes` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code_hash: bytes) -> Code | None:
        """The code of this hash."""
        row = self._connection.execute(select(codes).where(codes.c.hash == code_hash)).one_or_none()
        return None if row is None else _code(row)

    def of_incident(self, incident_id: UUID) -> list[Code]:
        """Every code of an incident, the oldest first."""
        rows = self._connection.execute(
            select(codes).where(codes.c.incident_id == incident_id).order_by(codes.c.issued_at)
        )
        return [_code(row) for row in rows]

    def put(self, code: Code) -> None:
        """Keep a new code."""
        row = {name: getattr(code, name) for name in Code.__slots__} | {"kind": code.kind.value}
        self._connection.execute(insert(codes), row)

    def end(self, code: Code, at: datetime) -> None:
        """The code opens nothing from then on."""
        self._connection.execute(
            update(codes).where(codes.c.hash == code.hash).values(ended_at=at)
        )


def _code(row: Any) -> Code:
    parts = {name: getattr(row, name) for name in Code.__slots__}
    return Code(**{**parts, "kind": CodeKind(row.kind)})
