"""Ask how far an upload has come; one that is whole is finished on the way."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.photo import Photo
from service.domain.powers import Officer
from service.domain.upload import Upload
from service.operations.finish_upload import finish_upload
from service.operations.photo_ports import PhotoStore
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a photo is durable; at its size the photo is on record, and only then."""

    id: UUID
    offset: int
    size_bytes: int


def resume_upload(photo_id: UUID, *, officer: Officer, room: PhotoRoom) -> Progress:
    """Say how far an upload has come.

    A crash may have come between the last byte and the record: to the client an upload of full
    length is over, so it is finished here before that is said.
    Raises: UploadUnknown, Forbidden, UploadBusy, and what finish_upload raises.
    """
    known = room.records.read(
        lambda work: upload_within_reach(photo_id, officer=officer, work=work)
    )
    progress = progress_of(known, store=room.store)
    if isinstance(known, Upload) and progress.offset == progress.size_bytes:
        finish_upload(known, officer=officer, room=room)
    return progress


def progress_of(known: Upload | Photo, *, store: PhotoStore) -> Progress:
    """How far it has come: the durable length in the store, or all of a photo on record."""
    if isinstance(known, Photo):
        return Progress(id=known.id, offset=known.size_bytes, size_bytes=known.size_bytes)
    staged = store.staged_bytes(known.photo_id)
    return Progress(id=known.photo_id, offset=staged, size_bytes=known.size_bytes)
