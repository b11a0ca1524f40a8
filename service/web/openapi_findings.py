"""Findings in the OpenAPI file: one schema a kind, told apart by `kind`, each with its example."""

import inspect
import json
from pathlib import Path
from typing import Any

from apispec import APISpec

from schemas.findings import KINDS, FindingOfKind

SCHEMAS = "#/components/schemas/"


def describe_findings(spec: APISpec, examples: Path) -> None:
    """Make Finding and Previewed what the code takes, instead of any object with a kind."""
    schemas = spec.components.schemas
    for kind, schema in KINDS.items():
        name = _name(schema)
        spec.components.schema(name, schema=schema)
        shape = schemas[name] = _told_by_kind(schemas[name], kind, schema)
        schemas[f"{name}Previewed"] = {
            **shape,
            "properties": {"id": {"type": "string", "format": "uuid"}, **shape["properties"]},
            "required": ["id", *shape["required"]],
        }
    schemas["Finding"] = _one_of("", "一项勘验认定 · one finding")
    schemas["Previewed"] = _one_of("Previewed", "将以此编号记录 · under the id it will have")
    schemas["FindingView"]["properties"]["sent"] = {"$ref": SCHEMAS + "Finding"}
    held = [json.loads(file.read_text()) for file in sorted((examples / "holds").glob("*.json"))]
    schemas["SceneView"]["properties"]["holds"]["items"] = {"type": "object", "examples": held}


def show_findings(operation: dict[str, Any], examples: Path) -> None:
    """Show one example of each kind beside the request body."""
    content = operation["requestBody"]["content"]["application/json"]
    content.pop("example", None)
    content["examples"] = {
        kind: {
            "summary": inspect.getdoc(schema),
            "value": json.loads((examples / "findings" / f"{kind}.json").read_text()),
        }
        for kind, schema in KINDS.items()
    }


def _one_of(ending: str, about: str) -> dict[str, Any]:
    places = {kind: f"{SCHEMAS}{_name(schema)}{ending}" for kind, schema in KINDS.items()}
    return {
        "description": about,
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "kind", "mapping": places},
    }


def _told_by_kind(shape: dict[str, Any], kind: str, schema: type[FindingOfKind]) -> dict[str, Any]:
    return {
        **shape,
        "description": inspect.getdoc(schema),
        "properties": {"kind": {"type": "string", "const": kind}, **shape["properties"]},
        "required": ["kind", *shape.get("required", [])],
    }


def _name(schema: type[FindingOfKind]) -> str:
    return schema.__name__.removesuffix("Schema")
