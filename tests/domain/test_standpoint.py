"""Where a photo was taken from, and which way it looked, by whose word."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from shapely.geometry import Point

from service.domain.located import FixedBy, Located
from service.domain.photo import Camera, PhotoPosition, View
from service.domain.standpoint import Standpoint, looking_deg
from tests.fires import a_photo

PHOTO = a_photo(UUID(int=1), View.DETAIL)
STANDPOINT = Standpoint(
    id=PHOTO.id,
    version=1,
    incident_id=PHOTO.incident_id,
    level="1",
    location=Located(
        geometry=Point(111.66, 40.82), sent={}, crs="WGS84", accuracy_m=2, fixed_by=FixedBy.PLAN
    ),
    looking_deg=90.0,
    officer_id=UUID(int=9),
    placed_at=datetime(2026, 11, 24, 4, tzinfo=UTC),
)


def test_a_standpoint_is_a_position_like_any_other() -> None:
    assert STANDPOINT.position == PhotoPosition(lon_deg=111.66, lat_deg=40.82, accuracy_m=2)


def test_the_officers_direction_goes_before_the_files() -> None:
    magnetic = replace(PHOTO, camera=Camera(looking_deg=12.0, by_magnet=True))
    assert looking_deg(magnetic, STANDPOINT) == (90.0, False)
    assert looking_deg(magnetic, replace(STANDPOINT, looking_deg=None)) == (12.0, True)
    assert looking_deg(magnetic, None) == (12.0, True)


def test_a_direction_nobody_said_is_none() -> None:
    assert looking_deg(PHOTO, None) is None
    assert looking_deg(replace(PHOTO, camera=Camera(model="P60")), None) is None
