"""What people outside see of photos, on the wire."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from schemas.kinds import Whole
from schemas.people import StrictSchema
from schemas.triage import words_view
from service.domain.photo import VIEW_NAMES, Photo, PreviewSize, View
from service.domain.preview import Cover
from service.domain.showing import AUDIENCE_NAMES, COVERS_AT_MOST, Audience, Showing

_SIDE_PX = 65_535


class CoverSchema(StrictSchema):
    """A rectangle over a face or a plate, in pixels of the upright picture, from its top left."""

    left_px = Whole(0, _SIDE_PX, required=True)
    top_px = Whole(0, _SIDE_PX, required=True)
    width_px = Whole(1, _SIDE_PX, required=True)
    height_px = Whole(1, _SIDE_PX, required=True)

    @post_load
    def cover(self, data: dict[str, Any], **_: Any) -> Cover:
        """As the domain knows it."""
        return Cover(**data)


class ShowingSchema(StrictSchema):
    """To whom a photo is shown, and everything that is to be covered on it."""

    audience = fields.Enum(Audience, by_value=True, required=True)
    covers = fields.List(
        fields.Nested(CoverSchema), load_default=[], validate=validate.Length(max=COVERS_AT_MOST)
    )

    @post_load
    def settled(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The covers in the order they were drawn."""
        return data | {"covers": tuple(data["covers"])}


class CoverViewSchema(Schema):
    """A rectangle that is covered."""

    left_px = fields.Integer()
    top_px = fields.Integer()
    width_px = fields.Integer()
    height_px = fields.Integer()


class ShowingViewSchema(Schema):
    """What was decided last for a photo, by whom and when; `previews` show it as it is shown."""

    photo_id = fields.UUID()
    version = fields.Integer()
    audience = fields.Enum(Audience, by_value=True)
    audience_name = fields.Dict(keys=fields.String(), values=fields.String())
    covers = fields.List(fields.Nested(CoverViewSchema))
    officer_id = fields.UUID()
    decided_at = fields.AwareDateTime()
    previews = fields.Dict(keys=fields.String(), values=fields.String())


class ShownPhotoSchema(Schema):
    """A photo that is shown: nothing of where, when or by what it was taken."""

    id = fields.UUID()
    view = fields.Enum(View, by_value=True)
    view_name = fields.Dict(keys=fields.String(), values=fields.String())
    previews = fields.Dict(keys=fields.String(), values=fields.String())


class ShownPhotosSchema(Schema):
    """The photos that a code shows."""

    photos = fields.List(fields.Nested(ShownPhotoSchema))


def showing_view(showing: Showing) -> dict[str, Any]:
    """What was decided, for the wire."""
    path = f"/v1/incidents/{showing.incident_id}/photos/{showing.id}/shown-preview"
    names = CoverViewSchema._declared_fields
    return {
        "photo_id": showing.id,
        "version": showing.version,
        "audience": showing.audience.value,
        "audience_name": words_view(AUDIENCE_NAMES[showing.audience]),
        "covers": [{name: getattr(each, name) for name in names} for each in showing.covers],
        "officer_id": showing.officer_id,
        "decided_at": showing.decided_at,
        "previews": _previews(path),
    }


def shown_photo_view(photo: Photo) -> dict[str, Any]:
    """A photo for people outside."""
    return {
        "id": photo.id,
        "view": photo.view.value,
        "view_name": words_view(VIEW_NAMES[photo.view]),
        "previews": _previews(f"/v1/status/photos/{photo.id}/preview"),
    }


def _previews(path: str) -> dict[str, str]:
    return {size.value: f"{path}?size={size}" for size in PreviewSize}
