"""What is on record of photos, and the uploads under way."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.photo import Photo, View
from service.domain.photo_limits import Load
from service.domain.upload import Upload, UploadPart


class Photos(Protocol):
    """What is on record of photos, and the uploads under way."""

    def upload(self, id: UUID) -> Upload | UploadPart | None: ...

    def begin(self, upload: Upload | UploadPart) -> None:
        """Put a new upload on record; its time begins now."""
        ...

    def put_upload(self, upload: Upload | UploadPart) -> None:
        """Write what has become known of an upload that is on record."""
        ...

    def uploads_begun(self, *, until: datetime, at_most: int) -> list[UUID]:
        """Unfinished uploads begun by then, the oldest first."""
        ...

    def end(self, photo_id: UUID) -> None:
        """The upload is over, finished or given up."""
        ...

    def get(self, photo_id: UUID) -> Photo | None: ...

    def add(self, photo: Photo) -> bool:
        """Put a photo on record; False, and nothing done, where one has its id."""
        ...

    def of_incident(
        self, incident_id: UUID, *, after: UUID | None = None, limit: int | None = None
    ) -> list[Photo]:
        """The photos of an incident as they were received: all, or some after that id."""
        ...

    def number(self, photo: Photo) -> int:
        """Which of its incident's photos it is, counted from 1 as they were received."""
        ...

    def originals(self, *, after: str, at_most: int) -> list[tuple[str, int]]:
        """Digests on record beyond `after`, in order, each once with its size in bytes."""
        ...

    def count_originals(self) -> int: ...

    def of_digest(self, digest: str) -> list[Photo]:
        """The photos on record of one original."""
        ...

    def is_under_way(self, digest: str) -> bool:
        """Whether an upload that is not finished announces this original."""
        ...

    def digests(self, incident_id: UUID) -> list[tuple[UUID, View, str]]:
        """Id, view and SHA-256 of every photo of an incident, for a record to be frozen.

        Those taken out of the file are left out.
        """
        ...

    def count_by_view(self, incident_id: UUID) -> dict[View, int]:
        """How many photos of each kind of view the incident has; every view is named.

        Those taken out of the file do not count.
        """
        ...

    def load_of_incident(self, incident_id: UUID, *, most_bytes: int) -> Load:
        """Photos on record and uploads under way; one of unknown length may become `most_bytes`."""
        ...

    def load_of_device(self, officer_id: UUID, device: str | None, *, most_bytes: int) -> Load:
        """Uploads under way that an officer sends from a device."""
        ...
