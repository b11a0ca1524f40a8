"""The shapes of what incident_views.py makes, for the description of the service."""

from marshmallow import Schema, fields

from schemas.kinds import many
from service.domain.incident import PlaceKind, State, UtilityKind
from service.domain.party import Capacity
from service.domain.statement import Objection

ANYTHING = 10_000


class PartyViewSchema(Schema):
    """A party on record; in lists its numbers are masked."""

    id = fields.UUID()
    version = fields.Integer()
    incident_version = fields.Integer()
    name = fields.String()
    capacity = fields.Enum(Capacity, by_value=True)
    id_number = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    unit_ids = fields.List(fields.String())


class StatementViewSchema(Schema):
    """A statement: show `shown_text`, and send its `shown_digest` with the signature."""

    id = fields.UUID()
    version = fields.Integer()
    incident_version = fields.Integer()
    party_id = fields.UUID(allow_none=True)
    witness = fields.String(allow_none=True)
    text = fields.String()
    facts_heard = fields.Boolean()
    objection = fields.Enum(Objection, by_value=True)
    heard_by = fields.UUID()
    heard_at = fields.AwareDateTime()
    shown_text = fields.String()
    shown_digest = fields.String()
    signed = fields.Boolean()
    sign_again = fields.Boolean()
    signatures = fields.List(fields.Dict())


class PossibleSameSchema(Schema):
    """Another record that is perhaps the same fire."""

    incident_id = fields.UUID()
    station_id = fields.UUID()
    state = fields.Enum(State, by_value=True)
    distance_m = fields.Float()
    later_s = fields.Float()
    may_open = fields.Boolean()
    address = fields.String(allow_none=True)


class IncidentHeadSchema(Schema):
    """What every view of an incident begins with."""

    id = fields.UUID()
    version = fields.Integer()
    state = fields.Enum(State, by_value=True)
    station_id = fields.UUID()
    drill = fields.Boolean()
    called_at = fields.AwareDateTime()
    joined_to = fields.UUID(allow_none=True)
    joined = fields.List(fields.UUID())


class PlaceViewSchema(Schema):
    """Where it burned."""

    location = fields.Dict()
    address = fields.String()
    division_code = fields.String()
    kind = fields.Enum(PlaceKind, by_value=True)


class PlaceRowSchema(PlaceViewSchema):
    """Where it burned, in a list."""

    class Meta:
        """What was sent stays with the incident."""

        exclude = ("location",)

    geometry = fields.Dict()


class ClearanceViewSchema(Schema):
    """A hazard that is over: on whose word, on what ground."""

    hazard_id = fields.UUID()
    cleared_at = fields.AwareDateTime()
    ground = fields.String()
    officer_id = fields.UUID()


class RestorationViewSchema(Schema):
    """A supply that is on again: by whom, and who noted it."""

    id = fields.UUID()
    utility = fields.Enum(UtilityKind, by_value=True)
    restored_at = fields.AwareDateTime()
    restored_by = fields.String()
    officer_id = fields.UUID()


class IncidentViewSchema(IncidentHeadSchema):
    """An incident, whole."""

    response_ended_at = fields.AwareDateTime(allow_none=True)
    place = fields.Nested(PlaceViewSchema)
    burned_area = fields.Dict(allow_none=True)
    cause = fields.Dict(allow_none=True)
    origin = fields.Dict(allow_none=True)
    account = fields.String()
    loss = fields.Dict(allow_none=True)
    casualties = fields.Dict()
    arson_suspected = fields.Boolean(allow_none=True)
    liability_disputed = fields.Boolean(allow_none=True)
    facts_disputed = fields.Boolean(allow_none=True)
    wide_social_effect = fields.Boolean(allow_none=True)
    utilities = fields.Dict()
    units = fields.List(fields.Dict())
    hazards = fields.List(fields.Dict())
    clearances = many(ClearanceViewSchema, ANYTHING)
    restorations = many(RestorationViewSchema, ANYTHING)
    parties = many(PartyViewSchema, ANYTHING)
    statements = many(StatementViewSchema, ANYTHING)
    possible_same = many(PossibleSameSchema, ANYTHING)


class IncidentRowSchema(IncidentHeadSchema):
    """An incident in a list."""

    place = fields.Nested(PlaceRowSchema)
    cause_kind = fields.String(allow_none=True)
    loss_fen = fields.Integer(allow_none=True)
    parties = many(PartyViewSchema, ANYTHING)
    statements = fields.List(fields.Dict())


class IncidentPageSchema(Schema):
    """Some incidents; `next` is the `after` of the next page."""

    incidents = many(IncidentRowSchema, ANYTHING)
    next = fields.String(allow_none=True)
