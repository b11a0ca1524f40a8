"""What photos that go straight to the store need from outside."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from service.domain.direct_upload import Form, Part, PartAddress
from service.domain.upload import Upload
from service.operations.photo_ports import StagedPhoto


class QuarantinedPhoto(StagedPhoto, Protocol):
    """What has arrived of a photo; its bytes were hashed while they were read."""

    @property
    def digest(self) -> str: ...


class Quarantine(Protocol):
    """Where phones send straight to the store; nobody reads from it but the service.

    Everything raises StoreUnavailable as the PhotoStore does.
    """

    def form(self, photo_id: UUID, *, size_bytes: int) -> Form:
        """A form that takes the photo, of that size alone."""
        ...

    def begin_parts(self, photo_id: UUID) -> str:
        """The store's own name of the parts to come."""
        ...

    def parts(
        self, photo_id: UUID, store_key: str, *, parts: Sequence[Part]
    ) -> tuple[PartAddress, ...]:
        """Where the parts are put, each of its size alone."""
        ...

    def received(self, upload: Upload) -> AbstractContextManager[QuarantinedPhoto]:
        """What has arrived of it, read once and hashed.

        Raises: DirectUploadIncomplete.
        """
        ...

    def discard(self, upload: Upload) -> None:
        """Forget what has arrived of it."""
        ...

    def sweep(self, *, kept_for: timedelta, after: UUID) -> None:
        """Forget some of what has lain there longer, from a place in the alphabet on."""
        ...
