"""Where a photo was taken from, on which level, and which way it looked: an officer's word.

It stands beside what the phone and the file say, and replaces neither.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from service.domain.located import Located
from service.domain.photo import Photo, PhotoPosition


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """The place (a point), the level of the plan it is on, and the direction of the look.

    `looking_deg` is clockwise from true north; None where it was not said. Its id is the photo's.
    """

    id: UUID
    version: int
    incident_id: UUID
    level: str | None
    location: Located
    looking_deg: float | None
    officer_id: UUID
    placed_at: datetime

    @property
    def position(self) -> PhotoPosition:
        """The place as photos have theirs."""
        at = self.location.geometry.centroid
        return PhotoPosition(lon_deg=at.x, lat_deg=at.y, accuracy_m=self.location.accuracy_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandpointPlaced:
    """It was said, or said anew, where a photo was taken from."""

    NAME: ClassVar[str] = "photo-standpoint-placed"
    VERSION: ClassVar[int] = 1
    standpoint: Standpoint


EVENTS = (StandpointPlaced,)


def looking_deg(photo: Photo, standpoint: Standpoint | None) -> tuple[float, bool] | None:
    """Which way it looked, and whether from magnetic north: the officer's word, else the file's."""
    if standpoint is not None and standpoint.looking_deg is not None:
        return standpoint.looking_deg, False
    if photo.camera is not None and photo.camera.looking_deg is not None:
        return photo.camera.looking_deg, photo.camera.by_magnet
    return None
