"""Incidents as they stand, and the lists of them, on SQL."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from service.domain import incident_events
from service.domain.incident import Incident
from service.domain.incident_query import Box, IncidentQuery, Mark, folded, searched_text
from storage.documents import Documents
from storage.events import know_events
from storage.tables import incidents

know_events(incident_events.EVENTS)

_COLUMNS = incidents.c


class SqlIncidents:
    """The `Incidents` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents = Documents(connection, incidents, Incident)

    def get(self, id: UUID) -> Incident | None:
        """The present state, or None."""
        return self._documents.get(id)

    def put(self, value: Incident, *, previous: int) -> None:
        """Write the state that follows version `previous` (0: none yet)."""
        place = value.place.location.geometry.centroid
        self._documents.put(
            value,
            previous=previous,
            state=value.state.value,
            station_id=value.station_id,
            station_path=value.station_path,
            drill=value.drill,
            called_at=value.called_at,
            lon=place.x,
            lat=place.y,
            words=searched_text(value),
        )

    def move(self, value: Incident, *, previous: int) -> None:
        """Write another `state` and nothing else: no index has to be written again."""
        self._documents.put(value, previous=previous, state=value.state.value)

    def find(self, query: IncidentQuery) -> list[Incident]:
        """At most `query.limit`, the newest call first."""
        found: list[Incident] = []
        for incident in self._passing(query):
            if query.around is None or query.around.holds(incident):
                found.append(incident)
            if len(found) == query.limit:
                break
        return found

    def _passing(self, query: IncidentQuery) -> Iterator[Incident]:
        """Page by page, so that one page of a thin circle does not read the whole table."""
        page_size = max(query.limit, 1)
        while True:
            rows = self._connection.execute(
                select(_COLUMNS.id, _COLUMNS.called_at, _COLUMNS.document)
                .where(*_conditions(query))
                .order_by(_COLUMNS.called_at.desc(), _COLUMNS.id.desc())
                .limit(page_size)
            ).all()
            yield from (self._documents.load(row.document) for row in rows)
            if len(rows) < page_size:
                return
            query = replace(query, after=Mark(called_at=rows[-1].called_at, id=rows[-1].id))


def _conditions(query: IncidentQuery) -> list[ColumnElement[bool]]:
    conditions = [_COLUMNS.station_path.startswith(query.within, autoescape=True)]
    for box in (query.box, query.around.box() if query.around else None):
        conditions += _in_box(box) if box else []
    if query.since:
        conditions.append(_COLUMNS.called_at >= query.since)
    if query.until:
        conditions.append(_COLUMNS.called_at < query.until)
    if query.states:
        conditions.append(_COLUMNS.state.in_([state.value for state in query.states]))
    if query.station_id:
        conditions.append(_COLUMNS.station_id == query.station_id)
    if query.drill is not None:
        conditions.append(_COLUMNS.drill.is_(query.drill))
    if query.text:
        conditions.append(_COLUMNS.words.contains(folded(query.text), autoescape=True))
    if query.after:
        conditions.append(_before(query.after))
    return conditions


def _in_box(box: Box) -> list[ColumnElement[bool]]:
    west, south, east, north = box
    return [_COLUMNS.lon.between(west, east), _COLUMNS.lat.between(south, north)]


def _before(mark: Mark) -> ColumnElement[bool]:
    return or_(
        _COLUMNS.called_at < mark.called_at,
        and_(_COLUMNS.called_at == mark.called_at, _COLUMNS.id < mark.id),
    )
