"""What rows of the rules that are data have in common: sentences, and days in force."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from schemas.people import StrictSchema
from service.domain.words import Words


class WordsSchema(StrictSchema):
    """One sentence in both languages."""

    zh = fields.String(required=True, validate=validate.Length(1))
    en = fields.String(required=True, validate=validate.Length(1))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Words:
        """The domain's words."""
        return Words(**data)


class InForceSchema(StrictSchema):
    """From and to which legal day a row is in force, both included; null is without end."""

    valid_from = fields.Date(required=True, allow_none=True)
    valid_to = fields.Date(required=True, allow_none=True)


def must_not_overlap(rows: Iterable[tuple[str, str, date | None, date | None]]) -> None:
    """Refuse two rows (id, province, from, to) of one id in force at one time."""
    for (id, province, begun, ended), (other, there, later, last) in combinations(rows, 2):
        if (id, province) != (other, there):
            continue
        apart = (ended is not None and later is not None and ended < later) or (
            last is not None and begun is not None and last < begun
        )
        if not apart:
            raise ValidationError(f"{id!r} for {province} is in force twice at a time")
