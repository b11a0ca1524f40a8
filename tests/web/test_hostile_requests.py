"""Every route under requests wrong in every way: refused in our words, in both languages."""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from marshmallow import fields, validate

from service.domain.powers import Role
from service.web.field_words import UNKNOWN, said
from service.web.openapi import EXAMPLES, operations
from tests.web.conftest import EXAMPLES as PUBLISHED

HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”")
STRANGE: tuple[Any, ...] = (
    None,
    True,
    7,
    -1e300,
    "",
    "\x00x",
    "a" * 70_000,
    [],
    [[]],
    {},
    {"x": 1},
)
SOMEBODY = str(UUID(int=7))
MOST = 40


def hostile_bodies(example: Any) -> Iterator[bytes]:
    """Bodies that are no JSON, none of the shape, and the example with one member spoilt."""
    yield from (b"{", b"\xff", b"[]", b"null", b'"x"', b"{}", b'{"nonsense": 1}', b"[" * 100)
    if not isinstance(example, dict):
        return
    spoilt = 0
    for name in example:
        yield json.dumps({k: v for k, v in example.items() if k != name}).encode()
    for strange in STRANGE:
        for name in example:
            spoilt += 1
            if spoilt <= MOST:
                yield json.dumps({**example, name: strange}).encode()


def told_well(answer: Any) -> None:
    """A refusal is a problem whose title, detail and errors stand in both languages."""
    if answer.status_code < 400 or answer.request.method == "HEAD":
        return
    assert answer.status_code < 500, answer.data
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    for members in (problem, *problem["errors"]):
        names = ("title", "detail") if members is problem else ("detail", "remedy")
        for name in names:
            assert HAN.search(members[name]), members
            assert members[f"{name}_en"].strip(), members
            assert not HAN.search(QUOTED.sub("", members[f"{name}_en"])), members
        assert members["detail_en"] != UNKNOWN.en, members


def a_path(template: str) -> str:
    return re.sub(r"\{\w+\}", SOMEBODY, template)


@pytest.fixture
def pairs(app: Any) -> list[tuple[str, str, str]]:
    """Every route of the interface: its address, verb and name."""
    return sorted(
        (path, verb, view.__name__)
        for (path, verb), view in operations(app).items()
        if path.startswith("/v1/")
    )


def test_every_route_refuses_hostile_requests_in_both_languages(
    pairs: list[tuple[str, str, str]], sign_in: Any
) -> None:
    people = [sign_in(Role.INVESTIGATOR), sign_in(Role.ADMINISTRATOR)]
    assert EXAMPLES == PUBLISHED
    for path, verb, name in pairs:
        file = EXAMPLES / f"{name}.json"
        example = json.loads(file.read_text()).get("request") if file.exists() else None
        for person in people:
            address = a_path(path)
            for query in ("", "?nonsense=1", "?limit=x&after=x&at=x&level=9&near=1&bbox=2&state=q"):
                told_well(person.open(verb.upper(), address + query))
            for condition in ({}, {"If-None-Match": "*"}, {"If-Match": "x"}, {"If-Match": '"9"'}):
                told_well(person.open(verb.upper(), address, json=example, headers=condition))
            told_well(person.open(verb.upper(), address, data=b"<a/>", content_type="text/xml"))
        if verb in {"put", "post", "patch"}:
            for body in hostile_bodies(example):
                told_well(
                    people[0].open(
                        verb.upper(),
                        a_path(path),
                        data=body,
                        content_type="application/json",
                        headers={"If-None-Match": "*", "Tus-Resumable": "1.0.0"},
                    )
                )
        told_well(people[0].client.open(a_path(path), method=verb.upper()))


@pytest.mark.parametrize(
    "path", ["/nope", "/v1/nope", "/v1/scenes/nope", "/v1/users/%00", "/v1/me"]
)
def test_addresses_and_verbs_that_are_not_there_are_told_in_both_languages(
    app: Any, path: str
) -> None:
    for verb in ("GET", "PUT", "TRACE", "PROPFIND"):
        told_well(app.test_client().open(path, method=verb))


def test_every_message_of_a_field_has_words_of_ours() -> None:
    used = (
        fields.Field, fields.Nested, fields.List, fields.Dict, fields.String, fields.UUID,
        fields.Integer, fields.Float, fields.Boolean, fields.AwareDateTime, fields.Date,
        fields.Enum,
    )  # fmt: skip
    values = {"obj_type": "datetime", "awareness": "aware", "input": "x", "choices": "a, b"}
    for field in used:
        for cls in inspect.getmro(field):
            for key, message in getattr(cls, "default_error_messages", {}).items():
                if key != "validator_failed":  # nobody gives a bare True or False
                    assert said(message.format(**values)) is not UNKNOWN, message
    for rule in (
        validate.Length(1, 2), validate.Length(1), validate.Length(max=2), validate.Length(equal=3),
        validate.Range(5, 6), validate.Range(5), validate.Range(max=2, max_inclusive=False),
        validate.OneOf([1]), validate.Regexp("x"),
    ):  # fmt: skip
        with pytest.raises(validate.ValidationError) as refused:
            rule(4 if isinstance(rule, validate.Range | validate.OneOf) else "")
            rule("long enough")
        assert said(refused.value.messages[0]) is not UNKNOWN, refused.value
    assert said("something else") is UNKNOWN


def test_a_range_is_said_whole() -> None:
    words = said("Must be greater than or equal to 1 and less than or equal to 9.")
    assert (words.zh, words.en) == (
        "应不小于1且不大于9",
        "it should be greater than or equal to 1 and less than or equal to 9",
    )
    assert said("Must be less than 3.").zh == "应小于3"
