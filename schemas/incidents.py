"""A report of a fire on the wire, turned into a domain value."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from schemas.incident_rules import read_cause_codes
from schemas.kinds import MAX_FEN, Flag, Moment, Text, Whole, many
from schemas.located import AreaSchema, LocatedSchema, PointSchema
from schemas.people import DIVISION_CODE, StrictSchema
from service.domain.incident import (
    Casualties,
    Cause,
    CauseKind,
    Loss,
    LossItem,
    Origin,
    Place,
    PlaceKind,
    RecordedHazard,
    Report,
    UnitConcerned,
    Utilities,
    Utility,
    UtilityState,
)
from service.domain.words import Words

MOST_PEOPLE = 100_000
CAUSE_CODES = read_cause_codes()


class PlaceSchema(StrictSchema):
    """Where it burned: a point, the address, the county's six digits, the kind of place."""

    location = fields.Nested(PointSchema, required=True)
    address = Text(300, shortest=1, required=True)
    division_code = fields.String(required=True, validate=DIVISION_CODE)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Place:
        """The place."""
        return Place(**data)


def must_be_a_known_code(text: str) -> None:
    """Refuse a code that the table does not have: codes not known are not made up."""
    if text not in CAUSE_CODES:
        words = Words(
            f"不是已载入的火灾原因代码（{'、'.join(CAUSE_CODES)}），不知道时请留空",
            f"not one of the codes known here ({', '.join(CAUSE_CODES)}); leave it out if unknown",
        )
        raise ValidationError([words])


class CauseSchema(StrictSchema):
    """The cause in the product's words, with the official six-digit code where one is known."""

    kind = fields.Enum(CauseKind, by_value=True, required=True)
    official_code = fields.String(load_default=None, allow_none=True, validate=must_be_a_known_code)
    text = Text(2000, load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Cause:
        """The cause."""
        return Cause(**data)


class OriginSchema(StrictSchema):
    """Where it began: in words, and placed."""

    text = Text(2000, load_default="")
    location = fields.Nested(LocatedSchema, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Origin:
        """The origin."""
        return Origin(**data)


class LossItemSchema(StrictSchema):
    """One thing lost, in whole fen."""

    what = Text(200, shortest=1, required=True)
    amount_fen = Whole(0, MAX_FEN, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> LossItem:
        """The item."""
        return LossItem(**data)


class LossSchema(StrictSchema):
    """Items, or one sum for the whole: one of the two."""

    items = many(LossItemSchema, 500, load_default=[])
    whole_fen = Whole(0, MAX_FEN, load_default=None, allow_none=True)

    @validates_schema
    def one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        """Items and a whole would be two answers to one question; neither would be none."""
        if bool(data.get("items")) == (data.get("whole_fen") is not None):
            words = Words("逐项或总额，二者填一", "give either items or the whole")
            raise ValidationError([words], "whole_fen")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Loss:
        """The loss."""
        return Loss(items=tuple(data["items"]), whole_fen=data["whole_fen"])


class CasualtiesSchema(StrictSchema):
    """People dead and injured; null is not known yet."""

    dead = Whole(0, MOST_PEOPLE, load_default=None, allow_none=True)
    injured = Whole(0, MOST_PEOPLE, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Casualties:
        """The casualties."""
        return Casualties(**data)


class UtilitySchema(StrictSchema):
    """One supply, and who restored it when."""

    state = fields.Enum(UtilityState, by_value=True, required=True)
    restored_by = Text(100, load_default=None, allow_none=True)
    restored_at = Moment(load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Utility:
        """The supply."""
        return Utility(**data)


class UtilitiesSchema(StrictSchema):
    """Gas, power, water; what is left out is unknown."""

    gas = fields.Nested(UtilitySchema, load_default=Utility)
    power = fields.Nested(UtilitySchema, load_default=Utility)
    water = fields.Nested(UtilitySchema, load_default=Utility)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Utilities:
        """The supplies."""
        return Utilities(**data)


class UnitConcernedSchema(StrictSchema):
    """A room, shop or flat the fire concerns; the id is the plan's where there is a plan."""

    id = Text(100, shortest=1, required=True)
    name = Text(100, shortest=1, required=True)
    level = Text(50, load_default="0")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> UnitConcerned:
        """The unit."""
        return UnitConcerned(**data)


class HazardSchema(StrictSchema):
    """A danger at some of the units concerned."""

    id = fields.UUID(required=True)
    what = Text(500, shortest=1, required=True)
    unit_ids = fields.List(Text(100, shortest=1), required=True, validate=validate.Length(1, 1000))
    cleared_at = Moment(load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> RecordedHazard:
        """The hazard."""
        return RecordedHazard(**{**data, "unit_ids": tuple(data["unit_ids"])})


def _unknown_flag() -> Flag:
    return Flag(load_default=None, allow_none=True)


class ReportSchema(StrictSchema):
    """A report, whole: what is left out is not known, not "as before"."""

    station_id = fields.UUID(load_default=None, allow_none=True)
    drill = Flag(load_default=False)
    called_at = Moment(required=True)
    response_ended_at = Moment(load_default=None, allow_none=True)
    place = fields.Nested(PlaceSchema, required=True)
    burned_area = fields.Nested(AreaSchema, load_default=None, allow_none=True)
    cause = fields.Nested(CauseSchema, load_default=None, allow_none=True)
    origin = fields.Nested(OriginSchema, load_default=None, allow_none=True)
    account = Text(20_000, load_default="")
    loss = fields.Nested(LossSchema, load_default=None, allow_none=True)
    casualties = fields.Nested(CasualtiesSchema, load_default=Casualties)
    arson_suspected = _unknown_flag()
    liability_disputed = _unknown_flag()
    facts_disputed = _unknown_flag()
    wide_social_effect = _unknown_flag()
    utilities = fields.Nested(UtilitiesSchema, load_default=Utilities)
    units = many(UnitConcernedSchema, 1000, load_default=[])
    hazards = many(HazardSchema, 100, load_default=[])

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The station and the report."""
        station_id = data.pop("station_id")
        data |= {name: tuple(data[name]) for name in ("units", "hazards")}
        return {"station_id": station_id, "report": Report(**data)}
