"""The rule data of signing in: how many failures are free, and how long one waits after more."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from marshmallow import fields, post_load, validate, validates_schema
from marshmallow.exceptions import ValidationError

from schemas.people import StrictSchema
from service.domain.sign_in_limits import Limit, SignInLimits

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"


class LimitSchema(StrictSchema):
    """One limit; waits in seconds."""

    free = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    first_wait_s = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    longest_wait_s = fields.Integer(required=True, strict=True, validate=validate.Range(1, 3600))
    forgotten_after_s = fields.Integer(required=True, strict=True, validate=validate.Range(1))

    @validates_schema
    def outlasts_its_waits(self, data: dict[str, Any], **_: object) -> None:
        """What is forgotten during its own wait would end that early."""
        if data["forgotten_after_s"] < data["longest_wait_s"]:
            raise ValidationError("It is forgotten before the wait is over.", "forgotten_after_s")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Limit:
        """The domain's limit."""
        return Limit(
            free=data["free"],
            first_wait=timedelta(seconds=data["first_wait_s"]),
            longest_wait=timedelta(seconds=data["longest_wait_s"]),
            forgotten_after=timedelta(seconds=data["forgotten_after_s"]),
        )


_SignInSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "pair": fields.Nested(LimitSchema, required=True),
        "address": fields.Nested(LimitSchema, required=True),
        "strangers": fields.Nested(LimitSchema, required=True),
        "known_days": fields.Integer(required=True, strict=True, validate=validate.Range(1)),
    }
)


def read_sign_in_limits(folder: Path = RULES) -> SignInLimits:
    """The limits of signing in.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _SignInSchema().load(json.loads((folder / "sign_in.json").read_text("utf-8")))
    return SignInLimits(
        pair=table["pair"],
        address=table["address"],
        strangers=table["strangers"],
        known_for=timedelta(days=table["known_days"]),
    )
