"""Announce a photo that will be sent; announcing it again goes on with it."""

from service.domain.photo import Photo
from service.domain.powers import Officer, Operation
from service.domain.upload import Upload, must_be_the_same
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.ports import PhotoRoom, Work
from service.operations.resume_upload import Progress, progress_of


def begin_upload(
    upload: Upload, *, officer: Officer, room: PhotoRoom
) -> Progress | Created[Progress]:
    """Put the upload on record, or say how far the same one has come.

    Raises: IncidentUnknown, Forbidden, PhotoIdTaken.
    """

    def act(work: Work) -> Upload | Photo | None:
        incident_for(upload.incident_id, Operation.SEND_PHOTO, officer=officer, work=work)
        earlier = work.photos.get(upload.photo_id) or work.photos.upload(upload.photo_id)
        if earlier is None:
            work.photos.begin(upload)
        else:
            must_be_the_same(upload, earlier)
        return earlier

    earlier = room.records.write(act)
    if earlier is None:
        return Created(Progress(id=upload.photo_id, offset=0, size_bytes=upload.size_bytes))
    return progress_of(earlier, store=room.store)
