"""Kinds of field that take JSON at its word: 5 is no "5", true no 1, a time has its zone."""

import math
import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from service.domain.words import Words

UNTIDY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MAX_FEN = 10**13
"""A hundred thousand million yuan: more than any fire has cost."""


class Text(fields.String):
    """Text of bounded length without control characters; blank text counts as none at all."""

    def __init__(self, longest: int, *, shortest: int = 0, **options: Any) -> None:
        super().__init__(validate=validate.Length(shortest, longest), **options)
        self._shortest = shortest

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if UNTIDY.search(text):
            raise _said("含有控制字符或半个字符", "there are control characters or half characters")
        return text.replace("\r\n", "\n")


class Whole(fields.Integer):
    """A whole number written as a number, between two bounds."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Measure(fields.Float):
    """A finite number written as a number, between two bounds."""

    def __init__(self, least: float, most: float, **options: Any) -> None:
        super().__init__(validate=validate.Range(least, most), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> float:
        if isinstance(value, str | bool):
            raise self.make_error("invalid", input=value)
        number = super()._deserialize(value, attr, data, **kwargs)
        if not math.isfinite(number):
            raise self.make_error("invalid", input=value)
        return number


class Flag(fields.Boolean):
    """true or false, and nothing that merely looks like one."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Moment(fields.AwareDateTime):
    """An RFC 3339 time with its zone, turned to UTC."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        try:
            moment: datetime = super()._deserialize(value, attr, data, **kwargs)
            return moment.astimezone(UTC)
        except (OverflowError, TypeError) as fault:
            raise self.make_error("invalid", input=value, obj_type="datetime") from fault


def many(schema: type[Schema], most: int, **options: Any) -> fields.List[Any]:
    """A list of at most so many."""
    return fields.List(fields.Nested(schema), validate=validate.Length(0, most), **options)


def _said(zh: str, en: str) -> ValidationError:
    return ValidationError([Words(zh, en)])
