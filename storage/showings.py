"""What is decided on showing photos, on SQL."""

from uuid import UUID

from sqlalchemy import Connection, select

from service.domain.showing import EVENTS, Showing
from storage.documents import Documents
from storage.events import know_events
from storage.tables import photo_showings

know_events(EVENTS)


class SqlShowings:
    """The `Showings` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents = Documents(connection, photo_showings, Showing)

    def get(self, photo_id: UUID) -> Showing | None:
        """What was decided last for that photo."""
        return self._documents.get(photo_id)

    def of_incident(self, incident_id: UUID) -> dict[UUID, Showing]:
        """Those of an incident, by photo."""
        texts = self._connection.execute(
            select(photo_showings.c.document).where(photo_showings.c.incident_id == incident_id)
        ).scalars()
        return {found.id: found for found in map(self._documents.load, texts)}

    def put(self, value: Showing, *, previous: int) -> None:
        """Write the state after version `previous`."""
        self._documents.put(value, previous=previous, incident_id=value.incident_id)
