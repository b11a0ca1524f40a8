"""Small pictures made here, their announcements, and the fire they belong to."""

import hashlib
import io
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pillow_heif
from PIL import Image
from shapely.geometry import Point

from service.domain.incident import Casualties, Incident, Place, PlaceKind, State, Utilities
from service.domain.located import FixedBy, Located
from service.domain.people import Post
from service.domain.photo import View
from service.domain.upload import Upload

pillow_heif.register_heif_opener()  # which writes HEIC too; the service only reads it


def a_picture(
    size: tuple[int, int] = (64, 48), *, kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """A picture with a red left half, so that one sees how it was turned."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def a_turned_picture(orientation: int) -> bytes:
    """A JPEG whose EXIF says how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return a_picture(exif=exif)


def a_view(seed: int, size: tuple[int, int] = (320, 240)) -> bytes:
    """A JPEG of large soft shapes, as a photo of rooms has; another seed is another view."""
    rough = hashlib.shake_256(b"view %d" % seed).digest(9 * 12)
    out = io.BytesIO()
    soft = Image.frombytes("L", (12, 9), rough).resize(size, Image.Resampling.BICUBIC)
    soft.save(out, "JPEG", quality=90)
    return out.getvalue()


def a_large_picture() -> bytes:
    """A PNG of some hundred kilobytes that does not compress, the same every time."""
    noise = hashlib.shake_256(b"handback").digest(400 * 300 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (400, 300), noise).save(out, "PNG")
    return out.getvalue()


def digest_of(content: bytes) -> str:
    """SHA-256 in lowercase hex."""
    return hashlib.sha256(content).hexdigest()


def metadata(**values: object) -> str:
    """Upload-Metadata as tus writes it."""
    return ",".join(f"{k} {b64encode(str(v).encode()).decode()}" for k, v in values.items())


def announcement(incident: UUID, photo: UUID, content: bytes, **more: object) -> dict[str, str]:
    """The headers that announce a photo."""
    said = {"photo": photo, "incident": incident, "view": "overview", "sha256": digest_of(content)}
    return {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": metadata(**(said | more)),
    }


def an_upload(content: bytes, incident_id: UUID) -> Upload:
    """The same, as the domain sees it."""
    return Upload(
        photo_id=uuid4(),
        incident_id=incident_id,
        view=View.DETAIL,
        digest=digest_of(content),
        size_bytes=len(content),
    )


def an_incident(station: Post) -> Incident:
    """A fire in a shop, at version 1."""
    sent = {"type": "Point", "coordinates": [111.66, 40.82]}
    place = Place(
        location=Located(
            geometry=Point(111.66, 40.82),
            sent=sent,
            crs="WGS84",
            accuracy_m=8,
            fixed_by=FixedBy.GPS,
        ),
        address="新城区中山东路1号",
        division_code="150102",
        kind=PlaceKind.OTHER,
    )
    return Incident(
        id=uuid4(), station_id=station.id, station_path=station.path, version=1,
        state=State.OPEN, drill=False, called_at=datetime(2026, 11, 24, 3, tzinfo=UTC),
        response_ended_at=None, place=place, burned_area=None, cause=None, origin=None,
        account="", loss=None, casualties=Casualties(), arson_suspected=None,
        liability_disputed=None, facts_disputed=None, wide_social_effect=None,
        utilities=Utilities(), units=(), hazards=(),
    )  # fmt: skip
