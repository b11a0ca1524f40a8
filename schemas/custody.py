"""The posted notice, gas and power, and transfers on the wire."""

from typing import Any

from marshmallow import fields, post_load

from schemas.findings import ids
from schemas.investigations import TeamSchema
from schemas.kinds import Flag, Moment, Text
from schemas.people import StrictSchema
from service.domain.supplies import Restorer, Supply


class PostedNoticeSchema(StrictSchema):
    """Which photo shows the notice, where it hangs, since when."""

    photo_id = fields.UUID(required=True)
    place = Text(500, shortest=1, required=True)
    posted_at = Moment(required=True)


class RestorerSchema(StrictSchema):
    """The body that restores a supply, and its telephone."""

    name = Text(200, shortest=1, required=True)
    phone = Text(32, shortest=1, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Restorer:
        """The body."""
        return Restorer(**data)


class SupplySchema(StrictSchema):
    """Gas or power, off or on again, at some units (none named: at all of them)."""

    supply = fields.Enum(Supply, by_value=True, required=True)
    is_on = Flag(required=True)
    unit_ids = ids(load_default=[])
    restorer = fields.Nested(RestorerSchema, required=True)
    at = Moment(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The fields of RecordSupply."""
        return {**data, "unit_ids": tuple(data["unit_ids"])}


class TransferSchema(StrictSchema):
    """To which post the scene is handed over, and why."""

    to_post_id = fields.UUID(required=True)
    reason = Text(2000, shortest=1, required=True)


class TransferAcceptanceSchema(TeamSchema):
    """The team that goes on with it, and on what ground the post takes it."""

    ground = Text(2000, shortest=1, required=True)


class TransferRefusalSchema(StrictSchema):
    """Why the post does not take it."""

    reason = Text(2000, shortest=1, required=True)
