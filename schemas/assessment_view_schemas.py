"""The shapes of assessments as they leave, for OpenAPI; schemas/assessment_views.py fills them."""

from marshmallow import Schema, fields

from schemas.scene_view_schemas import WordsSchema
from service.domain.assessment import Decision
from service.domain.assessment_rules import Ground
from service.domain.holds import HoldKind


class ClaimedSchema(Schema):
    """What a proposal would claim of one unit."""

    unit = fields.String()
    name = fields.String()
    level = fields.String()
    kind = fields.String()
    area_m2 = fields.Float()


class SmallOverlapSchema(Schema):
    """A closed unit only just overlapped: does the hold reach it?"""

    unit = fields.String()
    name = fields.String()
    shared_m2 = fields.Float()
    shared_m = fields.Float()


class HoldChosenSchema(Schema):
    """The officer's word on a proposed hold, with what it became where it was changed."""

    decision = fields.Enum(Decision, by_value=True)
    reason = fields.String()
    hold = fields.Dict(allow_none=True)


class ProposalSchema(Schema):
    """A first hold as proposed, and what it would claim."""

    id = fields.UUID()
    rule = fields.Enum(Ground, by_value=True)
    kind = fields.Enum(HoldKind, by_value=True)
    name = fields.Nested(WordsSchema)
    label = fields.String()
    ground = fields.Nested(WordsSchema)
    geometry = fields.Dict()
    accuracy_m = fields.Float()
    margin_m = fields.Float()
    levels = fields.List(fields.String())
    named_units = fields.List(fields.String())
    not_units = fields.List(fields.String())
    opened_by = fields.UUID()
    opened_at = fields.AwareDateTime()
    must_be_placed = fields.Boolean()
    claimed = fields.List(fields.Nested(ClaimedSchema))
    area_m2 = fields.Float()
    outside_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    questions = fields.List(fields.Nested(SmallOverlapSchema))
    choice = fields.Nested(HoldChosenSchema, allow_none=True)


class LineChosenSchema(Schema):
    """The officer's word on a division, with the line where it was changed."""

    decision = fields.Enum(Decision, by_value=True)
    reason = fields.String()
    line = fields.Dict(allow_none=True)


class ProposedDivisionSchema(Schema):
    """A line that divides a closed unit of which the holds need too little."""

    id = fields.UUID()
    unit = fields.String()
    name = fields.String()
    line = fields.Dict()
    ground = fields.Nested(WordsSchema)
    needed_m2 = fields.Float()
    kept_m2 = fields.Float()
    freed_m2 = fields.Float()
    reaches_a_door = fields.Boolean(allow_none=True)
    choice = fields.Nested(LineChosenSchema, allow_none=True)


class LeftOutSchema(Schema):
    """What is told of but not proposed, and why."""

    id = fields.UUID()
    rule = fields.Enum(Ground, by_value=True)
    label = fields.String()
    why = fields.Nested(WordsSchema)


class StillToSaySchema(Schema):
    """What the answers leave open."""

    pointer = fields.String()
    what = fields.Nested(WordsSchema)


class ForeseenSchema(Schema):
    """What the seal would be, or is, beside a seal over every unit of the levels touched."""

    sealed_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    units = fields.List(fields.String())
    closed_units = fields.Integer()
    blanket_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    blanket_units = fields.Integer()
    blanket_closed_units = fields.Integer()
    saved_m2 = fields.Float()


class AssessmentChangeSchema(Schema):
    """What this revision made different."""

    id = fields.UUID(allow_none=True)
    what = fields.Nested(WordsSchema)


class AssessmentViewSchema(Schema):
    """The assessment as it stands: answers, proposals and outcome are one record."""

    scene_id = fields.UUID()
    version = fields.Integer()
    revision = fields.Integer()
    at = fields.AwareDateTime()
    by = fields.UUID()
    rules_version = fields.String()
    sealed_at = fields.AwareDateTime(allow_none=True)
    outdated = fields.Boolean()
    answers = fields.Dict()
    proposals = fields.List(fields.Nested(ProposalSchema))
    divisions = fields.List(fields.Nested(ProposedDivisionSchema))
    undecided = fields.List(fields.UUID())
    left_out = fields.List(fields.Nested(LeftOutSchema))
    still_to_say = fields.List(fields.Nested(StillToSaySchema))
    not_in_force = fields.List(fields.UUID())
    foreseen = fields.Nested(ForeseenSchema, allow_none=True)
    changes = fields.List(fields.Nested(AssessmentChangeSchema))
