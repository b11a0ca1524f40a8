"""What Pillow is let do: right sides, upright sRGB previews, clean refusals."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from service.domain.photo import MediaType, PreviewSize
from service.domain.photo_refusals import PhotoBroken, PhotoTooManyPixels, PhotoTypeRefused
from service.domain.preview import PreviewRecipe
from storage.apart_pictures import ApartPictures
from tests.photo_builders import a_large_picture, a_picture, a_turned_picture

PICTURES = ApartPictures()


def preview(content: bytes, size: PreviewSize = PreviewSize.PHONE) -> Image.Image:
    [jpeg] = PICTURES.previews(io.BytesIO(content), [PreviewRecipe(size=size)])
    made = Image.open(io.BytesIO(jpeg))
    made.load()
    return made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_picture_of_each_kind_is_known_and_previewed(kind: str) -> None:
    content = a_picture(kind=kind)
    picture = PICTURES.inspect(io.BytesIO(content))
    assert picture.media_type is MediaType["HEIC" if kind == "HEIF" else kind]
    assert (picture.width_px, picture.height_px) == (64, 48)
    made = preview(content)
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (64, 48))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_preview_stands_as_the_camera_was_held(orientation: int) -> None:
    content = a_turned_picture(orientation)
    upright = (48, 64) if orientation > 4 else (64, 48)
    picture = PICTURES.inspect(io.BytesIO(content))
    assert (picture.width_px, picture.height_px) == upright
    made = preview(content)
    assert made.size == upright
    assert not made.getexif()
    side = {1: (0.1, 0.5), 2: (0.9, 0.5), 3: (0.9, 0.5), 4: (0.1, 0.5)}
    turned = {5: (0.5, 0.1), 6: (0.5, 0.1), 7: (0.5, 0.9), 8: (0.5, 0.9)}
    across, down = (side | turned)[orientation]
    red, _, blue = made.getpixel((int(made.width * across), int(made.height * down)))
    assert red > 200 > 100 > blue


@pytest.mark.parametrize(
    ("size", "edge"),
    [(PreviewSize.PHONE, 960), (PreviewSize.DESK, 2048), (PreviewSize.PRINT, 3000)],
)
def test_a_preview_is_as_large_as_its_reader_needs(size: PreviewSize, edge: int) -> None:
    assert max(preview(a_picture((3000, 1000)), size).size) == edge


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_becomes_srgb(mode: str) -> None:
    content = a_picture(kind="PNG", mode=mode)
    assert preview(content).mode == "RGB"


def test_cmyk_and_a_colour_profile_become_srgb() -> None:
    assert preview(a_picture(mode="CMYK")).mode == "RGB"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in preview(a_picture(icc_profile=profile)).info
    assert preview(a_picture(icc_profile=b"rubbish")).mode == "RGB"


def test_what_was_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert preview(out.getvalue()).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_picture_is_refused(kind: str) -> None:
    whole = a_picture((640, 480), kind=kind)
    with pytest.raises(PhotoBroken):
        PICTURES.inspect(io.BytesIO(whole[: len(whole) * 2 // 3]))


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP"])
def test_a_head_without_a_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoBroken):
        PICTURES.inspect(io.BytesIO(content))


def test_another_kind_is_refused_by_name() -> None:
    with pytest.raises(PhotoTypeRefused) as refused:
        PICTURES.inspect(io.BytesIO(a_picture(kind="GIF")))
    assert refused.value.facts == {"found": "GIF"}


@pytest.mark.parametrize("side", [8_100, 12_000, 65_535])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT"
    with pytest.raises(PhotoTooManyPixels):
        PICTURES.inspect(io.BytesIO(bomb))


def test_broken_exif_does_not_break_the_picture() -> None:
    picture = PICTURES.inspect(io.BytesIO(a_picture(exif=b"Exif\0\0rubbish")))
    assert (picture.width_px, picture.taken, picture.position) == (64, None, None)


def test_a_picture_is_read_from_its_beginning() -> None:
    source = io.BytesIO(a_large_picture())
    source.read(100)
    assert PICTURES.inspect(source).width_px == 400
