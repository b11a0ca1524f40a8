"""Pillow, in the process apart: what a picture is, and its previews.

Only the five formats of domain/photo.py; the type is that of the content; pixels are counted
from the header before anything is unfolded. Memory and time are limited by decode_apart.py.
"""

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from service.domain.preview import PreviewRecipe
from service.domain.words import Words
from storage.picture_marks import cover, write_over

T = TypeVar("T")

FORMATS = {
    MediaType.JPEG: ("JPEG", "MPO"),
    MediaType.PNG: ("PNG",),
    MediaType.WEBP: ("WEBP",),
    MediaType.HEIC: ("HEIF",),
    MediaType.AVIF: ("AVIF",),
}
QUALITY = {PreviewSize.PHONE: 82, PreviewSize.DESK: 82, PreviewSize.PRINT: 90}
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
Image.preinit()
Image.MAX_IMAGE_PIXELS = max(PIXELS_AT_MOST.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)


def inspect(source: BinaryIO) -> Picture:
    """Decode a picture to its end. Raises: PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken."""
    with _opened(source) as (media_type, image):
        width, height = image.size
        tags, more, gps = _exif(image)
        image.draft("RGB", _PROOF_PX)
        image.load()
        if tags.get(_ORIENTATION) in _TURNED:
            width, height = height, width
        small = image.resize((GREY_PX, GREY_PX), Image.Resampling.BOX) if _flat(image) else image
        square = _in_srgb(small).resize((GREY_PX, GREY_PX), Image.Resampling.BOX)
        return Picture(
            media_type=media_type,
            width_px=width,
            height_px=height,
            taken=exif.taken(more),
            position=exif.position(gps),
            camera=exif.camera(tags, more, gps),
            grey=_upright(square, tags).convert("L").tobytes(),
        )


def previews(source: BinaryIO, recipes: Sequence[PreviewRecipe], *, font: str) -> list[bytes]:
    """JPEGs in sRGB, turned as the camera was held, without metadata; the original decoded once.

    Raises: PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken.
    """
    with _opened(source) as (_, image):
        sides = image.size
        longest = max(recipe.size.long_edge_px for recipe in recipes)
        tags = _or(image.getexif, Image.Exif())
        image.draft("RGB", (longest, longest))
        image.load()
        small = {size: _small(image, size, sides, tags) for size in {r.size for r in recipes}}
        return [_preview(small[recipe.size], recipe, sides, font) for recipe in recipes]


def _small(
    image: Image.Image, size: PreviewSize, sides: tuple[int, int], tags: Image.Exif
) -> Image.Image:
    """The upright picture in sRGB, no longer than its reader needs."""
    scale = min(1.0, size.long_edge_px / max(sides))
    wanted = (max(1, round(sides[0] * scale)), max(1, round(sides[1] * scale)))
    if not _flat(image):
        image = _in_srgb(image)
    if image.size != wanted:
        gap = None if image.mode.startswith("I;16") else 2.0
        image = image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=gap)
    return _upright(_in_srgb(image), tags)


def _preview(small: Image.Image, recipe: PreviewRecipe, sides: tuple[int, int], font: str) -> bytes:
    if recipe.covers or recipe.mark:
        small = small.copy()
        cover(small, recipe.covers, scale=max(small.size) / max(sides))
        write_over(small, recipe.mark, font=font)
    small.info = {}  # Pillow would write comment, resolution, XMP and profile again
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY[recipe.size])
    return out.getvalue()


@contextmanager
def _opened(source: BinaryIO) -> Iterator[tuple[MediaType, Image.Image]]:
    """The picture with only its header read.

    A decoder may raise anything at all over hostile bytes: it is always the picture's fault.
    """
    media_type = type_by_content(source.read(64))
    source.seek(0)
    try:
        with Image.open(source, formats=FORMATS[media_type]) as image:
            width, height = image.size
            must_not_unfold(media_type, width_px=width, height_px=height)
            yield media_type, image
    except (Refusal, MemoryError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise too_many_pixels(media_type) from fault
    except Exception as fault:
        raise broken(Words("照片无法完整解码", "it cannot be decoded to its end")) from fault


def _exif(image: Image.Image) -> tuple[Image.Exif, dict[int, object], dict[int, object]]:
    """The first directory, the EXIF one and the GPS one; broken ones are empty."""
    tags = _or(image.getexif, Image.Exif())
    return tags, _or(lambda: tags.get_ifd(_EXIF_IFD), {}), _or(lambda: tags.get_ifd(_GPS_IFD), {})


def _upright(image: Image.Image, tags: Image.Exif) -> Image.Image:
    """Turned as the camera was held; what HEIC says of it, its decoder has done and taken out."""
    turn = _TURNS.get(tags.get(_ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


def _flat(image: Image.Image) -> bool:
    """Whether it can be shrunk as it is, before its colours are turned into sRGB."""
    return image.mode in ("RGB", "RGBA", "L", "CMYK", "F") or image.mode.startswith("I;16")


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
    except MemoryError:
        raise
    except Exception:
        return otherwise


def broken(wrong: Words) -> PhotoBroken:
    """The refusal of a picture that is none, or none that can be decoded within the limits."""
    remedy = Words("请重新拍摄，或发送未损坏的原件", "take it again, or send an unbroken original")
    return PhotoBroken(Fault("/content", wrong, remedy))
