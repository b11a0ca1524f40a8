"""flask-smorest's blueprint and parser, with our body reader and our refusals."""

import re
from typing import Any, NoReturn

import flask_smorest
from marshmallow import Schema, ValidationError
from webargs import ValidationError as WebargsValidationError
from webargs.flaskparser import FlaskParser

from service.domain.errors import Fault, Invalid
from service.domain.words import Words
from service.web.body import json_body

_KNOWN: list[tuple[str, str]] = [
    (r"Missing data for required field\.", "缺少必填项"),
    (r"Unknown field\.", "没有这个字段"),
    (r"Field may not be null\.", "不能为空"),
    (r"Not a valid string\.", "应为文字"),
    (r"Not a valid integer\.", "应为整数"),
    (r"Not a valid number\.", "应为数字"),
    (r"Not a valid boolean\.", "应为true或false"),
    (r"Not a valid UUID\.", "应为UUID"),
    (r"Not a valid (aware )?datetime\.", "应为带时区的RFC 3339时间"),
    (r"Not a valid list\.", "应为列表"),
    (r"Invalid input type\.", "应为对象"),
    (r"Not a valid mapping type\.", "应为对象"),
    (r"Must be one of: (.*)\.", "应为下列之一：{0}"),
    (r"Length must be between (\d+) and (\d+)\.", "长度应在{0}至{1}之间"),
    (r"Longer than maximum length (\d+)\.", "长度不得超过{0}"),
    (r"Shorter than minimum length (\d+)\.", "长度不得少于{0}"),
    (r"Must be greater than or equal to (.*)\.", "应不小于{0}"),
    (r"Must be less than or equal to (.*)\.", "应不大于{0}"),
]
_REMEDY = Words("请按接口说明改正后重新发送", "correct it as /openapi.json says and send it again")


class Parser(FlaskParser):
    """Reads the body through body.py and refuses with JSON pointers; unknown fields too."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012

    def load_json(self, req: Any, schema: Schema) -> Any:
        """The body that was already checked for size and depth."""
        return json_body()

    def handle_error(self, error: WebargsValidationError, *args: Any, **kwargs: Any) -> NoReturn:
        """Turn marshmallow's messages into faults."""
        raise invalid(error) from error


class Blueprint(flask_smorest.Blueprint):
    """A resource's routes."""

    ARGUMENTS_PARSER = Parser()


def invalid(error: ValidationError) -> Invalid:
    """The refusal for marshmallow's messages."""
    messages: Any = error.messages
    if isinstance(messages, dict) and set(messages) <= {"json", "query", "headers", "form"}:
        pairs = [fault for part in messages.values() for fault in _faults(part, "")]
    else:
        pairs = _faults(messages, "")
    return Invalid(*pairs)


def _faults(messages: Any, pointer: str) -> list[Fault]:
    if isinstance(messages, dict):
        return [
            fault
            for key, below in messages.items()
            for fault in _faults(below, pointer if key == "_schema" else f"{pointer}/{key}")
        ]
    if isinstance(messages, list):
        return [fault for message in messages for fault in _faults(message, pointer)]
    if isinstance(messages, Fault):
        return [Fault(pointer + messages.pointer, messages.wrong, messages.remedy)]
    words = messages if isinstance(messages, Words) else _in_both_languages(str(messages))
    return [Fault(pointer, words, _REMEDY)]


def _in_both_languages(message: str) -> Words:
    for pattern, chinese in _KNOWN:
        found = re.fullmatch(pattern, message)
        if found:
            return Words(chinese.format(*found.groups()), message)
    return Words("内容不符合要求", message)
