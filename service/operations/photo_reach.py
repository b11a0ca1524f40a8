"""Photos and uploads that an officer may reach: those of incidents within the jurisdiction."""

from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo
from service.domain.photo_refusals import UploadUnknown
from service.domain.powers import Officer, Operation
from service.domain.upload import Upload
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.ports import Work


def upload_within_reach(photo_id: UUID, *, officer: Officer, work: Work) -> Upload | Photo:
    """What is known under a photo's id: the upload under way, or the photo it has become.

    Raises: UploadUnknown, Forbidden.
    """
    known = work.photos.get(photo_id) or work.photos.upload(photo_id)
    if known is None:
        raise UploadUnknown(
            Fault(
                "/photo_id",
                Words("没有这一上传，或已作废", "there is no such upload, or it was given up"),
                Words("请重新登记后从头上传", "announce it again and send it from its beginning"),
            )
        )
    incident_for(known.incident_id, Operation.SEND_PHOTO, officer=officer, work=work)
    return known
