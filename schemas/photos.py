"""Photos on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from schemas.people import StrictSchema
from service.domain.photo import VIEW_NAMES, Photo, PhotoPosition, PreviewSize, View


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
    """Where a photo was taken, by the phone's word and by the camera's."""

    phone = fields.Nested(PositionViewSchema, allow_none=True)
    exif = fields.Nested(PositionViewSchema, allow_none=True)


class PhotoViewSchema(Schema):
    """A photo on record; its bytes are durable. The sides are those of the upright picture."""

    id = fields.UUID()
    incident_id = fields.UUID()
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
    officer_id = fields.UUID()
    received_at = fields.AwareDateTime()
    original = fields.String()
    previews = fields.Dict(keys=fields.String(), values=fields.String())


class PhotoPageSchema(Schema):
    """Some photos of an incident, and how many it has of each kind of view."""

    photos = fields.List(fields.Nested(PhotoViewSchema))
    by_view = fields.Dict(keys=fields.String(), values=fields.Integer())
    next = fields.UUID(allow_none=True)


def photo_view(photo: Photo) -> dict[str, Any]:
    """A photo for the wire, with where its bytes are had."""
    here = f"/v1/incidents/{photo.incident_id}/photos/{photo.id}"
    name = VIEW_NAMES[photo.view]
    return {
        "id": photo.id,
        "incident_id": photo.incident_id,
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
        },
        "device": photo.device,
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
