"""Underlays as they lie, on SQL."""

from uuid import UUID

from sqlalchemy import Connection, select

from service.domain.plan_underlay import UNDERLAY_EVENTS, Underlay
from storage.documents import Documents
from storage.events import know_events
from storage.tables import underlays

know_events(UNDERLAY_EVENTS)


class SqlUnderlays:
    """The `Underlays` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents = Documents(connection, underlays, Underlay)

    def get(self, id: UUID) -> Underlay | None:
        """The underlay of that id."""
        return self._documents.get(id)

    def of_scene(self, scene_id: UUID) -> list[Underlay]:
        """Every underlay of a scene, by id."""
        texts = self._connection.execute(
            select(underlays.c.document)
            .where(underlays.c.scene_id == scene_id)
            .order_by(underlays.c.id)
        ).scalars()
        return [self._documents.load(text) for text in texts]

    def put(self, value: Underlay, *, previous: int) -> None:
        """Write the state after version `previous`."""
        self._documents.put(value, previous=previous, scene_id=value.scene_id)
