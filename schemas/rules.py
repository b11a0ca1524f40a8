"""The rules that are data (service/rules/*.json), read into domain values and checked.

A table that contradicts itself is a mistake of the set-up: loading it fails, by name.
"""

import json
from dataclasses import fields as dataclass_fields
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar.constants as announced
from marshmallow import Schema, ValidationError, fields, post_load, validate

from schemas.assessment_rules import read_assessment
from schemas.custody_rules import read_custody_rule
from schemas.drawing_layers import read_drawing_layers
from schemas.incident_rules import read_divisions, read_doubles
from schemas.people import StrictSchema
from schemas.photo_rules import read_flag_rule
from schemas.rule_shapes import InForceSchema, WordsSchema, must_not_overlap
from schemas.sign_in_rules import read_sign_in_limits
from schemas.survey_rules import read_durations
from service.domain.calendar import Term, TermTable, TermUnit, WorkingCalendar
from service.domain.facts import Facts
from service.domain.numbering import Numbering, NumberPattern
from service.domain.rulebook import Rulebook
from service.domain.triage import Comparison, Outcome, Route, Rule, RuleTable, Unit, Weight

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"
_FACTS = [field.name for field in dataclass_fields(Facts)]


class BoundField(fields.Field[Any]):
    """A whole number, yes or no, or null where nobody has set it yet."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if type(value) in (int, bool):
            return value
        raise ValidationError("Not a whole number, true or false.")


class RuleSchema(InForceSchema):
    """One rule of triage."""

    id = fields.String(required=True)
    route = fields.Enum(Route, by_value=True, required=True)
    article = fields.String(required=True, validate=validate.Length(1))
    source = fields.String(required=True, validate=validate.Length(1))
    province = fields.String(required=True, validate=validate.Regexp(r"(\*|\d{2}0000)\Z"))
    fact = fields.String(required=True, validate=validate.OneOf(_FACTS))
    comparison = fields.Enum(Comparison, by_value=True, required=True)
    bound = BoundField(required=True, allow_none=True)
    unit = fields.Enum(Unit, by_value=True, required=True)
    weight = fields.Enum(Weight, by_value=True, required=True)
    sentences = fields.Dict(
        keys=fields.Enum(Outcome, by_value=True),
        values=fields.Nested(WordsSchema),
        required=True,
        validate=validate.Length(equal=len(Outcome)),
    )
    note = fields.Nested(WordsSchema, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Rule:
        """The domain's rule."""
        return Rule(**data)


class TermSchema(InForceSchema):
    """One term."""

    id = fields.String(required=True)
    length = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    unit = fields.Enum(TermUnit, by_value=True, required=True)
    counted_from = fields.String(required=True)
    article = fields.String(required=True, validate=validate.Length(1))
    source = fields.String(required=True, validate=validate.Length(1))
    name = fields.Nested(WordsSchema, required=True)
    note = fields.String(load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Term:
        """The domain's term."""
        return Term(**data)


def _names_all(pattern: str) -> None:
    for name in ("{office}", "{year}", "{sequence}"):
        if name not in pattern:
            raise ValidationError(f"It lacks {name}.")


class NumberPatternSchema(StrictSchema):
    """How numbers of one kind look at an office."""

    kind = fields.String(required=True)
    office = fields.String(required=True)
    drill = fields.Boolean(required=True)
    pattern = fields.String(required=True, validate=_names_all)
    width = fields.Integer(required=True, strict=True, validate=validate.Range(1, 9))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> NumberPattern:
        """The domain's pattern."""
        return NumberPattern(**data)


def read_triage(folder: Path = RULES) -> RuleTable:
    """The table of triage.

    Raises: marshmallow.ValidationError, with the row and the field.
    """
    table = _read(folder / "triage.json", "rules", RuleSchema())
    rules = tuple(table["rules"])
    must_not_overlap((rule.id, rule.province, rule.valid_from, rule.valid_to) for rule in rules)
    return RuleTable(version=table["version"], rules=rules)


def read_terms(folder: Path = RULES) -> TermTable:
    """The terms.

    Raises: marshmallow.ValidationError, with the row and the field.
    """
    table = _read(folder / "terms.json", "terms", TermSchema())
    terms = tuple(table["terms"])
    must_not_overlap((term.id, "*", term.valid_from, term.valid_to) for term in terms)
    return TermTable(version=table["version"], terms=terms)


def read_numbering(folder: Path = RULES) -> Numbering:
    """The patterns of document numbers.

    Raises: marshmallow.ValidationError, with the row and the field.
    """
    table = _read(folder / "numbering.json", "patterns", NumberPatternSchema())
    return Numbering(version=table["version"], patterns=tuple(table["patterns"]))


def china_calendar() -> WorkingCalendar:
    """China's working days as announced (the chinesecalendar package), with the last year."""
    return WorkingCalendar(
        days_off=frozenset(announced.holidays),
        moved_workdays=frozenset(announced.workdays),
        last_year=max(announced.holidays).year,
    )


@cache
def rulebook() -> Rulebook:
    """Every rule that is data, read once."""
    return Rulebook(
        triage=read_triage(),
        terms=read_terms(),
        assessment=read_assessment(),
        numbering=read_numbering(),
        calendar=china_calendar(),
        doubles=read_doubles(),
        layers=read_drawing_layers(),
        divisions=read_divisions(),
        custody=read_custody_rule(),
        survey=read_durations(),
        photos=read_flag_rule(),
        sign_in=read_sign_in_limits(),
    )


def _read(file: Path, rows: str, row: Schema) -> dict[str, Any]:
    shape = StrictSchema.from_dict(
        {"version": fields.String(required=True), rows: fields.List(fields.Nested(row))}
    )
    content: dict[str, Any] = shape().load(json.loads(file.read_text(encoding="utf-8")))
    return content
