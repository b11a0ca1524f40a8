"""Photos on a level's plan: where each was taken from, and which way it looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shapely.geometry.base import BaseGeometry

from service.domain.photo import View
from service.domain.photo_file import FiledPhoto
from service.domain.plane import Plane, to_plane
from service.domain.standpoint import looking_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPin:
    """A photo's number in its file and kind of view, at a point in plane metres.

    `looking_deg` is clockwise from true north, or from magnetic north where it was read
    `by_magnet`; None where nobody said it.
    """

    number: int
    view: View
    at: BaseGeometry
    looking_deg: float | None
    by_magnet: bool
    removed: bool


def photo_pins(
    photos: Iterable[FiledPhoto], *, level: str, plane: Plane, until: datetime
) -> tuple[PhotoPin, ...]:
    """The photos that an officer placed on a level by then; those taken out by then are marked."""
    found = []
    for filed in photos:
        standpoint, removal = filed.standpoint, filed.removal
        if standpoint is None or standpoint.level != level or standpoint.placed_at > until:
            continue
        looking = looking_deg(filed.photo, standpoint)
        found.append(
            PhotoPin(
                number=filed.number,
                view=filed.photo.view,
                at=to_plane(standpoint.location.geometry, plane=plane),
                looking_deg=None if looking is None else looking[0],
                by_magnet=looking is not None and looking[1],
                removed=removal is not None and removal.removed_at <= until,
            )
        )
    return tuple(found)
