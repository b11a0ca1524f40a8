"""Photos as pins on a level: only those placed there by then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import shapely

from service.domain.photo import Camera
from service.domain.photo_file import FiledPhoto
from service.domain.photo_pins import PhotoPin, photo_pins
from service.domain.photo_removal import Removal, RemovalGround
from service.domain.plane import Plane
from service.domain.powers import Role
from tests.domain.test_standpoint import PHOTO, STANDPOINT

PLANE = Plane(lon0=111.66, lat0=40.82)
PLACED = STANDPOINT.placed_at
REMOVAL = Removal(
    photo_id=PHOTO.id, incident_id=PHOTO.incident_id, ground=RemovalGround.DOUBLE, reason="同一张",
    officer_id=PHOTO.officer_id, role=Role.REVIEWER, post_id=PHOTO.id,
    removed_at=PLACED + timedelta(hours=1),
)  # fmt: skip


def pins(*, until: Any = PLACED, level: str = "1", **changes: Any) -> tuple[PhotoPin, ...]:
    filed = FiledPhoto(photo=PHOTO, number=7, standpoint=STANDPOINT, removal=None, flags=())
    return photo_pins([replace(filed, **changes)], level=level, plane=PLANE, until=until)


def test_a_photo_is_pinned_where_it_was_placed() -> None:
    [pin] = pins()
    assert (pin.number, pin.view, pin.looking_deg, pin.removed) == (7, PHOTO.view, 90.0, False)
    assert shapely.get_coordinates(pin.at).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    "said",
    [{"level": "2"}, {"standpoint": None}, {"until": PLACED - timedelta(seconds=1)},
     {"standpoint": replace(STANDPOINT, level=None)}],
)  # fmt: skip
def test_a_photo_not_placed_there_by_then_is_not(said: dict[str, Any]) -> None:
    assert pins(**said) == ()


def test_a_photo_taken_out_is_marked_from_then_on() -> None:
    for until, removed in ((PLACED, False), (REMOVAL.removed_at, True)):
        assert [pin.removed for pin in pins(removal=REMOVAL, until=until)] == [removed]


def test_a_pin_says_whose_north_it_looks_from() -> None:
    unsaid = replace(STANDPOINT, looking_deg=None)
    magnetic = replace(PHOTO, camera=Camera(looking_deg=12.0, by_magnet=True))
    [pin] = pins(photo=magnetic, standpoint=unsaid)
    assert (pin.looking_deg, pin.by_magnet) == (12.0, True)
    [pin] = pins(standpoint=unsaid)
    assert (pin.looking_deg, pin.by_magnet) == (None, False)
