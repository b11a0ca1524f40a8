"""Types by content, limits, and what a camera wrote."""

import pytest

from service.domain import exif
from service.domain.photo import (
    Camera,
    MediaType,
    PhotoPosition,
    PreviewSize,
    must_not_unfold,
    type_by_content,
)
from service.domain.photo_refusals import PhotoTooManyPixels, PhotoTypeRefused
from tests.photo_builders import a_picture

SECONDS = ((40.0, 49.0, 12.0), (111.0, 39.0, 36.0))


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (a_picture()[:64], MediaType.JPEG),
        (a_picture(kind="PNG")[:64], MediaType.PNG),
        (a_picture(kind="WEBP")[:64], MediaType.WEBP),
        (a_picture(kind="AVIF")[:64], MediaType.AVIF),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", MediaType.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", MediaType.HEIC),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", MediaType.AVIF),
    ],
)
def test_the_content_says_what_a_picture_is(head: bytes, found: MediaType) -> None:
    assert type_by_content(head) is found


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"GIF89a", "GIF"),
        (b"<svg xmlns=", "SVG / HTML / XML"),
        (b"PK\x03\x04", "ZIP"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isom", "MP4 / MOV"),
        (b"RIFF\0\0\0\0WAVE", "unknown"),
        (b"", "unknown"),
    ],
)
def test_anything_else_is_refused_by_name(head: bytes, name: str) -> None:
    with pytest.raises(PhotoTypeRefused) as refused:
        type_by_content(head)
    assert refused.value.facts == {"found": name}


def test_pixels_are_counted_before_they_are_unfolded() -> None:
    must_not_unfold(MediaType.JPEG, width_px=12_000, height_px=9_000)
    with pytest.raises(PhotoTooManyPixels):
        must_not_unfold(MediaType.PNG, width_px=65_535, height_px=65_535)


def test_a_media_type_has_its_usual_ending() -> None:
    assert [kind.suffix for kind in MediaType] == ["jpg", "png", "webp", "heic", "avif"]


def test_a_desk_sees_more_than_a_phone() -> None:
    assert PreviewSize.PHONE.long_edge_px < PreviewSize.DESK.long_edge_px


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({0x9003: "2021:04:11 15:47:53"}, "2021-04-11T15:47:53"),
        ({0x9003: "2021:04:11 15:47:53\0", 0x9011: "+08:00"}, "2021-04-11T15:47:53+08:00"),
        ({0x9003: "2021:04:11 15:47:53", 0x9011: "soon"}, "2021-04-11T15:47:53"),
        ({0x9003: "0000:00:00 00:00:00"}, None),
        ({0x9003: 7}, None),
        ({}, None),
    ],
)
def test_the_time_is_what_the_camera_wrote(tags: dict[int, object], found: str | None) -> None:
    assert exif.taken(tags) == found


def gps(**changed: object) -> dict[int, object]:
    tags: dict[int, object] = {1: "N", 2: SECONDS[0], 3: "E", 4: SECONDS[1]}
    return tags | {int(key.removeprefix("t")): value for key, value in changed.items()}


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (gps(), PhotoPosition(lon_deg=111.66, lat_deg=40.82)),
        (gps(t1="S", t3="w\0"), PhotoPosition(lon_deg=-111.66, lat_deg=-40.82)),
        (gps(t31=4.5), PhotoPosition(lon_deg=111.66, lat_deg=40.82, accuracy_m=4.5)),
        (gps(t31=-1), PhotoPosition(lon_deg=111.66, lat_deg=40.82)),
        (gps(t31=float("inf")), PhotoPosition(lon_deg=111.66, lat_deg=40.82)),
    ],
)
def test_the_position_is_read_in_degrees(tags: dict[int, object], found: PhotoPosition) -> None:
    assert exif.position(tags) == found


@pytest.mark.parametrize(
    "tags",
    [{}, gps(t1="X"), gps(t1=0), gps(t2=(1.0, 2.0)), gps(t2="40"), gps(t2=(200.0, 0.0, 0.0)),
     gps(t4=(190.0, 0.0, 0.0)), gps(t4=(1.0, "x", 0.0)), gps(t4=(float("nan"), 0.0, 0.0))],
)  # fmt: skip
def test_a_position_without_sense_is_none(tags: dict[int, object]) -> None:
    assert exif.position(tags) is None


def test_everything_else_a_camera_says_is_read_together() -> None:
    image = {0x010F: "HUAWEI\0\0", 0x0110: " P60\n", 0x0131: "\0", 0x0132: "2021:04:11 16:00:00"}
    tags = {0x9010: "+08:00", 0x9286: b"ASCII\0\0\0a stair"}
    fix = gps(t7=(7.0, 47.0, 53.0), t29="2021:04:11", t16="M", t17=360)
    assert exif.camera(image, tags, fix) == Camera(
        model="HUAWEI P60",
        comment="a stair",
        changed="2021-04-11T16:00:00+08:00",
        satellites_at="2021-04-11T07:47:53+00:00",
        looking_deg=0.0,
        by_magnet=True,
    )
    assert exif.camera({}, {}, {17: 361}) is None


@pytest.mark.parametrize(
    "tags",
    [{7: (1.0, 2.0, 3.0)}, {29: "2021:04:11"}, {29: "2021:04:11", 7: (1.0, 2.0)},
     {29: "2021:04:11", 7: (25.0, 0.0, 0.0)}, {29: "soon", 7: (1.0, 2.0, 3.0)},
     {29: "2021:04:11", 7: (1.0, "x", 3.0)}],
)  # fmt: skip
def test_a_time_of_satellites_without_sense_is_none(tags: dict[int, object]) -> None:
    assert exif.camera({}, {}, tags) is None
