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

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from service.domain import exif
from service.domain.errors import Fault, Refusal
from service.domain.photo import (
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
_SRGB = ImageCms.createProfile("sRGB")
_PROOF_PX = (512, 512)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = max(PIXELS_AT_MOST.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)


class PillowPictures:
    """The `Pictures` port."""

    def __init__(self) -> None:
        self._turns = BoundedSemaphore(2)

    def look(self, source: BinaryIO) -> Picture:
        """See the port."""
        with self._opened(source) as (media_type, image):
            width, height = image.size
            tags, gps, orientation = _exif(image)
            image.draft("RGB", _PROOF_PX)
            image.load()
            if orientation in _TURNED:
                width, height = height, width
            return Picture(
                media_type=media_type,
                width_px=width,
                height_px=height,
                taken=exif.taken(tags),
                position=exif.position(gps),
            )

    def preview(self, source: BinaryIO, size: PreviewSize) -> bytes:
        """See the port."""
        edge = (size.long_edge_px, size.long_edge_px)
        with self._opened(source) as (_, image):
            image.draft("RGB", edge)
            upright = _or(lambda: ImageOps.exif_transpose(image), image)
            small = _in_srgb(upright)
            small.thumbnail(edge, Image.Resampling.LANCZOS)
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


def _exif(image: Image.Image) -> tuple[dict[int, object], dict[int, object], int]:
    """The tags of the EXIF and GPS directories, and the orientation; broken ones are empty."""
    tags = _or(image.getexif, Image.Exif())
    found: int = tags.get(_ORIENTATION, 1)
    return _or(lambda: tags.get_ifd(_EXIF_IFD), {}), _or(lambda: tags.get_ifd(_GPS_IFD), {}), found


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
