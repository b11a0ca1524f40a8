"""What Upload-Metadata of tus says of a photo, each value in Base64.

https://tus.io/protocols/resumable-upload, "Creation".
"""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from uuid import UUID

from service.domain.photo import PhotoPosition, View
from service.domain.photo_refusals import UploadMetadataInvalid
from service.domain.upload import Upload, must_fit
from service.domain.upload_headers import header_fault
from service.domain.words import Words


def read_announcement(
    metadata: str, *, size_bytes: int | None, at_most_bytes: int, parts: tuple[UUID, ...] = ()
) -> Upload:
    """The upload that Upload-Length (None: not said yet) and Upload-Metadata announce.

    Raises: PhotoTooLarge, UploadMetadataInvalid with every fault at once.
    """
    must_fit(size_bytes, at_most_bytes=at_most_bytes)
    values: dict[str, object] = {"size_bytes": size_bytes, "metadata": metadata, "parts": parts}
    faults: dict[str, Words] = {}
    if size_bytes == 0:
        faults["Upload-Length"] = Words("照片是空的", "the photo has no bytes")
    for key, encoded in _pairs(metadata):
        wrong = _take(key, encoded, values)
        if wrong is not None:
            faults[f"Upload-Metadata/{key}"] = wrong
    for key in _REQUIRED:
        if _FIELDS[key].name not in values:
            faults.setdefault(f"Upload-Metadata/{key}", Words("缺少这一项", "it is missing"))
    if faults:
        raise UploadMetadataInvalid(*(header_fault(name, wrong) for name, wrong in faults.items()))
    return Upload(**values)  # type: ignore[arg-type]


def _pairs(metadata: str) -> list[tuple[str, str]]:
    """Keys with their encoded values: "key base64,key base64"; a value may be absent."""
    parts = [part.split() for part in metadata.split(",")]
    return [(part[0], " ".join(part[1:])) for part in parts if part]


def _take(key: str, encoded: str, values: dict[str, object]) -> Words | None:
    """Read one value into `values`, or say what is wrong with it."""
    if key in _IGNORED:
        return None
    if key not in _FIELDS:
        return Words("没有这个字段", "there is no such field")
    field = _FIELDS[key]
    if field.name in values:
        return Words("出现了两次", "it comes twice")
    try:
        values[field.name] = field.read(b64decode(encoded, validate=True).decode("utf-8"))
    except ValueError:
        return field.expected
    return None


def _digest(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ValueError
    return text.lower()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _device(text: str) -> str:
    if not 1 <= len(text) <= 128 or not text.isprintable():
        raise ValueError
    return text


def _position(text: str) -> PhotoPosition:
    numbers = [float(part) for part in text.split(",")]
    if len(numbers) not in (2, 3) or not all(map(isfinite, numbers)):
        raise ValueError
    lon, lat, *accuracy = numbers
    if abs(lon) > 180 or abs(lat) > 90 or any(metres < 0 for metres in accuracy):
        raise ValueError
    return PhotoPosition(lon_deg=lon, lat_deg=lat, accuracy_m=accuracy[0] if accuracy else None)


@dataclass(frozen=True, slots=True)
class _Field:
    """A key of Upload-Metadata: its name in Upload, its reader (ValueError), what it takes."""

    name: str
    read: Callable[[str], object]
    expected: Words


_UUID = Words("应为 Base64 编码的 UUID", "it should be a UUID, in Base64")
_FIELDS: dict[str, _Field] = {
    "photo": _Field("photo_id", UUID, _UUID),
    "incident": _Field("incident_id", UUID, _UUID),
    "view": _Field(
        "view",
        View,
        Words(
            "应为 setting、overview、key_part 或 detail 的 Base64",
            "it should be setting, overview, key_part or detail, in Base64",
        ),
    ),
    "sha256": _Field(
        "digest",
        _digest,
        Words("应为64位十六进制 SHA-256 的 Base64", "it should be 64 hex digits, in Base64"),
    ),
    "taken_at": _Field(
        "taken_at",
        _moment,
        Words("应为带时区的 RFC 3339 时间的 Base64", "it should be an RFC 3339 time, in Base64"),
    ),
    "device": _Field(
        "device",
        _device,
        Words(
            "应为1至128个可见字符的 Base64", "it should be 1 to 128 visible characters, in Base64"
        ),
    ),
    "position": _Field(
        "position",
        _position,
        Words(
            "应为 WGS 84“经度,纬度,精度（米）”的 Base64",
            "it should be longitude,latitude,metres in WGS 84, in Base64",
        ),
    ),
}
_REQUIRED = ("photo", "incident", "view", "sha256")
_IGNORED = ("filename", "filetype")  # sent unasked by common clients; the content decides
