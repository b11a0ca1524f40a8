"""A photo was sent straight to the store: read it there, and make it an original."""

from uuid import UUID

from service.domain.direct_upload import absent, incomplete
from service.domain.photo import Photo
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.upload import Upload
from service.operations.finish_upload import finish_upload
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom


def complete_direct_upload(photo_id: UUID, *, officer: Officer, room: PhotoRoom) -> Photo:
    """Read what has arrived once, check digest, size and picture, and put the photo on record.

    Raises: DirectUploadAbsent, UploadUnknown, UploadExpired, Forbidden, DirectUploadIncomplete, and
    what finish_upload raises.
    """
    must_be_allowed(officer, Operation.SEND_PHOTO, at=None)
    if room.quarantine is None:
        raise absent()
    known = room.records.read(
        lambda work: upload_within_reach(
            photo_id, officer=officer, kept_for=room.kept_for, work=work
        )
    )
    if isinstance(known, Photo):
        return known
    if not isinstance(known, Upload) or not known.direct:
        raise incomplete([])
    with room.quarantine.received(known) as staged:
        return finish_upload(known, officer=officer, room=room, digest=staged.digest, staged=staged)
