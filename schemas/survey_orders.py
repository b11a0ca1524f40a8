"""Survey orders on the wire: pending steps in, the order that frees owners soonest out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from schemas.findings import MOST, ids
from schemas.kinds import Text, Whole, many
from schemas.people import StrictSchema
from schemas.scene_view_schemas import ReasonSchema, WordsSchema
from schemas.scene_views import reason_view
from schemas.triage import words_view
from service.domain.errors import GeometryInvalid
from service.domain.findings import Stage
from service.domain.intake import AREAS, take_geometry
from service.domain.survey_order import MOST_MINUTES, MOST_WEIGHT
from service.domain.survey_pending import PendingStep
from service.domain.survey_planning import OrderTold, SurveyPlanned
from service.domain.words import Words

MOST_STEPS = 200


class PendingStepSchema(StrictSchema):
    """A step to come: the hold it will clear, or the units and the zone it will exclude."""

    id = Text(100, shortest=1, required=True)
    duration_minutes = Whole(1, MOST_MINUTES, load_default=None, allow_none=True)
    after = fields.List(Text(100), load_default=[], validate=validate.Length(0, MOST_STEPS))
    hold_id = fields.UUID(load_default=None, allow_none=True)
    units = ids(load_default=[])
    geometry = fields.Raw(
        load_default=None,
        allow_none=True,
        metadata={"type": "object", "description": "GeoJSON, on `levels`"},
    )
    crs = fields.String(load_default="WGS84")
    levels = ids(load_default=[])
    stage = fields.Enum(Stage, by_value=True, load_default=Stage.DETAILED)

    @validates_schema
    def one_thing(self, data: dict[str, Any], **_: Any) -> None:
        """A hold, or places; a zone lies on levels."""
        places = bool(data.get("units")) or data.get("geometry") is not None
        if (data.get("hold_id") is not None) == places:
            words = Words(
                "写明封闭事由，或单元、区域", "name a hold, or else units or a zone to survey"
            )
            raise ValidationError([words], "hold_id")
        if (data.get("geometry") is not None) != bool(data.get("levels")):
            raise ValidationError(
                [Words("区域须写明楼层", "a zone and its levels go together")], "levels"
            )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> PendingStep:
        """The step, its zone in WGS 84."""
        sent, crs = data.pop("geometry"), data.pop("crs")
        named: dict[str, Any] = {
            name: tuple(data.pop(name)) for name in ("after", "units", "levels")
        }
        try:
            shape = sent and take_geometry(
                sent, pointer="/geometry", kinds=AREAS, crs=crs, accuracy_m=0.0
            )
        except GeometryInvalid as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        return PendingStep(**data, **named, shape=shape.geometry if shape else None)


class SurveyOrderSchema(StrictSchema):
    """Pending steps (none: one for each live hold), unit → weight (1 unless named), an order asked.

    A weight may be the owner's stated loss an hour, in fen: then give every unit's.
    """

    steps = many(PendingStepSchema, MOST_STEPS, load_default=[])
    weights = fields.Dict(
        keys=Text(100, shortest=1),
        values=Whole(0, MOST_WEIGHT),
        load_default={},
        validate=validate.Length(0, MOST),
    )
    asked = fields.List(
        Text(100), load_default=None, allow_none=True, validate=validate.Length(0, MOST_STEPS)
    )


class StepInOrderSchema(Schema):
    """A step at its place; minutes count from the beginning."""

    id = fields.String()
    ends_after_minutes = fields.Integer()
    opens = fields.List(fields.String())


class OrderToldSchema(Schema):
    """An order and its cost, Σ weight · minutes until each unit opens."""

    cost = fields.Integer()
    steps = fields.List(fields.Nested(StepInOrderSchema))


class TimedStepSchema(Schema):
    """A step, what it is, and how long it takes; `assumed`: by the rules, since nobody said."""

    id = fields.String()
    what = fields.Nested(WordsSchema)
    duration_minutes = fields.Integer()
    assumed = fields.Boolean()
    after = fields.List(fields.String())


class RemainsSchema(Schema):
    """A unit that no step opens, and what keeps it shut."""

    unit = fields.String()
    reasons = fields.List(fields.Nested(ReasonSchema))


class SurveyOrderViewSchema(Schema):
    """The order proposed; `exact`: none costs less, else no order goes below `lower_bound`."""

    version = fields.Integer()
    steps = fields.List(fields.Nested(TimedStepSchema))
    durations_source = fields.String()
    weights = fields.Dict(keys=fields.String(), values=fields.Integer())
    proposed = fields.Nested(OrderToldSchema)
    exact = fields.Boolean()
    lower_bound = fields.Integer()
    first_come = fields.Nested(OrderToldSchema)
    asked = fields.Nested(OrderToldSchema, allow_none=True)
    remains = fields.List(fields.Nested(RemainsSchema))
    warnings = fields.List(fields.Nested(WordsSchema))


def survey_order_view(planned: SurveyPlanned) -> dict[str, Any]:
    """The order, and what it was compared with."""
    return {
        "version": planned.version,
        "steps": [
            {
                "id": each.step.id,
                "what": words_view(each.what),
                "duration_minutes": each.minutes,
                "assumed": each.assumed,
                "after": each.step.after,
            }
            for each in planned.steps
        ],
        "durations_source": planned.durations_source,
        "weights": planned.weights,
        "proposed": _told(planned.proposed),
        "exact": planned.exact,
        "lower_bound": planned.lower_bound,
        "first_come": _told(planned.first_come),
        "asked": planned.asked and _told(planned.asked),
        "remains": [
            {
                "unit": each.unit,
                "reasons": [reason_view(one) for one in each.reasons],
            }
            for each in planned.remains
        ],
        "warnings": [words_view(each) for each in planned.warnings],
    }


def _told(order: OrderTold) -> dict[str, Any]:
    steps = [
        {"id": each.id, "ends_after_minutes": each.ends_after_minutes, "opens": each.opens}
        for each in order.steps
    ]
    return {"cost": order.cost, "steps": steps}
