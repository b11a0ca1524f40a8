"""What is due under a post, over every route and the scenes, on SQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, and_, literal, or_, select, union_all

from service.domain.due import DueItem, DueKind
from storage.tables import incidents, investigations, registrations, scenes, simplified_procedures

ROUTES: dict[DueKind, Table] = {
    DueKind.REGISTRATION: registrations,
    DueKind.PROCEDURE: simplified_procedures,
    DueKind.INVESTIGATION: investigations,
}


@dataclass(frozen=True)
class SqlDues:
    """The `Dues` port over one transaction."""

    connection: Connection

    def under(
        self,
        path: str,
        *,
        scenes_by: datetime,
        routes_by: datetime,
        after: tuple[datetime, UUID] | None,
        at_most: int,
    ) -> list[DueItem]:
        """What is due by then at a post or below, the earliest first; see the port."""
        parts = [_route(kind, table, path, routes_by) for kind, table in ROUTES.items()]
        every = union_all(_scenes(path, scenes_by), *parts).subquery()
        query = select(every).order_by(every.c.due_at, every.c.id).limit(at_most)
        if after is not None:
            at, id = after
            later = or_(every.c.due_at > at, and_(every.c.due_at == at, every.c.id > id))
            query = query.where(later)
        rows = self.connection.execute(query).mappings()
        return [DueItem(**{**row, "kind": DueKind(row["kind"])}) for row in rows]


def _route(kind: DueKind, table: Table, path: str, by: datetime) -> Any:
    """One row an incident: documents of a route stand under the incident's id."""
    columns = (table.c.due_at, table.c.id, incidents.c.id.label("incident_id"), incidents.c.drill)
    return (
        select(literal(kind.value).label("kind"), *columns)
        .join(incidents, incidents.c.id == table.c.id)
        .where(table.c.due_at <= by, incidents.c.station_path.startswith(path, autoescape=True))
    )


def _scenes(path: str, by: datetime) -> Any:
    due_at = scenes.c.warns_from.label("due_at")
    return (
        select(
            literal(DueKind.SCENE.value).label("kind"),
            due_at,
            scenes.c.id,
            incidents.c.id.label("incident_id"),
            incidents.c.drill,
        )
        .join(incidents, incidents.c.id == scenes.c.incident_id)
        .where(scenes.c.warns_from <= by, scenes.c.post_path.startswith(path, autoescape=True))
    )
