"""docs/api/examples: one of every request and reply, each as the OpenAPI file says."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.web.conftest import EXAMPLES

ADDRESS = "urn:openapi"


def _operations(spec: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        operation["operationId"]: (f"#/paths/{path.replace('/', '~1')}/{verb}", operation)
        for path, item in spec["paths"].items()
        for verb, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }


def _parts(pointer: str, operation: dict[str, Any]) -> dict[str, str]:
    """Where the JSON schemas of an operation's request and 2xx reply stand."""
    parts = {}
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        parts["request"] = f"{pointer}/requestBody/content/application~1json/schema"
    for status, response in operation["responses"].items():
        if status.startswith("2") and "schema" in response.get("content", {}).get(
            "application/json", {}
        ):
            parts["response"] = f"{pointer}/responses/{status}/content/application~1json/schema"
    return parts


def test_every_request_and_reply_has_an_example_that_fits(spec: dict[str, Any]) -> None:
    registry = Registry().with_resource(
        ADDRESS, Resource.from_contents(spec, default_specification=DRAFT202012)
    )
    missing, wrong = [], []
    for name, (pointer, operation) in _operations(spec).items():
        parts = _parts(pointer, operation)
        file = EXAMPLES / f"{name}.json"
        if parts and not file.exists():
            missing.append(name)
            continue
        example = json.loads(file.read_text()) if parts else {}
        for part, place in parts.items():
            validator = Draft202012Validator({"$ref": ADDRESS + place}, registry=registry)
            wrong += [
                f"{name} {part} {list(error.absolute_path)}: {error.message}"
                for error in validator.iter_errors(example[part])
            ]
    assert not missing
    assert not wrong


def test_every_example_belongs_to_an_operation(spec: dict[str, Any]) -> None:
    names = {file.stem for file in EXAMPLES.glob("*.json")}
    assert names <= set(_operations(spec))


def test_every_example_is_json() -> None:
    for file in EXAMPLES.rglob("*.json"):
        json.loads(file.read_text())
