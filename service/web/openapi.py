"""/openapi.json: OpenAPI 3.1 from the routes, with the examples of docs/api/examples."""

import json
import re
from pathlib import Path
from typing import Any

from flask import Flask
from flask_smorest import Api

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


def finish(app: Flask, api: Api) -> None:
    """Name every operation after its function, document problems, show the examples."""
    names = operation_ids(app)
    api.spec.components.schema("Problem", PROBLEM)
    refusal = {
        "description": "拒绝 · refused (RFC 9457)",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for path, item in api.spec._paths.items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                operation["operationId"] = names[path, verb]
                operation["responses"]["default"] = refusal
                if verb in ("put", "post") and path not in UNKEYED:
                    _keyed(operation, verb)
                _show(operation)


UNKEYED = ("/v1/sessions", "/v1/uploads")
"""Writes that need no Idempotency-Key: a sign-in, and tus, whose offsets serve instead."""


def _keyed(operation: dict[str, Any], verb: str) -> None:
    """Say which headers a write brings, and that the first is a 201 and a repeat a 200."""
    key = {"in": "header", "name": "Idempotency-Key", "required": True}
    operation.setdefault("parameters", []).append(
        key | {"schema": {"type": "string", "format": "uuid"}}
    )
    if verb == "put":
        for name, about in (
            ("If-None-Match", "* 新建 · to create"),
            ("If-Match", "所依据的 ETag · the ETag it is based on"),
        ):
            header = {"in": "header", "name": name, "description": about}
            operation["parameters"].append(header | {"schema": {"type": "string"}})
    responses = operation["responses"]
    success = responses.get("200") or responses.get("201")
    if success:
        responses.setdefault("200", success)
        responses.setdefault("201", success)


def operation_ids(app: Flask) -> dict[tuple[str, str], str]:
    """Path as OpenAPI writes it and verb → the name of the function behind it."""
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), verb.lower()): rule.endpoint.split(".")[
            -1
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
