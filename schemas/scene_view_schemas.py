"""The shapes of what leaves about scenes, for OpenAPI; schemas/scene_views.py fills them."""

from marshmallow import Schema, fields

from schemas.custody_views import PostedNoticeViewSchema
from schemas.warnings import WarnedSchema
from schemas.way_out import WayOutSchema
from service.domain.holds import HoldKind
from service.domain.reopening import UnitState


class WordsSchema(Schema):
    """One sentence in both languages."""

    zh = fields.String()
    en = fields.String()


class ReasonSchema(Schema):
    """A live hold on a place, and what would clear it."""

    hold_id = fields.UUID()
    kind = fields.Enum(HoldKind, by_value=True)
    why = fields.Nested(WordsSchema)
    until = fields.Nested(WordsSchema)


class PieceSchema(Schema):
    """What of a unit left the seal, or joined it."""

    unit = fields.String()
    name = fields.String()
    level = fields.String()
    area_m2 = fields.Float()
    cells = fields.Integer()
    wholly = fields.Boolean()


class StillSealedSchema(Schema):
    """A unit with something sealed, and why."""

    unit = fields.String()
    name = fields.String()
    level = fields.String()
    kind = fields.String()
    area_m2 = fields.Float()
    cells = fields.Integer()
    reasons = fields.List(fields.Nested(ReasonSchema))


class AskedSchema(Schema):
    """A question for the officer."""

    hold_id = fields.UUID()
    unit = fields.String()
    words = fields.Nested(WordsSchema)


class BeyondSchema(Schema):
    """A part outside the seal that needs an extension."""

    hold_id = fields.UUID()
    kind = fields.Enum(HoldKind, by_value=True)
    unit = fields.String()
    level = fields.String()
    area_m2 = fields.Float()
    geometry = fields.Dict()


class AnswerSchema(Schema):
    """What came of a finding."""

    version = fields.Integer()
    released = fields.List(fields.Nested(PieceSchema))
    released_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    joined = fields.List(fields.Nested(PieceSchema))
    opened_units = fields.List(fields.String())
    cleared_holds = fields.List(fields.UUID())
    sealed_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    still_sealed = fields.List(fields.Nested(StillSealedSchema))
    questions = fields.List(fields.Nested(AskedSchema))
    needs_extension = fields.List(fields.Nested(BeyondSchema))
    warnings = fields.List(fields.Nested(WordsSchema))
    way_out = fields.Nested(WayOutSchema)


class FindingViewSchema(AnswerSchema):
    """A finding as it was sent, and its answer."""

    id = fields.UUID()
    scene_id = fields.UUID()
    sent = fields.Dict()
    officer_id = fields.UUID()
    observed_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()


class SceneUnitSchema(Schema):
    """How a unit reads to its owner."""

    unit = fields.String()
    name = fields.String()
    level = fields.String()
    state = fields.Enum(UnitState, by_value=True)
    reasons = fields.List(fields.Nested(WordsSchema))
    remains = fields.List(fields.Nested(WordsSchema))
    hold_kinds = fields.List(fields.Enum(HoldKind, by_value=True))
    sealed_m2 = fields.Float()


class ExtensionViewSchema(Schema):
    """An extension as it stands."""

    id = fields.UUID()
    reason = fields.String()
    asked_by = fields.UUID()
    asked_at = fields.AwareDateTime()
    hold_id = fields.UUID(allow_none=True)
    lapses_at = fields.AwareDateTime(allow_none=True)
    approved_by = fields.UUID(allow_none=True)
    approved_at = fields.AwareDateTime(allow_none=True)
    lapsed = fields.Boolean()
    provisional = fields.Boolean()
    area_m2 = fields.Float()
    remedies = fields.List(fields.Dict())


class ExtensionAnswerSchema(Schema):
    """An extension, and what it changed now."""

    version = fields.Integer()
    extension = fields.Nested(ExtensionViewSchema)
    answer = fields.Nested(AnswerSchema)


class AssessedSchema(Schema):
    """How far the assessment is."""

    revision = fields.Integer()
    undecided = fields.List(fields.UUID())
    outdated = fields.Boolean()


