"""The rule data of incidents: how near a double report lies, which divisions and causes exist."""

import json
from datetime import timedelta
from pathlib import Path

from marshmallow import fields, validate

from schemas.people import StrictSchema
from schemas.rule_shapes import WordsSchema
from service.domain.doubles import DoubleRule
from service.domain.words import Words

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"

_DoublesSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "reach_m": fields.Float(required=True, validate=validate.Range(0)),
        "within_minutes": fields.Integer(required=True, validate=validate.Range(0)),
        "neighbour_steps_up": fields.Integer(required=True, validate=validate.Range(0)),
        "reason": fields.Dict(keys=fields.String(), values=fields.String(), required=True),
    }
)
_DivisionsSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "prefectures": fields.Dict(
            keys=fields.String(validate=validate.Regexp(r"[0-9]{4}00\Z")),
            values=fields.String(),
            required=True,
        ),
    }
)

_CauseCodesSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "codes": fields.Dict(
            keys=fields.String(validate=validate.Regexp(r"[0-9]{6}\Z")),
            values=fields.Nested(WordsSchema),
            required=True,
        ),
    }
)


def read_doubles(folder: Path = RULES) -> DoubleRule:
    """How near two reports must be to be pointed out.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _DoublesSchema().load(json.loads((folder / "doubles.json").read_text("utf-8")))
    return DoubleRule(
        reach_m=table["reach_m"],
        within=timedelta(minutes=table["within_minutes"]),
        steps_up=table["neighbour_steps_up"],
        reason=Words(**table["reason"]),
    )


def read_divisions(folder: Path = RULES) -> frozenset[str]:
    """The first four digits of every division code served.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _DivisionsSchema().load(json.loads((folder / "divisions.json").read_text("utf-8")))
    return frozenset(code[:4] for code in table["prefectures"])


def read_cause_codes(folder: Path = RULES) -> dict[str, Words]:
    """The official codes of causes that are known, and what each says.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _CauseCodesSchema().load(json.loads((folder / "cause_codes.json").read_text("utf-8")))
    codes: dict[str, Words] = table["codes"]
    return codes
