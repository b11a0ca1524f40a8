"""Ask how far an upload has come; one that is whole is finished on the way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.photo import Photo
from service.domain.powers import Officer
from service.domain.upload import Upload, UploadPart
from service.domain.upload_term import expires_at
from service.operations.finish_upload import finish_upload
from service.operations.join_parts import join_parts
from service.operations.photo_reach import Known, upload_within_reach
from service.operations.ports import PhotoRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a photo is durable; at its size the photo is on record, and only then.

    `size_bytes` is None while it was not said; `expires_at` is None for a photo.
    """

    id: UUID
    offset: int
    size_bytes: int | None
    expires_at: datetime | None = None
    metadata: str = ""
    is_part: bool = False
    parts: tuple[UUID, ...] = ()


def resume_upload(id: UUID, *, officer: Officer, room: PhotoRoom) -> Progress:
    """Say how far an upload has come.

    A crash may have come between the last byte and the record, or between a final upload and
    its parts: to the client that upload is over, so it is finished here before that is said.
    Raises: UploadUnknown, UploadExpired, Forbidden, UploadBusy, and what finish_upload raises.
    """
    known = room.records.read(
        lambda work: upload_within_reach(id, officer=officer, kept_for=room.kept_for, work=work)
    )
    return go_on_with(known, officer=officer, room=room)


def go_on_with(known: Known, *, officer: Officer, room: PhotoRoom) -> Progress:
    """Say how far it has come, and finish it where all of it is there.

    Raises: UploadBusy, and what finish_upload raises.
    """
    if isinstance(known, Upload) and known.parts:
        return progress_of(join_parts(known, officer=officer, room=room), room=room)
    progress = progress_of(known, room=room)
    if isinstance(known, Upload) and progress.offset == progress.size_bytes:
        finish_upload(known, officer=officer, room=room)
    return progress


def progress_of(known: Known, *, room: PhotoRoom) -> Progress:
    """How far it has come: the durable length in the store, or all of a photo on record."""
    if isinstance(known, Photo):
        return Progress(id=known.id, offset=known.size_bytes, size_bytes=known.size_bytes)
    return Progress(
        id=known.id,
        offset=room.store.staged_bytes(known.id),
        size_bytes=known.size_bytes,
        expires_at=expires_at(known, kept_for=room.kept_for),
        metadata=known.metadata,
        is_part=isinstance(known, UploadPart),
        parts=known.parts if isinstance(known, Upload) else (),
    )
