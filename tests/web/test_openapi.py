"""The OpenAPI file says what the code takes and answers: findings, conditions, uploads."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from schemas.findings import KINDS
from service.domain.powers import Role
from tests.photo_builders import a_picture, an_incident, announcement
from tests.web.conftest import EXAMPLES

ADDRESS = "urn:openapi"
FINDING = "/v1/scenes/{scene_id}/findings/{finding_id}"


def faults(spec: dict[str, Any], name: str, value: Any) -> list[str]:
    """What the schema of that name finds wrong with a value."""
    registry = Registry().with_resource(
        ADDRESS, Resource.from_contents(spec, default_specification=DRAFT202012)
    )
    place = {"$ref": f"{ADDRESS}#/components/schemas/{name}"}
    return [
        each.message for each in Draft202012Validator(place, registry=registry).iter_errors(value)
    ]


def example_of(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / "findings" / f"{kind}.json").read_text())
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_finding_has_a_schema_of_its_own(spec: dict[str, Any], kind: str) -> None:
    schemas, schema = spec["components"]["schemas"], KINDS[kind]()
    for ending, more in (("", {"kind"}), ("Previewed", {"kind", "id"})):
        whole = schemas["Previewed" if ending else "Finding"]
        place = whole["discriminator"]["mapping"][kind]
        assert {"$ref": place} in whole["oneOf"]
        shape = schemas[place.rpartition("/")[2]]
        assert shape["properties"]["kind"]["const"] == kind
        assert set(shape["properties"]) == set(schema.fields) | more
        required = {name for name, field in schema.fields.items() if field.required}
        assert set(shape["required"]) == required | more
    assert len(schemas["Finding"]["oneOf"]) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_of_each_kind_is_shown_and_fits_only_whole(
    spec: dict[str, Any], kind: str
) -> None:
    content = spec["paths"][FINDING]["put"]["requestBody"]["content"]["application/json"]
    shown = content["examples"][kind]["value"]
    assert shown == example_of(kind)
    assert not faults(spec, "Finding", shown)
    assert not faults(spec, "Previewed", {**shown, "id": str(uuid4())})
    assert faults(spec, "Previewed", shown)
    assert faults(spec, "Finding", {**shown, "nonsense": 1})
    for name, field in KINDS[kind]().fields.items():
        if field.required:
            assert faults(spec, "Finding", {k: v for k, v in shown.items() if k != name})


def test_a_finding_says_what_it_is_based_on(spec: dict[str, Any]) -> None:
    operation = spec["paths"][FINDING]["put"]
    headers = {each["name"] for each in operation["parameters"]}
    assert headers == {"Idempotency-Key", "If-Match"}
    assert {"412", "428"} <= set(operation["responses"])
    for kind in KINDS:
        shape = spec["components"]["schemas"][KINDS[kind].__name__.removesuffix("Schema")]
        assert "If-Match" in shape["properties"]["based_on"]["description"]


def test_a_write_shows_the_condition_that_its_code_reads(spec: dict[str, Any]) -> None:
    def headers(path: str) -> set[str]:
        shown = {each["name"] for each in spec["paths"][path]["put"]["parameters"]}
        return shown & {"If-Match", "If-None-Match"}

    assert headers("/v1/incidents/{incident_id}") == {"If-Match", "If-None-Match"}
    assert headers("/v1/scenes/{scene_id}/plan") == {"If-Match"}
    assert headers("/v1/scenes/{scene_id}") == set()


def test_every_answer_to_an_upload_is_as_documented(
    spec: dict[str, Any], database: Any, brigade: Any, sign_in: Any
) -> None:
    crew, fire, photo, content = (
        sign_in(Role.CREW),
        an_incident(brigade.station),
        uuid4(),
        a_picture(),
    )
    database.write(lambda work: work.incidents.put(fire, previous=0))
    announced = announcement(fire.id, UUID(str(photo)), content)
    address, tus = f"/v1/uploads/{photo}", {"Tus-Resumable": "1.0.0"}
    piece = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    asked: list[tuple[str, str, dict[str, str], bytes, int]] = [
        ("OPTIONS", "/v1/uploads", {}, b"", 204),
        ("POST", "/v1/uploads", announced, b"", 201),
        ("POST", "/v1/uploads", announced, b"", 200),
        ("POST", "/v1/uploads", announced | {"Upload-Length": "x"}, b"", 400),
        ("POST", "/v1/uploads", announced | {"Upload-Metadata": ""}, b"", 422),
        ("POST", "/v1/uploads", announced | {"Upload-Length": "9" * 12}, b"", 413),
        ("POST", "/v1/uploads", {}, b"", 412),
        ("HEAD", address, tus, b"", 200),
        ("HEAD", f"/v1/uploads/{uuid4()}", tus, b"", 404),
        ("PATCH", address, piece | {"Content-Type": "text/plain"}, content, 415),
        ("PATCH", address, piece | {"Upload-Offset": "7"}, content, 409),
        ("PATCH", address, piece | {"Upload-Checksum": "sha1 " + "A" * 27 + "="}, content, 460),
        ("PATCH", address, piece, content, 204),
        ("DELETE", address, tus, b"", 409),
    ]
    for verb, path, headers, data, status in asked:
        answer = crew.open(verb, path, headers=headers, data=data)
        template = "/v1/uploads" if path == "/v1/uploads" else "/v1/uploads/{photo_id}"
        operation = spec["paths"][template][verb.lower()]
        assert answer.status_code == status, (verb, answer.data)
        shown = operation["responses"][str(status)]
        names = set(answer.headers.keys())
        told = {
            name for name in names if name.startswith(("Upload-", "Tus-")) or name == "Location"
        }
        sometimes = {"Upload-Defer-Length", "Upload-Expires", "Upload-Concat", "Upload-Metadata"}
        assert set(shown["headers"]) - sometimes <= told <= set(shown["headers"]), (verb, status)
        sent = {name for name in headers if name != "Content-Type"}
        assert sent <= {each["name"] for each in operation.get("parameters", [])}


def test_no_answer_is_shown_in_the_shape_of_a_library(spec: dict[str, Any]) -> None:
    text = json.dumps(spec["paths"])
    assert "UNPROCESSABLE_ENTITY" not in text
    assert "DEFAULT_ERROR" not in text
