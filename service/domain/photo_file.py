"""A photo as it stands in its fire's file: the record, what is said of it, and what to mind."""

from dataclasses import dataclass

from service.domain.incident import Incident
from service.domain.photo import Photo
from service.domain.photo_flags import Claims, Flag, FlagRule, flags
from service.domain.photo_removal import Removal
from service.domain.standpoint import Standpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPhoto:
    """The photo, its number in the file, its standpoint, its removal, and what contradicts itself.

    Numbers count from 1 as photos were received, and stay when one is taken out.
    """

    photo: Photo
    number: int
    standpoint: Standpoint | None
    removal: Removal | None
    flags: tuple[Flag, ...]


def filed(
    photo: Photo,
    *,
    number: int,
    incident: Incident,
    standpoint: Standpoint | None,
    removal: Removal | None,
    rule: FlagRule,
) -> FiledPhoto:
    """The photo with all that is said of it."""
    claims = Claims(photo=photo, typed=standpoint.position if standpoint else None)
    return FiledPhoto(
        photo=photo,
        number=number,
        standpoint=standpoint,
        removal=removal,
        flags=flags(claims, incident, rule=rule),
    )
