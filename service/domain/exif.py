"""What a camera wrote into a photo (EXIF 2.32), read without trusting it.

EXIF is a claim of the camera: a value that makes no sense is left out, never guessed.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from service.domain.photo import PhotoPosition

DATE_TIME_ORIGINAL = 0x9003
OFFSET_TIME_ORIGINAL = 0x9011
GPS_LATITUDE_REF, GPS_LATITUDE = 1, 2
GPS_LONGITUDE_REF, GPS_LONGITUDE = 3, 4
GPS_ERROR_M = 31

_OFFSET = re.compile(r"[+-]\d\d:\d\d")


def taken(tags: Mapping[int, object]) -> str | None:
    """DateTimeOriginal as ISO 8601, with OffsetTimeOriginal where the camera wrote it."""
    written = tags.get(DATE_TIME_ORIGINAL)
    if not isinstance(written, str):
        return None
    try:
        local = datetime.strptime(written.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    offset = tags.get(OFFSET_TIME_ORIGINAL)
    known = isinstance(offset, str) and _OFFSET.fullmatch(offset.strip("\0 "))
    return local.isoformat() + (known.group() if known else "")


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
