"""Corrections of a frozen record on the wire: each value as the report's own schema takes it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.incidents import ReportSchema
from schemas.kinds import Text, many
from schemas.parties import PartySchema
from schemas.people import StrictSchema
from schemas.statements import SignatureSchema
from service.domain.canonical import instant
from service.domain.corrected import CORRECTABLE, place_of


class _RecordSchema(ReportSchema):
    """What was reported, with the parties."""

    parties = many(PartySchema, 1000)


def _field_at(place: str) -> fields.Field[Any]:
    field: Any = fields.Nested(_RecordSchema)
    for step in place.split("/")[1:]:
        field = field.inner if step == "*" else field.schema.fields[step]
    return field  # type: ignore[no-any-return]


FIELDS = {place: _field_at(place) for place in CORRECTABLE}


class CorrectionSchema(StrictSchema):
    """One value of the frozen record by its JSON pointer, the reason, the officer's signature."""

    pointer = fields.String(
        required=True,
        validate=[validate.Length(1, 200), validate.Regexp(r"(?:/[a-z0-9_]+)+\Z")],
    )
    becomes = fields.Raw(required=True)
    reason = Text(2000, shortest=1, required=True)
    signature = fields.Nested(SignatureSchema, required=True)

    @post_load
    def as_reported(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The value within the limits of a report; which places there are, the domain says."""
        place = place_of(data["pointer"])
        if place is None:
            return data
        try:
            becomes = FIELDS[place].deserialize(data["becomes"])
        except ValidationError as fault:
            raise ValidationError(fault.messages, "becomes") from fault
        return data | {"becomes": _in_record(becomes)}


def _in_record(value: Any) -> Any:
    """A value as it stands in a frozen record."""
    if isinstance(value, datetime):
        return instant(value)
    return value.value if isinstance(value, StrEnum) else value
