"""What photos need from outside: where their bytes lie, and what decodes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol
from uuid import UUID

from service.domain.photo import Picture
from service.domain.preview import PreviewRecipe


class OpenPhoto(Protocol):
    """Bytes of an original, in pieces; whoever opened it closes it."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class StagedPhoto(Protocol):
    """A whole upload, not yet an original."""

    @property
    def file(self) -> BinaryIO: ...

    def keep(self, digest: str) -> None:
        """Make it the original of that digest, durable on return; one that is there stays."""
        ...


class PhotoStore(Protocol):
    """Where the bytes of photos lie: originals by SHA-256, never rewritten, and staged uploads.

    Everything raises StoreUnavailable when the store is away, slow, full or answers rubbish.
    """

    def ready(self) -> None:
        """Raises: StoreUnavailable when nothing could be stored now."""
        ...

    def staged_bytes(self, photo_id: UUID) -> int:
        """How much of the upload is stored; 0 where nothing is."""
        ...

    def append(self, photo_id: UUID, pieces: Iterable[bytes], *, offset: int) -> int:
        """Add to the upload, durable on return, and give the new offset.

        When the pieces break off, what came before stays.
        Raises: UploadOffsetWrong, UploadBusy while another request writes to it.
        """
        ...

    def staged(self, photo_id: UUID, *, start: int) -> OpenPhoto:
        """The staged bytes of the upload from `start` on; none where nothing is staged."""
        ...

    def whole(self, photo_id: UUID, *, size_bytes: int) -> AbstractContextManager[StagedPhoto]:
        """The finished upload, to be looked at and kept.

        Raises: UploadBusy when it is not of that size, or another request writes or finished it.
        """
        ...

    def discard(self, photo_id: UUID) -> None:
        """Forget what is staged of the upload.

        Raises: UploadBusy.
        """
        ...

    def put(self, digest: str, source: BinaryIO) -> bool:
        """Store an original, durable on return; False where the digest is there already."""
        ...

    def originals(self) -> Iterator[str]:
        """The digests of all originals in order, by and by; what else lies there, by its name."""
        ...

    def size(self, digest: str) -> int | None:
        """Bytes of the original; None where there is none."""
        ...

    def open(self, digest: str, *, start: int, stop: int) -> OpenPhoto:
        """Bytes start to stop (not included) of the original.

        Raises: PhotoBytesMissing.
        """
        ...

    def local(self, digest: str) -> AbstractContextManager[BinaryIO]:
        """The original as a file to seek in.

        Raises: PhotoBytesMissing.
        """
        ...


class Pictures(Protocol):
    """Decodes pictures in a process apart, within limits.

    Everything raises Unavailable where that process cannot be had.
    """

    def inspect(self, source: BinaryIO) -> Picture:
        """Decode it to its end and say what it is: sides, what its EXIF claims, its grey square.

        Raises: PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken.
        """
        ...

    def previews(
        self, source: BinaryIO, recipes: Sequence[PreviewRecipe], *, in_no_hurry: bool = False
    ) -> Sequence[bytes]:
        """One JPEG for each recipe: in sRGB, turned as the camera was held, without any metadata.

        What is `in_no_hurry` waits for all that is.
        Raises: PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken.
        """
        ...


class Previews(Protocol):
    """Previews already made; losing them costs only time."""

    def get(self, digest: str, recipe: PreviewRecipe) -> bytes | None:
        """The preview; empty where none can be made, None where nobody has tried."""
        ...

    def put(self, digest: str, recipe: PreviewRecipe, preview: bytes) -> None: ...


class Later(Protocol):
    """Does after the answer what may as well be lost with the process and be done another time."""

    def do(self, act: Callable[[], None]) -> None: ...
