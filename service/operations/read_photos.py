"""Look at an incident's photos: the list, one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo, View
from service.domain.photo_refusals import PhotoUnknown
from service.domain.powers import Officer, Operation
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPage:
    """Some photos of an incident, how many it has by view, and after which id to go on."""

    photos: Sequence[Photo]
    by_view: dict[View, int]
    next: UUID | None


def list_photos(
    incident_id: UUID, *, after: UUID | None, limit: int, officer: Officer, work: Work
) -> PhotoPage:
    """Photos of an incident as they were received, `limit` at a time.

    Raises: IncidentUnknown, Forbidden.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    found = work.photos.of_incident(incident_id, after=after, limit=limit + 1)
    return PhotoPage(
        photos=found[:limit],
        by_view=work.photos.count_by_view(incident_id),
        next=found[limit - 1].id if len(found) > limit else None,
    )


def read_photo(incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work) -> Photo:
    """One photo of an incident.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
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
