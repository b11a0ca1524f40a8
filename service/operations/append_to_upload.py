"""Add one piece to an upload; the last one finishes it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from tempfile import SpooledTemporaryFile
from uuid import UUID

from service.domain.photo import Photo
from service.domain.powers import Officer
from service.domain.upload import must_continue, too_large, within
from service.domain.upload_headers import Checksum
from service.operations.finish_upload import finish_upload
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom
from service.operations.resume_upload import Progress, progress_of

_PART_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes on their way in; `size_bytes` where it was said how many."""

    photo_id: UUID
    offset: int
    parts: Iterable[bytes]
    size_bytes: int | None
    checksum: Checksum | None = None


def append_to_upload(piece: Piece, *, officer: Officer, room: PhotoRoom) -> Progress:
    """Store the piece where the last one ended, and finish what is whole.

    Raises: UploadUnknown, Forbidden, UploadOffsetWrong, PhotoTooLarge, ChecksumWrong, UploadBusy,
    StoreUnavailable, and what finish_upload raises.
    """
    known = room.records.read(
        lambda work: upload_within_reach(piece.photo_id, officer=officer, work=work)
    )
    progress = progress_of(known, store=room.store)
    must_continue(offset=piece.offset, staged_bytes=progress.offset)
    left_bytes = progress.size_bytes - progress.offset
    if (piece.size_bytes or 0) > left_bytes:
        given = piece.size_bytes or 0
        raise too_large("/headers/Content-Length", given=given, limit=left_bytes)
    if isinstance(known, Photo):
        return progress
    if left_bytes:
        with _checked(within(piece.parts, room_bytes=left_bytes), piece.checksum) as parts:
            end = room.store.append(piece.photo_id, parts, offset=piece.offset)
        progress = replace(progress, offset=end)
    if progress.offset == progress.size_bytes:
        finish_upload(known, officer=officer, room=room)
    return progress


@contextmanager
def _checked(parts: Iterable[bytes], checksum: Checksum | None) -> Iterator[Iterable[bytes]]:
    """The parts as they come, or held back until their checksum was found right."""
    if checksum is None:
        yield parts
        return
    with SpooledTemporaryFile(max_size=_PART_BYTES) as held:
        for part in parts:
            held.write(part)
        read = partial(held.read, _PART_BYTES)
        held.seek(0)
        checksum.must_match(iter(read, b""))
        held.seek(0)
        yield iter(read, b"")
