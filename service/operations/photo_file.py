"""Find a photo in its fire's file."""

from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo
from service.domain.photo_refusals import PhotoUnknown
from service.domain.words import Words
from service.operations.ports import Work


def photo_of(incident_id: UUID, photo_id: UUID, *, work: Work) -> Photo:
    """One photo of an incident. Raises: PhotoUnknown."""
    photo = work.photos.get(photo_id)
    if photo is None or photo.incident_id != incident_id:
        raise PhotoUnknown(
            Fault(
                "/photo_id",
                Words("该火情没有这张照片", "the incident has no such photo"),
                Words("请在照片列表中选择", "choose one from the list of photos"),
            )
        )
    return photo
