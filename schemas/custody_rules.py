"""The rule data of custody: how often tapes are looked at, how many wishes of a party may wait."""

import json
from datetime import timedelta
from pathlib import Path

from marshmallow import fields, validate

from schemas.people import StrictSchema
from service.domain.custody import CustodyRule

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"

_CustodySchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "tape_check_hours": fields.Integer(required=True, validate=validate.Range(1)),
        "accesses_waiting": fields.Integer(required=True, validate=validate.Range(1)),
    }
)


def read_custody_rule(folder: Path = RULES) -> CustodyRule:
    """The settings of custody.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _CustodySchema().load(json.loads((folder / "custody.json").read_text("utf-8")))
    return CustodyRule(
        check_every=timedelta(hours=table["tape_check_hours"]),
        accesses_waiting=table["accesses_waiting"],
    )
