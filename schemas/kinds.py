"""Kinds of field that take JSON at its word: 5 is no "5", true no 1, a time has its zone."""

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from service.domain.words import Words

UNTIDY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing: a name that holds it reads otherwise than it is."""
LINE_END = re.compile("[\n\r\u2028\u2029]")
LINE_LENGTH = 500
"""Texts that may be longer may have several lines."""
RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)
MAX_FEN = 10**13
"""A hundred thousand million yuan: more than any fire has cost."""


class Text(fields.String):
    """Text of bounded length without control characters; blank text counts as none at all.

    What can be no longer than LINE_LENGTH is one line: a name, an address, a label.
    """

    def __init__(self, longest: int, *, shortest: int = 0, **options: Any) -> None:
        super().__init__(validate=validate.Length(shortest, longest), **options)
        self._is_line = longest <= LINE_LENGTH

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if UNTIDY.search(text):
            raise _said("含有控制字符或半个字符", "there are control characters or half characters")
        if TURNING.search(text):
            raise _said(
                "含有改变书写方向的字符，请去掉",
                "there are characters that turn the direction of writing; take them out",
            )
        if self._is_line and LINE_END.search(text):
            raise _said("应为一行，请去掉换行", "it should be one line: take out the line breaks")
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
    """An RFC 3339 time with its zone, turned to UTC; a second 60 is the start of the next."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        found = RFC_3339.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise _not_rfc_3339()
        minute, second, fraction, zone = found.groups()
        leap = second == "60"
        text = f"{minute}:59{zone}" if leap else f"{minute}:{second}{fraction or ''}{zone}"
        try:
            moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
            return moment + timedelta(seconds=leap)
        except (OverflowError, ValueError) as fault:
            raise _not_rfc_3339() from fault


def _not_rfc_3339() -> ValidationError:
    return _said(
        "应为带时区的RFC 3339时间，如2026-11-24T16:30:00+08:00（地址中的+写作%2B）",
        "it should be an RFC 3339 time with its zone, such as 2026-11-24T16:30:00+08:00 "
        "(in an address + is written %2B)",
    )


def many(schema: type[Schema], most: int, **options: Any) -> fields.List[Any]:
    """A list of at most so many."""
    return fields.List(fields.Nested(schema), validate=validate.Length(0, most), **options)


def _said(zh: str, en: str) -> ValidationError:
    return ValidationError([Words(zh, en)])
