"""The table by which first holds are proposed (service/rules/assessment.json), read and checked."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.people import StrictSchema
from schemas.rule_shapes import InForceSchema, WordsSchema, must_not_overlap
from service.domain.assessment_answers import CausePart
from service.domain.assessment_rules import (
    AssessmentRules,
    DivisionSettings,
    Ground,
    ProposalRule,
)
from service.domain.holds import HoldKind
from service.domain.incident import CauseKind

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"


class _ProposalRuleSchema(InForceSchema):
    id = fields.Enum(Ground, by_value=True, required=True)
    kind = fields.Enum(HoldKind, by_value=True, required=True)
    with_clear_origin = fields.Boolean(required=True)
    margin_m = fields.Float(required=True, validate=validate.Range(0, 100))
    ground = fields.Nested(WordsSchema, required=True)
    article = fields.Nested(WordsSchema, required=True)
    source = fields.String(required=True, validate=validate.Length(1))
    note = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ProposalRule:
        """The domain's row."""
        return ProposalRule(**data)


class _DivisionSchema(StrictSchema):
    ground = fields.Nested(WordsSchema, required=True)
    source = fields.String(required=True, validate=validate.Length(1))
    below = fields.Float(required=True, validate=validate.Range(0, 1))
    around_m = fields.Float(required=True, validate=validate.Range(0.1, 10))
    clear_m = fields.Float(required=True, validate=validate.Range(0.2, 10))
    frees_m2 = fields.Float(required=True, validate=validate.Range(0.25))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> DivisionSettings:
        """The domain's settings."""
        return DivisionSettings(**data)


class _TableSchema(StrictSchema):
    version = fields.String(required=True)
    rules = fields.List(fields.Nested(_ProposalRuleSchema), required=True)
    parts = fields.Dict(
        keys=fields.Enum(CauseKind, by_value=True),
        values=fields.List(fields.Enum(CausePart, by_value=True)),
        required=True,
    )
    division = fields.Nested(_DivisionSchema, required=True)


def read_assessment(folder: Path = RULES) -> AssessmentRules:
    """The table; every ground has a row in force without end.

    Raises: marshmallow.ValidationError, with the row and the field.
    """
    table = _TableSchema().load(json.loads((folder / "assessment.json").read_text("utf-8")))
    rules = AssessmentRules(
        version=table["version"],
        rules=tuple(table["rules"]),
        parts={kind: tuple(parts) for kind, parts in table["parts"].items()},
        division=table["division"],
    )
    must_not_overlap((row.id, "*", row.valid_from, row.valid_to) for row in rules.rules)
    missing = [ground.value for ground in Ground if ground not in rules.on(date.max)]
    if missing:
        raise ValidationError(f"No row in force for {', '.join(missing)}.")
    return rules
