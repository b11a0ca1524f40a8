"""What officers said of photos, on SQL: standpoints as they stand, removals for ever."""

from uuid import UUID

from sqlalchemy import Connection, Table, insert, select

from service.domain.photo_removal import EVENTS as REMOVALS
from service.domain.photo_removal import Removal
from service.domain.standpoint import EVENTS as STANDPOINTS
from service.domain.standpoint import Standpoint
from storage.documents import Documents
from storage.events import know_events
from storage.serialise import from_text, to_text
from storage.tables import photo_removals, photo_standpoints

know_events([*REMOVALS, *STANDPOINTS])


class SqlPhotoMarks:
    """The `PhotoMarks` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._standpoints = Documents(connection, photo_standpoints, Standpoint)

    def standpoint(self, photo_id: UUID) -> Standpoint | None:
        """Where that photo was taken from."""
        return self._standpoints.get(photo_id)

    def standpoints(self, incident_id: UUID) -> dict[UUID, Standpoint]:
        """Those of an incident, by photo."""
        texts = self._of(photo_standpoints, incident_id)
        return {found.id: found for found in map(self._standpoints.load, texts)}

    def put_standpoint(self, value: Standpoint, *, previous: int) -> None:
        """Write the state after version `previous`."""
        self._standpoints.put(value, previous=previous, incident_id=value.incident_id)

    def removal(self, photo_id: UUID) -> Removal | None:
        """Why that photo was taken out of the file."""
        text = self._connection.execute(
            select(photo_removals.c.document).where(photo_removals.c.id == photo_id)
        ).scalar_one_or_none()
        return None if text is None else from_text(text, Removal)

    def removals(self, incident_id: UUID) -> dict[UUID, Removal]:
        """Those of an incident, by photo."""
        texts = self._of(photo_removals, incident_id)
        return {found.photo_id: found for found in (from_text(text, Removal) for text in texts)}

    def remove(self, removal: Removal) -> None:
        """Put a removal on record."""
        self._connection.execute(
            insert(photo_removals).values(
                id=removal.photo_id,
                incident_id=removal.incident_id,
                removed_at=removal.removed_at,
                document=to_text(removal),
            )
        )

    def _of(self, table: Table, incident_id: UUID) -> list[str]:
        found = select(table.c.document).where(table.c.incident_id == incident_id)
        return list(self._connection.execute(found).scalars())
