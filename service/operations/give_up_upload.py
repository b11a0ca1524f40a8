"""Give up an upload: what was stored of it is forgotten, its id is free again."""

from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo
from service.domain.photo_refusals import PhotoOnRecord
from service.domain.powers import Officer
from service.domain.words import Words
from service.operations.forget_bytes import forget_bytes
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom


def give_up_upload(photo_id: UUID, *, officer: Officer, room: PhotoRoom) -> None:
    """Forget an unfinished upload.

    Raises: UploadUnknown, UploadExpired, Forbidden, PhotoOnRecord, UploadBusy, StoreUnavailable.
    """
    known = room.records.read(
        lambda work: upload_within_reach(
            photo_id, officer=officer, kept_for=room.kept_for, work=work
        )
    )
    if isinstance(known, Photo):
        raise PhotoOnRecord(
            Fault(
                "/photo_id",
                Words("照片已经收齐入卷", "the photo has arrived and is on record"),
                Words("在卷照片不能删除", "a photo on record is not removed"),
            )
        )
    forget_bytes(known, room=room)
    room.records.write(lambda work: work.photos.end(photo_id))
