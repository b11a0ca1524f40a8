"""JSON as it comes in: each name once, whole characters, and no text that takes long to refuse."""

from typing import Any
from uuid import uuid4

import pytest

from service.domain.errors import HalfCharacter, Invalid, NameTwice, NestedTooDeep
from service.domain.powers import Role
from service.web.json_text import deepest, read_json


def refusal_of(raw: bytes) -> Invalid:
    with pytest.raises(Invalid) as refused:
        read_json(raw)
    return refused.value


def test_a_million_escapes_in_a_text_without_an_end_are_refused_as_fast_as_they_are_read() -> None:
    endless = b'["' + b'\\"' * 1_000_000
    with pytest.raises(ValueError, match="Unterminated"):
        read_json(b"[" + b"[]," * 70 + endless)
    assert isinstance(refusal_of(b"[" * 70 + endless), NestedTooDeep)
    assert isinstance(refusal_of(b"[" + endless[1:] + b'",' + b"[" * 70), NestedTooDeep)


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        (b"1", 0),
        (b'"[["', 0),
        (b'[{"a\\"[": "\\\\"}, [[]]]', 3),
        ('["火\\\\", [0]]'.encode(), 2),
    ],
)
def test_brackets_within_texts_are_not_counted(raw: bytes, levels: int) -> None:
    assert deepest(raw) == levels


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (b'{"a": 1, "b": 2, "a": 1}', "/a"),
        (b'{"a/b": [0, {"c": "c"}, {"c": 1, "\\u0063": 2}]}', "/a~1b/2/c"),
        (b'{"a": {"": 1, "": 1}}', "/a/"),
    ],
)
def test_a_name_twice_in_an_object_is_refused_with_its_place(raw: bytes, pointer: str) -> None:
    refused = refusal_of(raw)
    assert isinstance(refused, NameTwice)
    assert refused.faults[0].pointer == pointer


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (b'"\\ud800"', ""),
        (b'{"a": ["x", "y\\uDFFF"]}', "/a/1"),
        (b'{"a": {"b\\ud800": 1}}', "/a"),
        (b'["\\ud83d\\ude00", "\\ude00\\ud83d"]', "/1"),
    ],
)
def test_half_a_character_is_refused_with_its_place(raw: bytes, pointer: str) -> None:
    refused = refusal_of(raw)
    assert isinstance(refused, HalfCharacter)
    assert refused.faults[0].pointer == pointer


def test_whole_characters_and_names_of_other_objects_are_read() -> None:
    raw = b'[{"a": "\\ud83d\\ude00 \\\\ud800"}, {"a": "a"}]'
    assert read_json(raw) == [{"a": "😀 \\ud800"}, {"a": "a"}]


@pytest.mark.parametrize(
    ("tail", "refusal"),
    [(b"[" * 70, NestedTooDeep), (b'"\\ud800"]', HalfCharacter), (b'{"a":1,"a":1}]', NameTwice)],
)
def test_what_is_wrong_far_into_a_long_body_is_refused_without_its_place(
    tail: bytes, refusal: type[Invalid]
) -> None:
    refused = refusal_of(b"[" + b"1," * 500_001 + tail)
    assert isinstance(refused, refusal)
    assert refused.faults[0].pointer == ""


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/v1/sessions", b'{"username": "\\ud800", "password": "x"}', "/username"),
        ("/v1/sessions", b'{"username": "x", "password": "\\ud800"}', "/password"),
        ("/v1/sessions", b'{"username": "x", "password": "x", "\\udfff": 1}', ""),
        ("/v1/sessions", b'{"username": "x", "password": "x", "username": "y"}', "/username"),
    ],
)
def test_a_sign_in_with_such_a_body_is_refused_in_words(
    app: Any, path: str, body: bytes, pointer: str
) -> None:
    answer = app.test_client().post(path, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


def test_a_plan_with_half_a_character_in_a_property_is_refused_with_its_place(
    sign_in: Any,
) -> None:
    body = b'{"geojson": {"features": [{"properties": {"name": "\\ud800"}}]}}'
    answer = sign_in(Role.INVESTIGATOR).open(
        "PUT",
        f"/v1/scenes/{uuid4()}/plan",
        data=body,
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/geojson/features/0/properties/name"
