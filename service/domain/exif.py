"""What a camera wrote into a photo (EXIF 2.32), read without trusting it.

EXIF is a claim of the camera: a value that makes no sense is left out, never guessed.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from service.domain.photo import Camera, PhotoPosition

MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
DATE_TIME, OFFSET_TIME = 0x0132, 0x9010
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011
USER_COMMENT = 0x9286
GPS_LATITUDE_REF, GPS_LATITUDE = 1, 2
GPS_LONGITUDE_REF, GPS_LONGITUDE = 3, 4
GPS_TIME, GPS_DATE = 7, 29
GPS_LOOKING_REF, GPS_LOOKING = 16, 17
GPS_ERROR_M = 31
LETTERS_AT_MOST = 128

_OFFSET = re.compile(r"[+-]\d\d:\d\d")


def taken(tags: Mapping[int, object]) -> str | None:
    """DateTimeOriginal as ISO 8601, with OffsetTimeOriginal where the camera wrote it."""
    return _moment(tags.get(DATE_TIME_ORIGINAL), tags.get(OFFSET_TIME_ORIGINAL))


def camera(
    image: Mapping[int, object], tags: Mapping[int, object], gps: Mapping[int, object]
) -> Camera | None:
    """What the directories of the image, of EXIF and of GPS say of the camera; None: nothing."""
    names = [name for name in (_text(image.get(MAKE)), _text(image.get(MODEL))) if name]
    looking_deg = _number(gps.get(GPS_LOOKING))
    if looking_deg is not None and not 0 <= looking_deg <= 360:
        looking_deg = None
    comment = tags.get(USER_COMMENT)
    found = Camera(
        model=" ".join(names)[:LETTERS_AT_MOST] or None,
        software=_text(image.get(SOFTWARE)),
        comment=_text(comment[8:] if isinstance(comment, bytes) else comment),
        changed=_moment(image.get(DATE_TIME), tags.get(OFFSET_TIME)),
        satellites_at=_by_satellites(gps),
        looking_deg=None if looking_deg is None else looking_deg % 360,
        by_magnet=looking_deg is not None and _text(gps.get(GPS_LOOKING_REF)) == "M",
    )
    return None if found == Camera() else found


def _by_satellites(gps: Mapping[int, object]) -> str | None:
    """GPSDateStamp and GPSTimeStamp, which are UTC, as ISO 8601."""
    date, parts = _text(gps.get(GPS_DATE)), gps.get(GPS_TIME)
    if date is None or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None or not 0 <= number < 100 for number in numbers):
        return None
    clock = ":".join(f"{int(number or 0):02}" for number in numbers)
    return _moment(f"{date} {clock}", "+00:00")


def _moment(written: object, offset: object) -> str | None:
    """A time as cameras write it, with its offset where that makes sense, as ISO 8601."""
    text = _text(written)
    if text is None:
        return None
    try:
        local = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    known = _OFFSET.fullmatch(_text(offset) or "")
    return local.isoformat() + (known.group() if known else "")


def _text(value: object) -> str | None:
    """What is written, without padding and what cannot be shown; None where nothing is left."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    shown = "".join(letter for letter in value if letter.isprintable()).strip()
    return shown[:LETTERS_AT_MOST] or None


def position(gps: Mapping[int, object]) -> PhotoPosition | None:
    """The GPS position in WGS 84 degrees, with its error in metres where it was written."""
    lat = _degrees(gps.get(GPS_LATITUDE), gps.get(GPS_LATITUDE_REF), signs={"N": 1, "S": -1})
    lon = _degrees(gps.get(GPS_LONGITUDE), gps.get(GPS_LONGITUDE_REF), signs={"E": 1, "W": -1})
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    error_m = _number(gps.get(GPS_ERROR_M))
    if error_m is not None and error_m < 0:
        error_m = None
    return PhotoPosition(lon_deg=lon, lat_deg=lat, accuracy_m=error_m)


def _degrees(parts: object, ref: object, *, signs: Mapping[str, int]) -> float | None:
    """Degrees, minutes, seconds with their letter, to nine decimals of a degree."""
    sign = signs.get(ref.strip("\0 ").upper()) if isinstance(ref, str) else None
    if sign is None or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    degrees, minutes, seconds = (number or 0.0 for number in numbers)
    return round(sign * (degrees + minutes / 60 + seconds / 3600), 9)


def _number(value: object) -> float | None:
    """A rational of EXIF as a finite number; 0/0 and text are nothing."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if isfinite(number) else None
