"""Files that mean harm, or are merely odd, each made here from its bytes."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.photo_builders import a_picture

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of PNG with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(
    side: int, *, bits: int = 8, colour: int = 2, chunks: bytes = b"", rows: bytes = b""
) -> bytes:
    """A PNG whose header says what it is told; without `rows` it holds no pixel."""
    header = struct.pack(">IIBBBBB", side, side, bits, colour, 0, 0, 0)
    body = chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return PNG + chunk(b"IHDR", header) + chunks + body


def a_wide_black_png(side: int) -> bytes:
    """One bit a pixel, all black: some kilobytes that unfold to side² pixels."""
    return a_png(side, bits=1, colour=0, rows=zlib.compress(bytes((side // 8 + 1) * side), 9))


def many_chunks(number: int) -> bytes:
    """A small picture behind so many chunks of text."""
    small = a_picture(kind="PNG")
    end = PNG + small[8 : 8 + 25]
    return end + chunk(b"tEXt", b"k\0v") * number + small[33:]


def text_bomb() -> bytes:
    """Twenty million letters folded into one chunk."""
    small = a_picture(kind="PNG")
    folded = b"k\0\0" + zlib.compress(bytes(20_000_000), 9)
    return small[:33] + chunk(b"zTXt", folded) + small[33:]


def endless_frames() -> bytes:
    """An animated PNG that announces two thousand million frames."""
    small = a_picture(kind="PNG")
    return small[:33] + chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0)) + small[33:]


def a_jpeg_of(side: int) -> bytes:
    """A JPEG whose frame header says side × side."""
    jpeg = bytearray(a_picture())
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", side, side)
    return bytes(jpeg)


def with_segment(marker: int, data: bytes) -> bytes:
    """A JPEG that begins with one more segment."""
    jpeg = a_picture()
    return jpeg[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def exif_that_loops() -> bytes:
    """EXIF whose directories point at themselves: as next, as EXIF, as GPS, as thumbnail."""
    entries = [(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x010F, 2, 0xFFFFFFFF, 8), (0x014A, 4, 1, 8)]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", *entry) for entry in entries)
    tiff = b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 8)
    return with_segment(0xE1, b"Exif\0\0" + tiff)


def xmp_that_unfolds() -> bytes:
    """XMP with a thousand million laughs in it."""
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    xmp = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x tiff:Orientation="&l9;">&l9;</x>'
    return with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp.encode())


def with_archive() -> bytes:
    """A JPEG that is a ZIP as well, with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.sh", "#!/bin/sh\nrm -rf /\n")
    return a_picture() + out.getvalue()


def with_script() -> bytes:
    """A JPEG with a page in its comment."""
    return with_segment(0xFE, b"<html><script>alert(document.cookie)</script></html>")


def many_scans(number: int, side: int = 4096) -> bytes:
    """A progressive JPEG that says the same of every pixel so many times."""
    jpeg = a_picture((side, side), progressive=True)
    at = jpeg.rindex(b"\xff\xda")
    return jpeg[:at] + jpeg[at:-2] * number + jpeg[-2:]


def two_pictures() -> bytes:
    """What phones with two lenses write (MPO)."""
    first, second = (Image.new("RGB", (64, 48), colour) for colour in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def lying_sides(kind: str) -> bytes:
    """HEIC or AVIF whose box of sides says 65,535²."""
    whole = bytearray(a_picture(kind=kind))
    at = whole.index(b"ispe")
    whole[at + 8 : at + 16] = struct.pack(">II", 65_535, 65_535)
    return bytes(whole)


ANOTHER_KIND = {
    "nothing": b"",
    "one byte": b"\xff",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg after a mark": b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
    "page": b"<!DOCTYPE html><html></html>",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "font": b"\0\1\0\0\0\x0c\0\x80\0\3\0\x40DSIG",
    "web font": b"wOF2\0\1\0\0",
    "collection of fonts": b"ttcf\0\1\0\0",
    "gif": a_picture(kind="GIF"),
    "gif without end": a_picture(kind="GIF")[:-1] + b"\x21\xfe\xff" * 9_999,
    "bmp": a_picture(kind="BMP"),
    "tiff": a_picture(kind="TIFF"),
    "jpeg 2000": a_picture(kind="JPEG2000"),
    "pdf": b"%PDF-1.7\n",
    "program": b"\x7fELF\2\1\1",
    "film": b"\0\0\0\x18ftypmp42\0\0\0\0isomavc1",
}
"""By their content no kind of picture that is kept, whatever their names say."""

TOO_MANY_PIXELS = {
    "png of 65,535²": a_png(65_535),
    "jpeg of 65,535²": a_jpeg_of(65_535),
    "png one row too many": a_png(8_001),
    "webp of 16,383²": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xfe\xbf\xff\x0f" + bytes(8),
}
"""Refused from their headers alone."""

BROKEN = {
    "png without a pixel": a_png(64),
    "png cut within its header": a_png(64)[:20],
    "png with a false checksum": a_picture(kind="PNG").replace(b"IDAT", b"IDAU"),
    "jpeg of 0 × 0": a_jpeg_of(0),
    "jpeg of markers only": b"\xff\xd8\xff" + b"\xff\xd0" * 9_999,
    "jpeg cut": a_picture((640, 480))[:-400],
    "heic cut": a_picture((640, 480), kind="HEIF")[:-80],
    "avif cut": a_picture((640, 480), kind="AVIF")[:-80],
    "webp cut": a_picture((640, 480), kind="WEBP")[:-40],
    "png with a jpeg in it": PNG + a_picture(),
    "heic in name only": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(999),
    "boxes that never end": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0\0\0\x08free" * 9_999,
    "png that unfolds to text": text_bomb(),
    "heic of 65,535²": lying_sides("HEIF"),
    "avif of 65,535²": lying_sides("AVIF"),
}
"""Begin like a picture, and are none to their end."""

ODD = {
    "jpeg with a zip": with_archive(),
    "jpeg with a page": with_script(),
    "jpeg with exif that loops": exif_that_loops(),
    "jpeg with xmp that unfolds": xmp_that_unfolds(),
    "jpeg with rubbish as profile": a_picture(icc_profile=b"rubbish" * 99),
    "jpeg with too much behind it": a_picture() + bytes(999_999),
    "jpeg that is higher than its data": a_jpeg_of(9_000),
    "two pictures in one": two_pictures(),
    "cmyk": a_picture(mode="CMYK"),
    "grey of 16 bits": a_picture(kind="PNG", mode="I;16"),
    "one bit": a_picture(kind="PNG", mode="1"),
    "one bit, 64 million pixels": a_wide_black_png(8_000),
    "png of many chunks": many_chunks(100_000),
    "png that announces endless frames": endless_frames(),
    "jpeg of many scans": many_scans(8, side=256),
}
"""Pictures for all that: kept as they came, and their previews hold nothing but the picture."""
