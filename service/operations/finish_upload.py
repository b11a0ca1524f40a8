"""A whole upload becomes a photo: checked, durable under its digest, then on record."""

from contextlib import nullcontext, suppress
from hashlib import sha256
from typing import BinaryIO

from service.domain.errors import Invalid, Locked, Unavailable
from service.domain.photo import Photo, PhotoReceived, Picture
from service.domain.photo_fingerprint import fingerprint
from service.domain.powers import Officer
from service.domain.upload import Upload, must_have_digest
from service.operations.forget_bytes import forget_bytes
from service.operations.make_previews import make_previews_later
from service.operations.photo_ports import StagedPhoto
from service.operations.ports import PhotoRoom, Work

_PIECE_BYTES = 1 << 20


def finish_upload(
    upload: Upload,
    *,
    officer: Officer,
    room: PhotoRoom,
    digest: str | None = None,
    staged: StagedPhoto | None = None,
) -> Photo:
    """Check the bytes, make them durable, and only then put the photo on record.

    A photo that is refused is forgotten, so that its id is free for the right bytes. `digest` where
    all of its bytes were hashed on their way; `staged` where they are not those of the store.
    Raises: PhotoDigestWrong, PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken, UploadBusy,
    StoreUnavailable.
    """
    size_bytes = upload.size_bytes or 0  # what is finished has one
    given = nullcontext(staged) if staged else None
    try:
        with given or room.store.whole(upload.photo_id, size_bytes=size_bytes) as whole:
            must_have_digest(upload, digest or _digest(whole.file))
            picture = room.pictures.inspect(whole.file)
            whole.keep(upload.digest)
    except Invalid:
        forget_bytes(upload, room=room)
        room.records.write(lambda work: work.photos.end(upload.photo_id))
        raise
    photo = room.records.write(lambda work: _record(upload, picture, officer=officer, work=work))
    with suppress(Unavailable, Locked):  # the photo is safe; what is staged of it is only litter
        forget_bytes(upload, room=room)
    make_previews_later(photo, room=room)
    return photo


def _digest(file: BinaryIO) -> str:
    running = sha256()
    file.seek(0)
    while piece := file.read(_PIECE_BYTES):
        running.update(piece)
    return running.hexdigest()


def _record(upload: Upload, picture: Picture, *, officer: Officer, work: Work) -> Photo:
    """The row and its event together; where another request was first, its photo."""
    photo = Photo(
        id=upload.photo_id,
        incident_id=upload.incident_id,
        view=upload.view,
        digest=upload.digest,
        size_bytes=upload.size_bytes or 0,
        media_type=picture.media_type,
        width_px=picture.width_px,
        height_px=picture.height_px,
        taken_by_phone=upload.taken_at,
        taken_by_exif=picture.taken,
        position_by_phone=upload.position,
        position_by_exif=picture.position,
        device=upload.device,
        officer_id=officer.id,
        received_at=work.now,
        camera=picture.camera,
    )
    work.photos.end(photo.id)
    if not work.photos.add(photo):
        return work.photos.get(photo.id) or photo
    looks = fingerprint(picture.grey)
    if looks is not None:
        work.likenesses.put(photo.id, looks)
    work.events.append(
        "photo",
        photo.id,
        [PhotoReceived(photo=photo)],
        expected=0,
        officer_id=officer.id,
        observed_at=upload.taken_at,
        device=upload.device,
    )
    return photo
