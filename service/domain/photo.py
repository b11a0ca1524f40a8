"""Photos as evidence: what one is, its kinds of view, and its type by content.

The checklist of the registration asks for at least one photo of each view
(现场照相: 方位, 概貌, 重点部位, 细目).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo_refusals import PhotoTooManyPixels, PhotoTypeRefused
from service.domain.words import Words


class View(StrEnum):
    """What a photo is meant to show, from the surroundings inwards."""

    SETTING = "setting"
    OVERVIEW = "overview"
    KEY_PART = "key_part"
    DETAIL = "detail"


VIEW_NAMES: dict[View, Words] = {
    View.SETTING: Words("方位", "setting"),
    View.OVERVIEW: Words("概貌", "overview"),
    View.KEY_PART: Words("重点部位", "key part"),
    View.DETAIL: Words("细目", "detail"),
}


class MediaType(StrEnum):
    """The kinds of picture that are kept."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    AVIF = "image/avif"

    @property
    def suffix(self) -> str:
        """The usual ending of a file's name, without the dot."""
        return "jpg" if self is MediaType.JPEG else self.value.removeprefix("image/")


class PreviewSize(StrEnum):
    """For whom a preview is made."""

    PHONE = "phone"
    DESK = "desk"
    PRINT = "print"

    @property
    def long_edge_px(self) -> int:
        """Neither side of the preview is longer; a smaller original is never enlarged."""
        return _LONG_EDGES_PX[self]


_LONG_EDGES_PX = {
    PreviewSize.PHONE: 960,
    PreviewSize.DESK: 2048,
    PreviewSize.PRINT: 3508,  # A4 at 300 dots an inch
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPosition:
    """Where a photo was taken, WGS 84 degrees; accuracy in metres where it was said."""

    lon_deg: float
    lat_deg: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """What a camera, or what edited its picture, wrote into the file beside time and position.

    `changed` and `satellites_at` are ISO 8601; `looking_deg` is where the lens looked, clockwise
    from north, the magnetic one with `by_magnet`.
    """

    model: str | None = None
    software: str | None = None
    comment: str | None = None
    changed: str | None = None
    satellites_at: str | None = None
    looking_deg: float | None = None
    by_magnet: bool = False


GREY_PX = 32
"""Both sides of `Picture.grey`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What decoding the bytes has shown; the sides are those after EXIF orientation.

    `taken` is what the camera wrote, ISO 8601, with an offset only if the camera wrote one.
    `grey` is the upright picture shrunk to GREY_PX × GREY_PX bytes of grey, by rows.
    """

    media_type: MediaType
    width_px: int
    height_px: int
    taken: str | None
    position: PhotoPosition | None
    camera: Camera | None
    grey: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo whose bytes are durable under `digest` (SHA-256, lowercase hex).

    What the phone said and what the file says (EXIF) are kept apart.
    """

    id: UUID
    incident_id: UUID
    view: View
    digest: str
    size_bytes: int
    media_type: MediaType
    width_px: int
    height_px: int
    taken_by_phone: datetime | None
    taken_by_exif: str | None
    position_by_phone: PhotoPosition | None
    position_by_exif: PhotoPosition | None
    device: str | None
    officer_id: UUID
    received_at: datetime
    camera: Camera | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReceived:
    """A photo became part of the incident's record."""

    NAME: ClassVar[str] = "photo-received"
    VERSION: ClassVar[int] = 1
    photo: Photo


EVENTS = (PhotoReceived,)

PIXELS_AT_MOST: dict[MediaType, int] = {
    MediaType.JPEG: 128_000_000,  # decoded at an eighth of its sides
    MediaType.PNG: 64_000_000,
    MediaType.WEBP: 64_000_000,
    MediaType.HEIC: 64_000_000,
    MediaType.AVIF: 64_000_000,
}

_BRANDS: dict[bytes, MediaType] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), MediaType.HEIC),
    **dict.fromkeys((b"avif", b"avis"), MediaType.AVIF),
}
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"8BPS", "PSD"),
    (b"\0\0\x01\0", "ICO"),
    (b"\x7fELF", "ELF"),
    (b"\x1a\x45\xdf\xa3", "Matroska"),
    (b"<", "SVG / HTML / XML"),
)


def type_by_content(head: bytes) -> MediaType:
    """The type that the first bytes (64 are enough) show, whatever the name says.

    Raises: PhotoTypeRefused, naming what it is where that is known.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp":
        return _type_by_brand(head)
    raise _refused(next((name for magic, name in _OTHERS if head.startswith(magic)), None))


def _type_by_brand(head: bytes) -> MediaType:
    """ISO base media (ISO/IEC 14496-12): the major brand, then the compatible ones, decide."""
    brands = (head[8:12], *(head[at : at + 4] for at in range(16, len(head), 4)))
    for brand in brands:
        if brand in _BRANDS and not (brand == b"mif1" and b"avif" in brands):
            return _BRANDS[brand]
    raise _refused("MP4 / MOV")


def _refused(name: str | None) -> PhotoTypeRefused:
    what = name or "unknown"
    return PhotoTypeRefused(
        Fault(
            "/content",
            Words(f"文件内容是 {name or '未知格式'}", f"the content is {what}"),
            Words(
                "请发送 JPEG、PNG、WebP、HEIC 或 AVIF 照片", "send a JPEG, PNG, WebP, HEIC or AVIF"
            ),
        ),
        found=what,
    )


def must_not_unfold(media_type: MediaType, *, width_px: int, height_px: int) -> None:
    """Refuse, from the header alone, what would take too much memory to decode.

    Raises: PhotoTooManyPixels.
    """
    if width_px * height_px > PIXELS_AT_MOST[media_type]:
        raise too_many_pixels(media_type)


def too_many_pixels(media_type: MediaType) -> PhotoTooManyPixels:
    """The refusal of a picture that unfolds too far."""
    limit = PIXELS_AT_MOST[media_type]
    return PhotoTooManyPixels(
        Fault(
            "/content",
            Words(f"像素超过{limit}", f"more than {limit} pixels"),
            Words("请用相机的普通分辨率拍摄", "take it at the camera's ordinary resolution"),
        ),
        limit=limit,
    )
