"""Supervised access on the wire: asked, granted or refused, entered."""

from typing import Any

from marshmallow import fields, post_load, validate

from schemas.findings import ids
from schemas.kinds import Moment, Text
from schemas.people import StrictSchema
from schemas.statements import SignatureSchema

MOST_PEOPLE = 50
MOST_THINGS = 200


class OwnAccessSchema(StrictSchema):
    """Which units, why, and when somebody would like to go in."""

    unit_ids = ids(required=True)
    purpose = Text(2000, shortest=1, required=True)
    wanted_from = Moment(required=True)
    wanted_until = Moment(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as the domain takes them."""
        return {**data, "unit_ids": tuple(data["unit_ids"])}


class AccessSchema(OwnAccessSchema):
    """The same, as an officer writes it down; `party_id` is for whom, who then reads it."""

    party_id = fields.UUID(load_default=None, allow_none=True)


def _grounds(**options: Any) -> fields.Dict:
    """Hazard hold → why people may go in all the same."""
    return fields.Dict(keys=fields.UUID(), values=Text(2000, shortest=1), **options)


class AccessGrantSchema(StrictSchema):
    """When, with whom, by which way, what may be taken out (nothing, where it is empty)."""

    begins_at = Moment(required=True)
    ends_at = Moment(required=True)
    escort_id = fields.UUID(required=True)
    route = Text(2000, shortest=1, required=True)
    may_remove = fields.List(
        Text(500, shortest=1), load_default=[], validate=validate.Length(0, MOST_THINGS)
    )
    hazards = _grounds(load_default={})

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as the domain takes them."""
        return {**data, "may_remove": tuple(data["may_remove"])}


class AccessRefusalSchema(StrictSchema):
    """Why; the asker reads it."""

    reason = Text(2000, shortest=1, required=True)


class AccessEntrySchema(StrictSchema):
    """One entry; show its `shown_text` and send it again with the signature.

    `escort_id` is the granted escort where it is left out. A refusal to sign is noted.
    """

    people = fields.List(
        Text(100, shortest=1), required=True, validate=validate.Length(1, MOST_PEOPLE)
    )
    escort_id = fields.UUID(load_default=None, allow_none=True)
    in_at = Moment(required=True)
    out_at = Moment(load_default=None, allow_none=True)
    removed = fields.List(
        Text(500, shortest=1), load_default=[], validate=validate.Length(0, MOST_THINGS)
    )
    photo_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(0, MOST_THINGS))
    hazards = _grounds(load_default={})
    unsigned_because = Text(1000, shortest=1, load_default=None, allow_none=True)
    signature = fields.Nested(SignatureSchema, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as the domain takes them."""
        lists = {name: tuple(data[name]) for name in ("people", "removed", "photo_ids")}
        return {**data, **lists}
