"""Assessments on the wire: what the officer answers, and what is made of the proposals."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.findings import FARTHEST_M, ids
from schemas.kinds import Flag, Measure, Moment, Text, many
from schemas.people import StrictSchema
from service.domain import assessment as a
from service.domain import assessment_answers as told
from service.domain.assessing import Told
from service.domain.errors import GeometryInvalid
from service.domain.incident import CauseKind
from service.domain.intake import ANY_KIND, LINES, take_geometry

MOST = 200
COARSEST_M = 10_000.0


def _geometry(**options: Any) -> fields.Raw:
    return fields.Raw(metadata={"type": "object", "description": "GeoJSON"}, **options)


class WhereSchema(StrictSchema):
    """A place drawn on its levels, units named, or both; `crs` names the system of coordinates."""

    MADE: type[Any] = told.Where

    geometry = _geometry(load_default=None, allow_none=True)
    crs = fields.String(load_default="WGS84")
    levels = ids(load_default=[])
    accuracy_m = Measure(0.0, COARSEST_M, load_default=0.0)
    named_units = ids(load_default=[])

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Any:
        """Take the geometry in; its faults keep their JSON pointers."""
        sent, crs = data.pop("geometry"), data.pop("crs")
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in data.items()
        }
        if sent is None:
            return self.MADE(**values)
        try:
            taken = take_geometry(
                sent,
                pointer="/geometry",
                kinds=ANY_KIND,
                crs=crs,
                accuracy_m=values["accuracy_m"],
            )
        except GeometryInvalid as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        return self.MADE(**values | {"shape": taken.geometry, "accuracy_m": taken.accuracy_m})


class RedrawnSchema(WhereSchema):
    """A proposed hold as the officer draws it instead."""

    MADE = a.Redrawn

    geometry = _geometry(required=True)
    levels = ids(required=True)
    margin_m = Measure(0.0, FARTHEST_M, load_default=0.0)
    not_units = ids(load_default=[])
    label = Text(200, load_default="")


class _Made(StrictSchema):
    """A shape whose members are those of a domain value."""

    MADE: type[Any]

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Any:
        """The value."""
        return self.MADE(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


class SpotSchema(_Made):
    """Something at a place, under an id of its maker's: the id of the hold proposed for it."""

    MADE = told.Spot

    id = fields.UUID(required=True)
    where = fields.Nested(WhereSchema, required=True)
    label = Text(200, load_default="")


class EvidenceSeenSchema(SpotSchema):
    """Evidence seen in place, with its photos."""

    photo_ids = fields.List(fields.UUID(), load_default=[], validate=validate.Length(0, MOST))


class OriginAnswerSchema(_Made):
    """Is the origin known, and where."""

    MADE = told.OriginAnswer

    known = fields.Enum(told.OriginKnown, by_value=True, required=True)
    spot = fields.Nested(SpotSchema, load_default=None, allow_none=True)


class CausePlaceSchema(_Made):
    """One part that bears on a cause."""

    MADE = told.CausePlace

    part = fields.Enum(told.CausePart, by_value=True, required=True)
    where = fields.Nested(WhereSchema, required=True)


class CauseConsideredSchema(_Made):
    """A cause that is being considered."""

    MADE = told.CauseConsidered

    id = fields.UUID(required=True)
    kind = fields.Enum(CauseKind, by_value=True, required=True)
    label = Text(200, load_default="")
    places = many(CausePlaceSchema, MOST, load_default=[])


class ExplosionSchema(_Made):
    """Where it went off, and where the thrown pieces lie."""

    MADE = told.Explosion

    id = fields.UUID(required=True)
    seat = fields.Nested(WhereSchema, required=True)
    thrown = many(WhereSchema, MOST, load_default=[])


class GasSchema(_Made):
    """How the gas stands."""

    MADE = told.GasAnswer

    state = fields.Enum(told.GasState, by_value=True, required=True)
    leak = fields.Nested(SpotSchema, load_default=None, allow_none=True)


class AnswersSchema(_Made):
    """All that is asked; what is left out is not known yet."""

    MADE = told.Answers

    burned = many(SpotSchema, MOST)
    origin = fields.Nested(OriginAnswerSchema)
    causes = many(CauseConsideredSchema, MOST)
    explosion = fields.Nested(ExplosionSchema, allow_none=True)
    gas = fields.Nested(GasSchema)
    structure = many(SpotSchema, MOST)
    live_power = many(SpotSchema, MOST)
    evidence = many(EvidenceSeenSchema, MOST)
    dispute_likely = Flag(allow_none=True)
    dispute = Text(2000)


class ChoiceSchema(StrictSchema):
    """The officer's word on one proposal: `hold`, or `line` of a division, where it is changed."""

    proposal_id = fields.UUID(required=True)
    decision = fields.Enum(a.Decision, by_value=True, required=True)
    reason = Text(2000, load_default="")
    hold = fields.Nested(RedrawnSchema, load_default=None, allow_none=True)
    line = _geometry(load_default=None, allow_none=True)
    crs = fields.String(load_default="WGS84")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> a.Choice:
        """Take the line in; its faults keep their JSON pointers."""
        line, crs = data["line"], data.pop("crs")
        if line is None:
            return a.Choice(**data)
        try:
            taken = take_geometry(line, pointer="/line", kinds=LINES, crs=crs)
        except GeometryInvalid as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        return a.Choice(**{**data, "line": taken.geometry})


class AssessmentQuery(StrictSchema):
    """As it stood when."""

    at = Moment(load_default=None)


class AssessmentSchema(StrictSchema):
    """The answers, and so far as there is one the outcome: one record, replaced whole."""

    answers = fields.Nested(AnswersSchema, required=True)
    outcome = many(ChoiceSchema, 5 * MOST, load_default=[])
    observed_at = Moment(load_default=None, allow_none=True)
    device = Text(128, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """What is told, apart from how it was made."""
        outcome = tuple(data.pop("outcome"))
        return {"told": Told(answers=data.pop("answers"), outcome=outcome), **data}
