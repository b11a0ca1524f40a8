"""A hazard cleared and a supply restored, on the wire."""

from marshmallow import fields

from schemas.kinds import Moment, Text
from schemas.people import StrictSchema
from service.domain.incident import UtilityKind


class ClearanceSchema(StrictSchema):
    """Since when the hazard is over, and on what ground."""

    cleared_at = Moment(required=True)
    ground = Text(2000, shortest=1, required=True)


class RestorationSchema(StrictSchema):
    """What is on again, since when, and who restored it."""

    utility = fields.Enum(UtilityKind, by_value=True, required=True)
    restored_at = Moment(required=True)
    restored_by = Text(100, shortest=1, required=True)
