"""Parties and witnesses on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.kinds import Text
from schemas.people import StrictSchema
from service.domain.id_number import is_id_number
from service.domain.party import Capacity
from service.domain.words import Words

PHONE = validate.Regexp(
    r"(?:\+86[ -]?)?(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,6})?)\Z"
    r"|\+(?!86)[0-9]{6,15}\Z",
    error="Not a telephone number.",
)


def must_be_id_number(text: str) -> None:
    """Refuse a number whose check character is wrong."""
    if not is_id_number(text):
        words = Words("证件号码校验不符", "the check character of this number is wrong")
        raise ValidationError([words])


class PartySchema(StrictSchema):
    """Who, in which capacity, for which units."""

    name = Text(100, shortest=1, required=True)
    capacity = fields.Enum(Capacity, by_value=True, required=True)
    id_number = fields.String(load_default=None, allow_none=True, validate=must_be_id_number)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE)
    unit_ids = fields.List(Text(100, shortest=1), load_default=[], validate=validate.Length(0, 200))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The fields of RecordParty."""
        return {**data, "unit_ids": tuple(dict.fromkeys(data["unit_ids"]))}
