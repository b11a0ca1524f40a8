"""What a file says of its camera, and what was done to it since."""

import pytest

from service.domain import exif
from service.domain.photo import Camera

MAKE, MODEL, SOFTWARE, DATE_TIME = 0x010F, 0x0110, 0x0131, 0x0132
WRITTEN = {
    MAKE: "HUAWEI\0",
    MODEL: " P60 ",
    SOFTWARE: "HarmonyOS 4",
    DATE_TIME: "2026:11:24 11:00:05",
}


def test_a_camera_is_named_with_its_software_and_the_last_writing() -> None:
    assert exif.camera(WRITTEN, {0x9010: "+08:00"}, {}) == Camera(
        model="HUAWEI P60", software="HarmonyOS 4", changed="2026-11-24T11:00:05+08:00"
    )


def test_a_file_that_says_nothing_has_no_camera() -> None:
    assert exif.camera({MAKE: "\0\0", SOFTWARE: 7, DATE_TIME: "yesterday"}, {}, {}) is None


@pytest.mark.parametrize(
    ("comment", "read"),
    [
        ("Screenshot", "Screenshot"),
        (b"ASCII\0\0\0Screenshot\0", "Screenshot"),
        (b"ASCII\0\0\0", None),
    ],
)
def test_a_comment_is_read_behind_its_character_code(comment: object, read: str | None) -> None:
    found = exif.camera({}, {0x9286: comment}, {})
    assert (found.comment if found else None) == read


@pytest.mark.parametrize(
    ("gps", "at"),
    [
        ({29: "2026:11:24", 7: (3.0, 0.0, 5.9)}, "2026-11-24T03:00:05+00:00"),
        ({29: "2026:11:24", 7: (3.0, 0.0)}, None),
        ({29: "2026:11:24", 7: (3.0, "x", 0.0)}, None),
        ({29: "2026:11:24", 7: (300.0, 0.0, 0.0)}, None),
        ({29: "2026:11:24", 7: (25.0, 0.0, 0.0)}, None),
        ({7: (3.0, 0.0, 5.0)}, None),
    ],
)
def test_the_satellites_time_is_utc(gps: dict[int, object], at: str | None) -> None:
    found = exif.camera(WRITTEN, {}, gps)
    assert found is not None
    assert found.satellites_at == at


@pytest.mark.parametrize(
    ("gps", "looking"),
    [
        ({17: 271.5, 16: "T"}, (271.5, False)),
        ({17: 360.0, 16: "M"}, (0.0, True)),
        ({17: 361.0, 16: "M"}, (None, False)),
        ({17: -1.0}, (None, False)),
        ({16: "M"}, (None, False)),
    ],
)
def test_which_way_the_camera_looked(
    gps: dict[int, object], looking: tuple[float | None, bool]
) -> None:
    found = exif.camera(WRITTEN, {}, gps)
    assert found is not None
    assert (found.looking_deg, found.by_magnet) == looking
