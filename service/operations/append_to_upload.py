"""Add one piece to an upload; the last one finishes it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Protocol
from uuid import UUID

from service.domain.photo import Photo
from service.domain.powers import Officer
from service.domain.upload import (
    Upload,
    UploadPart,
    must_continue,
    must_take_pieces,
    too_large,
    with_length,
    within,
)
from service.domain.upload_headers import Checksum
from service.operations.finish_upload import finish_upload
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom
from service.operations.resume_upload import Progress, progress_of

_PART_BYTES = 1 << 20


class Hash(Protocol):
    """What hashlib makes."""

    def update(self, part: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes on their way in; `size_bytes` where it was said how many."""

    photo_id: UUID
    offset: int
    parts: Iterable[bytes]
    size_bytes: int | None
    length: int | None = None
    """What the whole upload is said to have, where that comes with this piece."""
    checksum: Checksum | None = None


def append_to_upload(piece: Piece, *, officer: Officer, room: PhotoRoom) -> Progress:
    """Store the piece where the last one ended, and finish what is whole.

    Raises: UploadUnknown, UploadExpired, Forbidden, UploadIsFinal, UploadOffsetWrong,
    UploadLengthSet, PhotoTooLarge, ChecksumWrong, UploadBusy, StoreUnavailable, and what
    finish_upload raises.
    """
    known = room.records.read(
        lambda work: upload_within_reach(
            piece.photo_id, officer=officer, kept_for=room.kept_for, work=work
        )
    )
    must_take_pieces(known)
    progress = progress_of(known, room=room)
    must_continue(offset=piece.offset, staged_bytes=progress.offset)
    if piece.length is not None and not isinstance(known, Photo):
        known = _with_length(known, piece.length, staged_bytes=progress.offset, room=room)
    most_bytes = room.at_most_bytes if known.size_bytes is None else known.size_bytes
    left_bytes = most_bytes - progress.offset
    if (piece.size_bytes or 0) > left_bytes:
        given = piece.size_bytes or 0
        raise too_large("/headers/Content-Length", given=given, limit=left_bytes)
    if isinstance(known, Photo):
        return progress
    progress = replace(progress, size_bytes=known.size_bytes)
    all_of_it = piece.offset == 0 and piece.size_bytes == known.size_bytes
    running = sha256() if all_of_it and isinstance(known, Upload) else None
    if left_bytes:
        with _checked(within(piece.parts, room_bytes=left_bytes), piece.checksum) as parts:
            end = room.store.append(piece.photo_id, _hashed(parts, running), offset=piece.offset)
        progress = replace(progress, offset=end)
    if isinstance(known, Upload) and progress.offset == progress.size_bytes:
        digest = None if running is None else running.hexdigest()
        finish_upload(known, officer=officer, room=room, digest=digest)
        progress = replace(progress, expires_at=None)
    return progress


def _with_length(
    known: Upload | UploadPart, length: int, *, staged_bytes: int, room: PhotoRoom
) -> Upload | UploadPart:
    """The upload with its length on record, before any byte of this piece is.

    Raises: UploadLengthSet, PhotoTooLarge.
    """
    told = with_length(known, length, staged_bytes=staged_bytes, at_most_bytes=room.at_most_bytes)
    if told != known:
        room.records.write(lambda work: work.photos.put_upload(told))
    return told


def _hashed(parts: Iterable[bytes], running: Hash | None) -> Iterable[bytes]:
    """The parts as they come; hashed on their way, where they are a whole photo."""
    for part in parts:
        if running is not None:
            running.update(part)
        yield part


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
