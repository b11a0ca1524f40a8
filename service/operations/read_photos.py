"""Look at an incident's photos: the list, one, those that look like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from service.domain.incident import Incident
from service.domain.photo import Photo, View
from service.domain.photo_file import FiledPhoto, filed
from service.domain.photo_fingerprint import NEAR, Alike
from service.domain.powers import Officer, Operation
from service.operations.case import incident_for
from service.operations.photo_file import photo_of
from service.operations.ports import Work

ALIKE_AT_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPage:
    """Some photos of an incident, how many it has by view, and after which id to go on."""

    photos: Sequence[FiledPhoto]
    by_view: dict[View, int]
    next: UUID | None


def list_photos(
    incident_id: UUID, *, after: UUID | None, limit: int, officer: Officer, work: Work
) -> PhotoPage:
    """Photos of an incident as they were received, `limit` at a time; removed ones are marked.

    Raises: IncidentUnknown, Forbidden.
    """
    incident = incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    found = work.photos.of_incident(incident_id, after=after, limit=limit + 1)
    first = work.photos.number(found[0]) if found else 1
    return PhotoPage(
        photos=filed_photos(incident, found[:limit], first=first, work=work),
        by_view=work.photos.count_by_view(incident_id),
        next=found[limit - 1].id if len(found) > limit else None,
    )


def filed_photos(
    incident: Incident, photos: Sequence[Photo], *, first: int, work: Work
) -> list[FiledPhoto]:
    """Photos of an incident in order, numbered from `first`, with all that is said of each."""
    standpoints = work.photo_marks.standpoints(incident.id)
    removals = work.photo_marks.removals(incident.id)
    return [
        filed(
            photo,
            number=number,
            incident=incident,
            standpoint=standpoints.get(photo.id),
            removal=removals.get(photo.id),
            rule=work.rules.photos,
        )
        for number, photo in enumerate(photos, start=first)
    ]


def read_photo(incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work) -> Photo:
    """One photo of an incident, for its bytes.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    return photo_of(incident_id, photo_id, work=work)


def read_filed_photo(
    incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work
) -> FiledPhoto:
    """One photo of an incident, with all that is said of it.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown.
    """
    incident = incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    photo = photo_of(incident_id, photo_id, work=work)
    return filed(
        photo,
        number=work.photos.number(photo),
        incident=incident,
        standpoint=work.photo_marks.standpoint(photo_id),
        removal=work.photo_marks.removal(photo_id),
        rule=work.rules.photos,
    )


def photos_alike(
    incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work
) -> tuple[Photo, list[Alike]]:
    """A photo, and those that look nearly like it, of any incident that the officer may see.

    The same original is alike at a distance of 0; the nearest come first, ALIKE_AT_MOST of them.
    Raises: IncidentUnknown, Forbidden, PhotoUnknown.
    """
    photo = read_photo(incident_id, photo_id, officer=officer, work=work)
    found = work.likenesses.near(
        photo.id, within=NEAR, under=officer.post_path, at_most=ALIKE_AT_MOST
    )
    return photo, found
