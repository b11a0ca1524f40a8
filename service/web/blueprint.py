"""flask-smorest's blueprint and parser, with our body reader and our refusals."""

from collections.abc import Callable
from typing import Any, NoReturn

import flask_smorest
from marshmallow import Schema, ValidationError
from webargs import ValidationError as WebargsValidationError
from webargs.flaskparser import FlaskParser

from service.domain.errors import Fault, Invalid
from service.domain.words import Words
from service.web.body import json_body
from service.web.field_words import said

View = Callable[[Any], Any]
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

    def arguments(self, schema: Any, **options: Any) -> Any:
        """As flask-smorest's, with one schema for all requests: using it is cheaper than making."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)

    def response(self, *args: Any, **options: Any) -> View:
        """Says what is answered, and leaves the view alone: ours make the response themselves."""
        return _told_only(super().response(*args, **options))

    def doc(self, **options: Any) -> View:
        """Says more of it, and leaves the view alone."""
        return _told_only(super().doc(**options))


def _told_only(decorate: View) -> View:
    """The decorator's documentation without its wrapper, which each request would pass."""

    def tell(view: Any) -> Any:
        view._apidoc = decorate(view)._apidoc
        return view

    return tell


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
    return [Fault(pointer, said(messages), _REMEDY)]
