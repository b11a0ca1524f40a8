"""What is decided on showing photos to people outside."""

from typing import Protocol
from uuid import UUID

from service.domain.showing import Showing


class Showings(Protocol):
    """What was decided last, by photo."""

    def get(self, photo_id: UUID) -> Showing | None: ...

    def of_incident(self, incident_id: UUID) -> dict[UUID, Showing]:
        """Those of an incident, by photo."""
        ...

    def put(self, value: Showing, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...
