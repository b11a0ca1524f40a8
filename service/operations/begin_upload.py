"""Announce a photo that will be sent; announcing it again goes on with it."""

from dataclasses import replace

from service.domain.photo import Photo
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.upload import Upload, UploadPart, must_be_the_same, must_fit
from service.domain.upload_term import is_over
from service.operations.case import incident_for
from service.operations.forget_bytes import forget_bytes
from service.operations.join_parts import sizes_of
from service.operations.outcome import Created
from service.operations.photo_room_left import must_have_room
from service.operations.ports import PhotoRoom, Work
from service.operations.resume_upload import Progress, go_on_with, progress_of
from service.operations.sweep_uploads import sweep_uploads


def begin_upload(
    upload: Upload, *, officer: Officer, room: PhotoRoom
) -> Progress | Created[Progress]:
    """Put the upload on record, or say how far the same one has come.

    A final upload is put together at once, and one whose bytes are all there is finished. Some
    uploads whose time is over are swept on the way.
    Raises: IncidentUnknown, Forbidden, PhotoIdTaken, UploadLengthSet, UploadPartUnfinished,
    IncidentPhotosFull, IncidentBytesFull, DeviceTooBusy, and what finish_upload raises.
    """
    sweep_uploads(room)
    if upload.parts:
        room.records.read(
            lambda work: _must_have_parts(upload, officer=officer, room=room, work=work)
        )
    known, new = room.records.write(
        lambda work: _begin(upload, officer=officer, room=room, work=work)
    )
    progress = go_on_with(known, officer=officer, room=room)
    return Created(progress) if new else progress


def begin_part(part: UploadPart, *, officer: Officer, room: PhotoRoom) -> Created[Progress]:
    """Put a part of a final upload on record; it names no incident yet, and is its sender's alone.

    Raises: Forbidden, PhotoTooLarge, DeviceTooBusy.
    """
    must_fit(part.size_bytes, at_most_bytes=room.at_most_bytes)
    sweep_uploads(room)

    def act(work: Work) -> UploadPart:
        must_be_allowed(officer, Operation.SEND_PHOTO, at=None)
        must_have_room(part, officer=officer, room=room, work=work)
        work.photos.begin(part)
        return replace(part, begun_at=work.now)

    return Created(progress_of(room.records.write(act), room=room))


def _begin(
    upload: Upload, *, officer: Officer, room: PhotoRoom, work: Work
) -> tuple[Upload | Photo, bool]:
    """What is on record under the id now, and whether it is new."""
    incident_for(upload.incident_id, Operation.SEND_PHOTO, officer=officer, work=work)
    earlier = work.photos.get(upload.id) or work.photos.upload(upload.id)
    if isinstance(earlier, (Upload, UploadPart)) and is_over(
        earlier, kept_for=room.kept_for, now=work.now
    ):
        forget_bytes(earlier, room=room)
        work.photos.end(upload.id)
        earlier = None
    if earlier is None:
        must_have_room(upload, officer=officer, room=room, work=work)
        upload = replace(upload, officer_id=officer.id)
        work.photos.begin(upload)
        return replace(upload, begun_at=work.now), True
    known = must_be_the_same(upload, earlier)
    if isinstance(known, Upload) and known.size_bytes is None and upload.size_bytes is not None:
        known = replace(known, size_bytes=upload.size_bytes)
        work.photos.put_upload(known)
    return known, False


def _must_have_parts(upload: Upload, *, officer: Officer, room: PhotoRoom, work: Work) -> None:
    """Before a final upload takes its id, its parts are there; later they may be gone into it."""
    if work.photos.get(upload.id) is None and work.photos.upload(upload.id) is None:
        sizes_of(upload.parts, officer=officer, room=room, work=work)
