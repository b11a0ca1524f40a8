"""Put the parts of a final upload together, and finish the photo."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from uuid import UUID

from service.domain.errors import Locked, Unavailable
from service.domain.photo import Photo
from service.domain.powers import Officer
from service.domain.upload import Upload, UploadPart, must_fit
from service.domain.upload_concat import unfinished
from service.domain.upload_term import is_over
from service.operations.finish_upload import finish_upload
from service.operations.ports import PhotoRoom, Work


def join_parts(upload: Upload, *, officer: Officer, room: PhotoRoom) -> Photo:
    """Copy what of the parts is not copied yet, and put the photo on record.

    The parts go when the photo is on record; where it is refused they stay until they expire.
    Raises: UploadPartUnfinished, PhotoTooLarge, UploadBusy, and what finish_upload raises.
    """
    sizes = room.records.read(
        lambda work: sizes_of(upload.parts, officer=officer, room=room, work=work)
    )
    must_fit(sum(sizes), at_most_bytes=room.at_most_bytes)
    offset = room.store.staged_bytes(upload.id)
    rest = _rest(upload.parts, sizes, offset=offset, room=room)
    room.store.append(upload.id, rest, offset=offset)
    whole = replace(upload, size_bytes=sum(sizes))
    photo = finish_upload(whole, officer=officer, room=room)
    for part in set(upload.parts):
        with suppress(Locked, Unavailable):  # litter now; it is swept when its time is over
            room.store.discard(part)
            room.records.write(partial(_end, part))
    return photo


def _end(id: UUID, work: Work) -> None:
    work.photos.end(id)


def sizes_of(
    parts: tuple[UUID, ...], *, officer: Officer, room: PhotoRoom, work: Work
) -> tuple[int, ...]:
    """The bytes of each part, all of them the officer's own and whole.

    Raises: UploadPartUnfinished, naming the first that is not.
    """
    sizes = []
    for id in parts:
        part = work.photos.upload(id)
        if (
            not isinstance(part, UploadPart)
            or part.officer_id != officer.id
            or is_over(part, kept_for=room.kept_for, now=work.now)
            or part.size_bytes is None
            or room.store.staged_bytes(id) != part.size_bytes
        ):
            raise unfinished(id)
        sizes.append(part.size_bytes)
    return tuple(sizes)


def _rest(
    parts: tuple[UUID, ...], sizes: tuple[int, ...], *, offset: int, room: PhotoRoom
) -> Iterator[bytes]:
    """The bytes of the parts, one after the other, from `offset` on."""
    for id, size in zip(parts, sizes, strict=True):
        start, offset = min(offset, size), max(offset - size, 0)
        with closing(room.store.staged(id, start=start)) as pieces:
            yield from pieces