class SceneViewSchema(Schema):
    """A scene as it stands."""

    id = fields.UUID()
    version = fields.Integer()
    incident_id = fields.UUID()
    lead_officer_id = fields.UUID()
    opened_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    sealed_at = fields.AwareDateTime(allow_none=True)
    demands = fields.String()
    planned_release_at = fields.AwareDateTime(allow_none=True)
    after_registration = fields.Boolean()
    plan_version = fields.Integer()
    levels = fields.List(fields.Dict())
    assessment = fields.Nested(AssessedSchema, allow_none=True)
    holds = fields.List(fields.Dict())
    sealed_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    closed_units = fields.Integer()
    units = fields.List(fields.Nested(SceneUnitSchema))
    origin_established = fields.Boolean()
    parties = fields.List(fields.Dict())
    objections = fields.List(fields.Dict())
    extensions = fields.List(fields.Nested(ExtensionViewSchema))
    questions = fields.List(fields.Nested(AskedSchema))
    needs_extension = fields.List(fields.Nested(BeyondSchema))
    warnings = fields.List(fields.Nested(WarnedSchema))
    way_out = fields.Nested(WayOutSchema)
    released_at = fields.AwareDateTime(allow_none=True)
    notice = fields.Nested(PostedNoticeViewSchema, allow_none=True)


class SceneListedSchema(Schema):
    """A scene in a list."""

    id = fields.UUID()
    incident_id = fields.UUID()
    version = fields.Integer()
    changed_at = fields.AwareDateTime()
    sealed = fields.Boolean()


class ScenePageSchema(Schema):
    """A page of scenes."""

    scenes = fields.List(fields.Nested(SceneListedSchema))
    next = fields.UUID(allow_none=True)


class FeaturesSchema(Schema):
    """A GeoJSON FeatureCollection, WGS 84, nine decimals."""

    type = fields.String()
    version = fields.Integer()
    features = fields.List(fields.Dict())


class SealViewSchema(FeaturesSchema):
    """The sealed cells, each with its reasons."""

    sealed_m2 = fields.Dict(keys=fields.String(), values=fields.Float())
    units = fields.List(fields.String())


class PlanViewSchema(FeaturesSchema):
    """A plan as mended, and what was said of it."""

    plan_version = fields.Integer()
    levels = fields.List(fields.Dict())
    mends = fields.List(fields.Dict())
    notes = fields.List(fields.Nested(WordsSchema))
    answer = fields.Nested(AnswerSchema)


class WayIfSchema(Schema):
    """Units that then lose their way out or keep a narrower one; units that have it again."""

    shut_in = fields.List(fields.String())
    let_out = fields.List(fields.String())


class IfClearedSchema(ReasonSchema):
    """What is freed when a hold is cleared; `way_out` null: not weighed, preview the finding."""

    area_m2 = fields.Float()
    units = fields.List(fields.String())
    way_out = fields.Nested(WayIfSchema, allow_none=True)


class IfExcludedSchema(Schema):
    """What is freed when a detailed survey excludes the origin in a unit; `opens`: all of it."""

    unit = fields.String()
    area_m2 = fields.Float()
    opens = fields.Boolean()


class FreedSchema(Schema):
    """An area freed, and the units of which nothing stays sealed."""

    area_m2 = fields.Float()
    units = fields.List(fields.String())


class WhatIfSchema(Schema):
    """What clearing each live hold, and each pending step, would free."""

    version = fields.Integer()
    holds = fields.List(fields.Nested(IfClearedSchema))
    surveys = fields.List(fields.Nested(IfExcludedSchema))
    nobody_objects = fields.Nested(FreedSchema, allow_none=True)


class EntrySchema(Schema):
    """One thing that was recorded."""

    version = fields.Integer()
    at = fields.AwareDateTime()
    by = fields.UUID()
    name = fields.String()
    id = fields.UUID(allow_none=True)
    what = fields.Nested(WordsSchema)
    why_left = fields.List(fields.Nested(WordsSchema))
    released_m2 = fields.Float()
    sealed_m2 = fields.Float()
    closed_units = fields.Integer()


class HistorySchema(Schema):
    """A page of what was recorded, oldest first; `next` is the cursor of the page after it."""

    items = fields.List(fields.Nested(EntrySchema))
    next = fields.Integer(allow_none=True)


class FiguresSchema(Schema):
    """What seals have cost from `since` to `until`, beside ones that never shrank."""

    since = fields.AwareDateTime()
    until = fields.AwareDateTime()
    sealed_m2_hours = fields.Float()
    closed_unit_hours = fields.Float()
    never_shrank_m2_hours = fields.Float()
    never_shrank_closed_unit_hours = fields.Float()
    extensions = fields.Integer()
    extension_m2 = fields.Float()
