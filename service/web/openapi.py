"""/openapi.json: OpenAPI 3.1 from the routes, with the examples of docs/api/examples."""

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_smorest import Api

from service.web.openapi_findings import describe_findings, show_findings

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT.parent / "docs" / "api" / "examples"

CONFIG = {
    "API_TITLE": "火场归还 Handback",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "把场所还给人们：火灾简易登记与现场封闭评估。"
            " Simplified registration and scene-sealing assessment.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    },
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "title_en": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "detail_en": {"type": "string"},
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    name: {"type": "string"}
                    for name in ("pointer", "detail", "detail_en", "remedy", "remedy_en")
                },
            },
        },
    },
}


REFUSED = {"$ref": "#/components/responses/Refused"}


def finish(app: Flask, api: Api) -> None:
    """Name every operation after its function, document problems, show the examples."""
    views = operations(app)
    api.spec.components.schema("Problem", PROBLEM)
    api.spec.components.response(
        "Refused",
        {
            "description": "拒绝 · refused (RFC 9457)",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        },
    )
    for path, item in api.spec._paths.items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                view = views[path, verb]
                operation["operationId"] = view.__name__
                _may_refuse(operation)
                if verb in ("put", "post") and path not in UNKEYED:
                    _keyed(operation)
                    _on_condition(operation, view)
                _show(operation)
                if view.__name__ == "put_finding":
                    show_findings(operation, EXAMPLES)
    describe_findings(api.spec, EXAMPLES)


UNKEYED = ("/v1/sessions", "/v1/uploads")
"""Writes that need no Idempotency-Key: a sign-in, and tus, whose offsets serve instead."""


def _may_refuse(operation: dict[str, Any]) -> None:
    """Every refusal is a problem; flask-smorest's own shape of a 422 is not ours."""
    responses = operation["responses"]
    responses["default"] = REFUSED
    if "$ref" in responses.get("422", {}):
        responses["422"] = REFUSED


def _keyed(operation: dict[str, Any]) -> None:
    """Say that a write brings a key, and that the first is a 201 and a repeat a 200."""
    key = {"in": "header", "name": "Idempotency-Key", "required": True}
    operation.setdefault("parameters", []).append(
        key | {"schema": {"type": "string", "format": "uuid"}}
    )
    responses = operation["responses"]
    success = responses.get("200") or responses.get("201")
    if success:
        responses.setdefault("200", success)
        responses.setdefault("201", success)


CONDITIONS = {
    "precondition": {
        "If-None-Match": "* 新建 · to create",
        "If-Match": "更正所依据的 ETag · to correct: the ETag it is based on",
    },
    "based_on": {
        "If-Match": "所依据的现场 ETag；只解除的认定可改填 based_on · the scene's ETag; a finding "
        "that only clears may say based_on instead",
    },
}
"""What service/web/perform.py reads of a write's condition, by the function that reads it."""


def _on_condition(operation: dict[str, Any], view: Callable[..., Any]) -> None:
    """Say which condition a write brings: told from what its function calls, so it stays true."""
    called = inspect.unwrap(view).__code__.co_names
    for reader, headers in CONDITIONS.items():
        if reader in called:
            for name, about in headers.items():
                header = {"in": "header", "name": name, "description": about}
                operation["parameters"].append(header | {"schema": {"type": "string"}})
            for status in ("412", "428"):
                operation["responses"].setdefault(status, REFUSED)


def operations(app: Flask) -> dict[tuple[str, str], Callable[..., Any]]:
    """Path as OpenAPI writes it and verb → the function behind it."""
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), verb.lower()): app.view_functions[
            rule.endpoint
        ]
        for rule in app.url_map.iter_rules()
        for verb in rule.methods or ()
    }


def _show(operation: dict[str, Any]) -> None:
    file = EXAMPLES / f"{operation.get('operationId')}.json"
    if not file.exists():
        return
    example = json.loads(file.read_text())
    for content in (operation.get("requestBody") or {}).get("content", {}).values():
        content["example"] = example.get("request")
    for status, response in operation["responses"].items():
        if status.startswith("2") and isinstance(response, dict):
            for content in response.get("content", {}).values():
                content["example"] = example.get("response")
