"""Photos and uploads that an officer may reach: those of incidents within the jurisdiction."""

from datetime import timedelta
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo
from service.domain.photo_refusals import UploadUnknown
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.upload import Upload, UploadPart
from service.domain.upload_term import must_not_be_over
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.ports import Work

Known = Upload | UploadPart | Photo


def upload_within_reach(id: UUID, *, officer: Officer, kept_for: timedelta, work: Work) -> Known:
    """What is known under an id: the upload under way, or the photo it has become.

    A part of a final upload is reached by its sender alone.
    Raises: UploadUnknown, UploadExpired, Forbidden.
    """
    must_be_allowed(officer, Operation.SEND_PHOTO, at=None)
    known: Known | None = work.photos.get(id) or work.photos.upload(id)
    if known is None or (isinstance(known, UploadPart) and known.officer_id != officer.id):
        raise UploadUnknown(
            Fault(
                "/photo_id",
                Words("没有这一上传，或已作废", "there is no such upload, or it was given up"),
                Words("请重新登记后从头上传", "announce it again and send it from its beginning"),
            )
        )
    if not isinstance(known, UploadPart):
        incident_for(known.incident_id, Operation.SEND_PHOTO, officer=officer, work=work)
    if not isinstance(known, Photo):
        must_not_be_over(known, kept_for=kept_for, now=work.now)
    return known
