"""Codes for owners and notices on SQL: hashes, never the codes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update

from service.domain import codes as domain
from service.domain.codes import Code, CodeKind
from storage.events import know_events
from storage.prepared import Prepared
from storage.tables import (
    codes,
    custodies,
    incidents,
    photo_removals,
    photo_showings,
    posts,
    scenes,
)

know_events(domain.EVENTS)

_SHOWN = (
    select(func.coalesce(func.sum(photo_showings.c.version), 0))
    .where(photo_showings.c.incident_id == codes.c.incident_id)
    .scalar_subquery()
)
_REMOVED = (
    select(func.count())
    .select_from(photo_removals)
    .where(photo_removals.c.incident_id == codes.c.incident_id)
    .scalar_subquery()
)
_STAMP = Prepared(
    select(
        codes,
        (_SHOWN + _REMOVED).label("of_photos"),
        incidents.c.version.label("of_incident"),
        scenes.c.version.label("of_scene"),
        custodies.c.version.label("of_custody"),
        posts.c.version.label("of_post"),
    )
    .join(incidents, incidents.c.id == codes.c.incident_id)
    .join(posts, posts.c.id == incidents.c.station_id)
    .outerjoin(scenes, scenes.c.incident_id == incidents.c.id)
    .outerjoin(custodies, custodies.c.id == scenes.c.id)
    .where(codes.c.hash == bindparam("h"))
)


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
        self._connection.execute(update(codes).where(codes.c.hash == code.hash).values(ended_at=at))

    def stamp(self, code_hash: bytes) -> tuple[Code, str, bool] | None:
        """The code, the versions of all that it shows, and whether it has a scene."""
        row = _STAMP.first(self._connection, {"h": code_hash})
        if row is None:
            return None
        code = _code(row)
        of_scene = f"{row.of_scene or 0}-{row.of_custody or 0}"
        versions = f"{row.of_incident}-{of_scene}-{row.of_post}-{row.of_photos}"
        return code, f"{code.id.hex[:8]}-{versions}", row.of_scene is not None


def _code(row: Any) -> Code:
    parts = {name: getattr(row, name) for name in Code.__slots__}
    return Code(**{**parts, "kind": CodeKind(row.kind)})
