"""What is said of photos beside their bytes: where from, taken out, and what they look like."""

from typing import Protocol
from uuid import UUID

from service.domain.photo_fingerprint import Alike
from service.domain.photo_removal import Removal
from service.domain.standpoint import Standpoint


class PhotoMarks(Protocol):
    """What officers have said of photos on record: where from, and that one is taken out."""

    def standpoint(self, photo_id: UUID) -> Standpoint | None: ...

    def standpoints(self, incident_id: UUID) -> dict[UUID, Standpoint]:
        """Those of an incident, by photo."""
        ...

    def put_standpoint(self, value: Standpoint, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...

    def removal(self, photo_id: UUID) -> Removal | None: ...

    def removals(self, incident_id: UUID) -> dict[UUID, Removal]:
        """Those of an incident, by photo."""
        ...

    def remove(self, removal: Removal) -> None:
        """Put a removal on record; it is never changed."""
        ...


class Likenesses(Protocol):
    """What photos look like, in 64 bits each (photo_fingerprint.py)."""

    def put(self, photo_id: UUID, fingerprint: int) -> None:
        """Put it on record with the photo."""
        ...

    def of(self, photo_id: UUID) -> int | None: ...

    def near(self, photo_id: UUID, *, within: int, under: str, at_most: int) -> list[Alike]:
        """Other photos that look like this one, of incidents at a post or below it, nearest first.

        Exact: all photos on record are looked at. To be asked when reading only.
        """
        ...
