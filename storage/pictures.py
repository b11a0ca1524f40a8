"""Pillow, kept within limits: what a picture is, and its previews.

Limits: only the five formats of domain/photo.py; the type is that of the content; pixels are
counted from the header before anything is unfolded; two pictures at most are decoded at once.
"""

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import BinaryIO, TypeVar

import pi_heif
from PIL import Image, ImageCms

from service.domain import exif
from service.domain.errors import Fault, Refusal
from service.domain.photo import (
    GREY_PX,
    PIXELS_AT_MOST,
    MediaType,
    Picture,
    PreviewSize,
    must_not_unfold,
    too_many_pixels,
    type_by_content,
)
from service.domain.photo_refusals import PhotoBroken
from service.domain.words import Words

T = TypeVar("T")

FORMATS = {
    MediaType.JPEG: ("JPEG", "MPO"),
    MediaType.PNG: ("PNG",),
    MediaType.WEBP: ("WEBP",),
    MediaType.HEIC: ("HEIF",),
    MediaType.AVIF: ("AVIF",),
}
_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_TURNED = (5, 6, 7, 8)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
_PROOF_PX = (512, 512)

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = max(PIXELS_AT_MOST.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)


class PillowPictures:
    """The `Pictures` port."""

    def __init__(self) -> None:
        self._turns = BoundedSemaphore(2)

    def inspect(self, source: BinaryIO) -> Picture:
        """See the port."""
        with self._opened(source) as (media_type, image):
            width, height = image.size
            tags, more, gps = _exif(image)
            image.draft("RGB", _PROOF_PX)
            image.load()
            if tags.get(_ORIENTATION) in _TURNED:
                width, height = height, width
            return Picture(
                media_type=media_type,
                width_px=width,
                height_px=height,
                taken=exif.taken(more),
                position=exif.position(gps),
                camera=exif.camera(tags, more, gps),
                grey=_grey(image, tags),
            )

    def preview(self, source: BinaryIO, size: PreviewSize) -> bytes:
        """See the port."""
        edge = (size.long_edge_px, size.long_edge_px)
        with self._opened(source) as (_, image):
            image.draft("RGB", edge)
            tags = _or(image.getexif, Image.Exif())
            small = _in_srgb(image)
            small.thumbnail(edge, Image.Resampling.LANCZOS)
            small = _upright(small, tags)
            out = io.BytesIO()
            small.save(out, "JPEG", quality=82, optimize=True, exif=b"", icc_profile=None)
            return out.getvalue()

    @contextmanager
    def _opened(self, source: BinaryIO) -> Iterator[tuple[MediaType, Image.Image]]:
        """The picture with only its header read, one of few at a time.

        A decoder may raise anything at all over hostile bytes: it is always the picture's fault.
        """
        source.seek(0)
        media_type = type_by_content(source.read(64))
        source.seek(0)
        with self._turns:
            try:
                with Image.open(source, formats=FORMATS[media_type]) as image:
                    width, height = image.size
                    must_not_unfold(media_type, width_px=width, height_px=height)
                    yield media_type, image
            except Refusal:
                raise
            except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
                raise too_many_pixels(media_type) from fault
            except Exception as fault:
                raise _broken() from fault


def _exif(image: Image.Image) -> tuple[Image.Exif, dict[int, object], dict[int, object]]:
    """The first directory, the EXIF one and the GPS one; broken ones are empty."""
    tags = _or(image.getexif, Image.Exif())
    more, gps = (_or(lambda at=at: tags.get_ifd(at), {}) for at in (_EXIF_IFD, _GPS_IFD))
    return tags, more, gps


def _grey(image: Image.Image, tags: Image.Exif) -> bytes:
    small = _in_srgb(image).resize((GREY_PX, GREY_PX), Image.Resampling.BOX)
    return _upright(small, tags).convert("L").tobytes()


def _upright(image: Image.Image, tags: Image.Exif) -> Image.Image:
    """Turned as the camera was held; what HEIC says of it, its decoder has done and taken out."""
    turn = _TURNS.get(tags.get(_ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in eight bits of sRGB, on white where it was transparent."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("F").point(lambda value: value * (1 / 256)).convert("L")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        turned = _or(lambda: _by_profile(image, profile), None)
        if turned is not None:
            return turned
    if image.has_transparency_data:
        see_through = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, see_through).convert("RGB")
    return image.convert("RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")


def _or(attempt: Callable[[], T], otherwise: T) -> T:
    """What a claim in the file gives, or `otherwise`: a broken claim does not break the picture."""
    try:
        return attempt()
    except Exception:
        return otherwise


def _broken() -> PhotoBroken:
    return PhotoBroken(
        Fault(
            "/content",
            Words("照片无法完整解码", "it cannot be decoded to its end"),
            Words("请重新拍摄，或发送未损坏的原件", "take it again, or send an unbroken original"),
        )
    )
