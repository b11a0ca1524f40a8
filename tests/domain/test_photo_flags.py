"""Contradictions in a photo's own words, each just within what passes and just beyond.

The fire: called in at 11:00 legal time (03:00 UTC) at 111.66, 40.82, received an hour later. One
ten-thousandth of a degree of latitude is 11.1 m here.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import Point

from schemas.rules import rulebook
from service.domain.located import FixedBy, Located
from service.domain.photo import Camera, MediaType, PhotoPosition, View
from service.domain.photo_flags import Claims, FlagKind, Source, apart_m, flags
from tests.fires import a_fire, a_photo

RULE = rulebook().photos
CALLED = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
RECEIVED = CALLED + timedelta(hours=1)
TAKEN = CALLED + timedelta(minutes=20)
EXIF = "2026-11-24T11:20:00"
CAMERA = Camera(model="HUAWEI P60")
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def north(metres: float, accuracy_m: float | None = None) -> PhotoPosition:
    """So far north of the fire."""
    return PhotoPosition(lon_deg=111.66, lat_deg=40.82 + metres / 111_046, accuracy_m=accuracy_m)


def fire(accuracy_m: float = 0.0) -> Any:
    place = a_fire().place
    located = Located(
        geometry=Point(111.66, 40.82), sent={}, crs="WGS84", accuracy_m=accuracy_m,
        fixed_by=FixedBy.GPS,
    )  # fmt: skip
    return replace(a_fire(), called_at=CALLED, place=replace(place, location=located))


def found(
    *, typed: PhotoPosition | None = None, incident: Any = None, **said: Any
) -> list[tuple[FlagKind, tuple[Source, ...]]]:
    """The flags of a photo that else agrees with everything."""
    photo = replace(
        a_photo(UUID(int=1), View.OVERVIEW),
        received_at=RECEIVED,
        **{"taken_by_phone": TAKEN, "taken_by_exif": EXIF, "camera": CAMERA} | said,
    )
    raised = flags(Claims(photo=photo, typed=typed), incident or fire(), rule=RULE)
    assert all(flag.words.zh and flag.words.en and "{" not in flag.words.en for flag in raised)
    return [(flag.kind, flag.sources) for flag in raised]


def test_a_photo_that_agrees_with_itself_and_the_fire_has_no_flag() -> None:
    assert found(position_by_phone=north(20), position_by_exif=north(30), typed=north(10)) == []


def test_a_photo_of_which_nothing_is_said_has_only_no_exif() -> None:
    bare = found(taken_by_phone=None, taken_by_exif=None, camera=None)
    assert bare == [(FlagKind.NO_EXIF, (Source.EXIF,))]


@pytest.mark.parametrize(
    ("early", "zh", "en"),
    [(MINUTE * 6, "6分钟", "6 minutes"), (MINUTE * 119, "119分钟", "119 minutes"),
     (MINUTE * 120, "2小时", "2 hours"), (MINUTE * 2880, "2天", "2 days")],
)  # fmt: skip
def test_how_long_is_said_in_a_unit_that_reads_well(early: timedelta, zh: str, en: str) -> None:
    photo = replace(
        a_photo(UUID(int=1), View.OVERVIEW),
        received_at=RECEIVED,
        camera=CAMERA,
        taken_by_phone=CALLED - early,
    )
    [flag] = flags(Claims(photo=photo), fire(), rule=RULE)
    assert flag.words.zh == f"按手机的时间，拍摄于接警前{zh}"
    assert flag.words.en == f"by the phone it was taken {en} before the call"


@pytest.mark.parametrize(("early", "told"), [(5 * MINUTE, False), (5 * MINUTE + SECOND, True)])
def test_a_photo_taken_before_the_call_is_told(early: timedelta, told: bool) -> None:
    kinds = found(taken_by_phone=CALLED - early, taken_by_exif=None)
    assert kinds == ([(FlagKind.BEFORE_CALL, (Source.PHONE,))] if told else [])


@pytest.mark.parametrize(("late", "told"), [(5 * MINUTE, False), (5 * MINUTE + SECOND, True)])
def test_a_photo_from_the_future_has_a_wrong_clock(late: timedelta, told: bool) -> None:
    kinds = found(taken_by_phone=RECEIVED + late, taken_by_exif=None)
    assert kinds == ([(FlagKind.CLOCK_WRONG, (Source.PHONE,))] if told else [])


@pytest.mark.parametrize(
    ("satellites_at", "told"),
    [
        ("2026-11-24T03:25:00+00:00", False),
        ("2026-11-24T03:25:01+00:00", True),
        ("2026-11-24T03:14:59+00:00", True),
    ],
)
def test_a_camera_off_satellite_time_has_a_wrong_clock(satellites_at: str, told: bool) -> None:
    kinds = found(camera=replace(CAMERA, satellites_at=satellites_at))
    assert kinds == ([(FlagKind.CLOCK_WRONG, (Source.EXIF,))] if told else [])


def test_satellite_time_alone_says_nothing_of_a_clock() -> None:
    late = replace(CAMERA, satellites_at="2026-11-24T09:00:00+00:00")
    assert found(camera=late, taken_by_exif=None) == []


@pytest.mark.parametrize(
    ("exif", "told"),
    [
        ("2026-11-24T11:25:00", False),
        ("2026-11-24T11:25:01", True),
        ("2026-11-24T03:20:00+00:00", False),
        ("2026-11-24T03:20:00+99:99", False),
    ],
)
def test_phone_and_file_may_disagree_on_the_time(exif: str, told: bool) -> None:
    both = (FlagKind.TIMES_DISAGREE, (Source.PHONE, Source.EXIF))
    assert found(taken_by_exif=exif) == ([both] if told else [])


@pytest.mark.parametrize(("metres", "told"), [(999, False), (1_001, True), (3_000, True)])
def test_a_photo_taken_far_from_the_fire_is_told(metres: float, told: bool) -> None:
    for source, said in (
        (Source.PHONE, {"position_by_phone": north(metres)}),
        (Source.EXIF, {"position_by_exif": north(metres)}),
        (Source.TYPED, {"typed": north(metres)}),
    ):
        assert found(**said) == ([(FlagKind.FAR, (source,))] if told else [])


def test_what_may_be_inaccuracy_is_no_distance() -> None:
    assert found(position_by_phone=north(1_500, accuracy_m=300), incident=fire(250)) == []
    assert apart_m(north(0, accuracy_m=9), north(5)) == 0


@pytest.mark.parametrize(("metres", "told"), [(299, False), (301, True)])
def test_two_words_may_disagree_on_the_place(metres: float, told: bool) -> None:
    kinds = found(position_by_phone=north(0), typed=north(metres))
    both = (FlagKind.PLACES_DISAGREE, (Source.PHONE, Source.TYPED))
    assert kinds == ([both] if told else [])


@pytest.mark.parametrize(
    ("changed", "told"),
    [("2026-11-24T11:21:00", False), ("2026-11-24T11:21:01", True), ("2026-11-26T11:20:00", True)],
)
def test_a_file_written_again_is_told(changed: str, told: bool) -> None:
    kinds = found(camera=replace(CAMERA, changed=changed))
    assert kinds == ([(FlagKind.EDITED, (Source.EXIF,))] if told else [])


def test_a_file_that_went_through_an_editor_is_told_once() -> None:
    camera = Camera(software="Adobe Photoshop 26.0", changed="2027-01-01T00:00:00")
    assert found(camera=camera) == [(FlagKind.EDITED, (Source.EXIF,))]
    assert found(camera=replace(camera, software="HarmonyOS 4", changed=None)) == []


@pytest.mark.parametrize("camera", [Camera(comment="Screenshot"), Camera(software="手机截屏")])
def test_a_file_that_calls_itself_a_screenshot_is_told(camera: Camera) -> None:
    assert found(camera=camera) == [(FlagKind.SCREENSHOT, (Source.EXIF,))]


@pytest.mark.parametrize(
    ("media_type", "sides", "told"),
    [
        (MediaType.PNG, (1080, 2400), True),
        (MediaType.WEBP, (170, 100), True),
        (MediaType.PNG, (169, 100), False),
        (MediaType.JPEG, (1080, 2400), False),
    ],
)
def test_a_bare_picture_of_a_screens_shape_looks_like_a_screenshot(
    media_type: MediaType, sides: tuple[int, int], told: bool
) -> None:
    said = {"media_type": media_type, "width_px": sides[0], "height_px": sides[1]}
    kinds = [kind for kind, _ in found(camera=None, taken_by_exif=None, **said)]
    assert kinds == [FlagKind.NO_EXIF, *([FlagKind.SCREENSHOT] if told else [])]
