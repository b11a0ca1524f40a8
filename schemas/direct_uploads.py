"""Photos that go straight to the store, on the wire."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from schemas.kinds import Measure
from schemas.people import StrictSchema
from service.domain.direct_upload import DirectUpload
from service.domain.photo import PhotoPosition, View

FARTHEST_OFF_M = 10_000.0


class PhonePositionSchema(StrictSchema):
    """Where the phone says that it was: WGS 84, and how exact it says that is."""

    lon_deg = Measure(-180.0, 180.0, required=True)
    lat_deg = Measure(-90.0, 90.0, required=True)
    accuracy_m = Measure(0.0, FARTHEST_OFF_M, load_default=None, allow_none=True)

    @post_load
    def position(self, data: dict[str, Any], **_: Any) -> PhotoPosition:
        """As the domain has it."""
        return PhotoPosition(**data)


class DirectUploadSchema(StrictSchema):
    """What is announced of a photo, as in Upload-Metadata of /v1/uploads."""

    incident_id = fields.UUID(required=True)
    view = fields.Enum(View, by_value=True, required=True)
    sha256 = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    size_bytes = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    taken_at = fields.AwareDateTime(load_default=None, allow_none=True)
    device = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 128))
    position = fields.Nested(PhonePositionSchema, load_default=None, allow_none=True)


class FormSchema(Schema):
    """A form to be posted as multipart/form-data: these fields, and `file` as the last."""

    url = fields.String()
    fields_ = fields.Dict(keys=fields.String(), values=fields.String(), data_key="fields")


class PartSchema(Schema):
    """One part, to be PUT to its address with exactly its bytes."""

    number = fields.Integer()
    offset = fields.Integer()
    size_bytes = fields.Integer()
    url = fields.String()


class DirectUploadViewSchema(Schema):
    """Where in the store the bytes go, for an hour; by neither way where the photo is on record."""

    id = fields.UUID()
    on_record = fields.Boolean()
    size_bytes = fields.Integer()
    kept_until = fields.AwareDateTime(allow_none=True)
    form = fields.Nested(FormSchema, allow_none=True)
    parts = fields.List(fields.Nested(PartSchema))
    completion = fields.String()


def direct_upload_view(told: DirectUpload) -> dict[str, Any]:
    """For the wire."""
    form = told.form
    return {
        "id": told.upload.id,
        "on_record": told.on_record,
        "size_bytes": told.upload.size_bytes,
        "kept_until": told.kept_until,
        "form": None if form is None else {"url": form.url, "fields": form.fields},
        "parts": [
            {
                "number": place.part.number,
                "offset": place.part.offset,
                "size_bytes": place.part.size_bytes,
                "url": place.url,
            }
            for place in told.parts
        ],
        "completion": f"/v1/direct-uploads/{told.upload.id}/completion",
    }
