"""Scenes on the wire: opening and extending one."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from schemas.findings import HoldOpenedSchema, RemedySchema
from schemas.kinds import Flag, Moment, Text, many
from schemas.people import StrictSchema
from service.domain.words import Words


class SceneSchema(StrictSchema):
    """A scene is opened for an incident under investigation."""

    incident_id = fields.UUID(required=True)


class ScenesQuery(StrictSchema):
    """A page of scenes."""

    incident_id = fields.UUID(load_default=None)
    after = fields.UUID(load_default=None)


class HistoryQuery(StrictSchema):
    """A page of a scene's history: what came after a version."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))


class SealQuery(StrictSchema):
    """Which level, as it stood when."""

    level = fields.String(load_default=None)
    at = Moment(load_default=None)


class NewHoldSchema(HoldOpenedSchema):
    """A new hold to extend the seal for."""

    class Meta(StrictSchema.Meta):
        """How it was made is said of the extension."""

        exclude = ("based_on", "observed_at", "device", "replaces")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The hold's members."""
        values = self.values(data)
        return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


class SealExtensionSchema(StrictSchema):
    """More to be sealed: a new `hold`, a live hold's part outside (`hold_id`), or the seal."""

    reason = Text(2000, shortest=1, required=True)
    hold_id = fields.UUID(load_default=None, allow_none=True)
    hold = fields.Nested(NewHoldSchema, load_default=None, allow_none=True)
    at_once = Flag(load_default=False)
    remedies = many(RemedySchema, 100, load_default=[])
    observed_at = Moment(load_default=None, allow_none=True)
    device = Text(128, load_default=None, allow_none=True)

    @validates_schema
    def one_at_most(self, data: dict[str, Any], **_: Any) -> None:
        """A new hold, or a live one."""
        if data.get("hold") is not None and data.get("hold_id") is not None:
            words = Words("hold与hold_id不能并用", "give hold or hold_id, not both")
            raise ValidationError([words], "hold")


class SealApprovalSchema(StrictSchema):
    """Why the second officer agrees, and what is done for units that it shuts in."""

    ground = Text(2000, shortest=1, required=True)
    remedies = many(RemedySchema, 100, load_default=[])
