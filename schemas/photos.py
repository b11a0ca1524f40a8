"""Photos on the wire."""

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from schemas.people import StrictSchema
from schemas.photo_marks import (
    FlagViewSchema,
    PhotoRemovalViewSchema,
    StandpointViewSchema,
    flag_view,
    removal_view,
    standpoint_view,
)
from service.domain.photo import VIEW_NAMES, PhotoPosition, PreviewSize, View
from service.domain.photo_file import FiledPhoto


class PhotoPageQuery(StrictSchema):
    """Which part of the list."""

    after = fields.UUID(load_default=None, metadata={"description": "next of the page before"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class PreviewQuery(StrictSchema):
    """For whom the preview is."""

    size = fields.Enum(PreviewSize, by_value=True, load_default=PreviewSize.PHONE)


class PositionViewSchema(Schema):
    """Where a photo was taken: a GeoJSON point in WGS 84, and how exact it was said to be."""

    point = fields.Dict()
    accuracy_m = fields.Float(allow_none=True)


class TakenViewSchema(Schema):
    """When a photo was taken: by the phone's word (UTC), and as the camera wrote it."""

    phone = fields.AwareDateTime(allow_none=True)
    exif = fields.String(allow_none=True)


class PositionsViewSchema(Schema):
    """Where a photo was taken, by the phone's word, by the camera's, and as an officer typed it."""

    phone = fields.Nested(PositionViewSchema, allow_none=True)
    exif = fields.Nested(PositionViewSchema, allow_none=True)
    typed = fields.Nested(PositionViewSchema, allow_none=True)


class CameraViewSchema(Schema):
    """What the file says of the camera, of what was done since, and of where the lens looked."""

    model = fields.String(allow_none=True)
    software = fields.String(allow_none=True)
    comment = fields.String(allow_none=True)
    changed = fields.String(allow_none=True)
    satellites_at = fields.String(allow_none=True)
    looking_deg = fields.Float(allow_none=True)
    by_magnet = fields.Boolean()


class PhotoViewSchema(Schema):
    """A photo on record; its bytes are durable. The sides are those of the upright picture."""

    id = fields.UUID()
    incident_id = fields.UUID()
    number = fields.Integer()
    view = fields.Enum(View, by_value=True)
    view_name = fields.Dict(keys=fields.String(), values=fields.String())
    sha256 = fields.String()
    size_bytes = fields.Integer()
    media_type = fields.String()
    width_px = fields.Integer()
    height_px = fields.Integer()
    taken = fields.Nested(TakenViewSchema)
    position = fields.Nested(PositionsViewSchema)
    device = fields.String(allow_none=True)
    camera = fields.Nested(CameraViewSchema, allow_none=True)
    standpoint = fields.Nested(StandpointViewSchema, allow_none=True)
    removed = fields.Nested(PhotoRemovalViewSchema, allow_none=True)
    flags = fields.List(fields.Nested(FlagViewSchema))
    officer_id = fields.UUID()
    received_at = fields.AwareDateTime()
    original = fields.String()
    previews = fields.Dict(keys=fields.String(), values=fields.String())


class PhotoPageSchema(Schema):
    """Some photos of an incident, and how many it has of each kind of view."""

    photos = fields.List(fields.Nested(PhotoViewSchema))
    by_view = fields.Dict(keys=fields.String(), values=fields.Integer())
    next = fields.UUID(allow_none=True)


def photo_view(filed: FiledPhoto) -> dict[str, Any]:
    """A photo for the wire, with where its bytes are had."""
    photo, standpoint = filed.photo, filed.standpoint
    here = f"/v1/incidents/{photo.incident_id}/photos/{photo.id}"
    name = VIEW_NAMES[photo.view]
    return {
        "id": photo.id,
        "incident_id": photo.incident_id,
        "number": filed.number,
        "view": photo.view.value,
        "view_name": {"zh": name.zh, "en": name.en},
        "sha256": photo.digest,
        "size_bytes": photo.size_bytes,
        "media_type": photo.media_type.value,
        "width_px": photo.width_px,
        "height_px": photo.height_px,
        "taken": {"phone": photo.taken_by_phone, "exif": photo.taken_by_exif},
        "position": {
            "phone": _position(photo.position_by_phone),
            "exif": _position(photo.position_by_exif),
            "typed": _position(standpoint.position if standpoint else None),
        },
        "device": photo.device,
        "camera": None if photo.camera is None else asdict(photo.camera),
        "standpoint": None if standpoint is None else standpoint_view(standpoint),
        "removed": None if filed.removal is None else removal_view(filed.removal),
        "flags": [flag_view(flag) for flag in filed.flags],
        "officer_id": photo.officer_id,
        "received_at": photo.received_at,
        "original": f"{here}/original",
        "previews": {size.value: f"{here}/preview?size={size}" for size in PreviewSize},
    }


def _position(position: PhotoPosition | None) -> dict[str, Any] | None:
    if position is None:
        return None
    point = [round(position.lon_deg, 9), round(position.lat_deg, 9)]
    return {
        "point": {"type": "Point", "coordinates": point},
        "accuracy_m": position.accuracy_m,
    }
