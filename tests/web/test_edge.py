"""The edge: what comes in wrong is refused in words, with a pointer, and never with a 5xx."""

from io import RawIOBase
from typing import Any
from uuid import uuid4

import pytest

from service.domain.depth import DEPTH_LIMIT
from service.domain.powers import Role
from service.web.body import MAX_ADDRESS


@pytest.fixture
def administrator(sign_in: Any) -> Any:
    """Somebody who may write."""
    return sign_in(Role.ADMINISTRATOR)


def _send(person: Any, data: bytes, content_type: str = "application/json", **headers: str) -> Any:
    return person.open(
        "PUT",
        f"/v1/posts/{uuid4()}",
        data=data,
        content_type=content_type,
        headers={"If-None-Match": "*"} | headers,
    )


def test_a_body_of_another_type_is_refused(administrator: Any) -> None:
    assert _send(administrator, b"<a/>", "text/xml").status_code == 415


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"a": tru}'])
def test_a_body_that_is_no_json_is_refused(administrator: Any, data: bytes) -> None:
    answer = _send(administrator, data)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("data", [b"[]", b"null", b"1", b'"text"', b"NaN"])
def test_a_body_that_is_no_object_is_refused(administrator: Any, data: bytes) -> None:
    assert _send(administrator, data).status_code == 422


def test_nesting_over_the_limit_is_refused_with_its_place(administrator: Any) -> None:
    deep = b'{"a": [0, ' + b"[" * DEPTH_LIMIT + b"]" * DEPTH_LIMIT + b"]}"
    answer = _send(administrator, deep)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].startswith("/a/1/0/0")


def test_a_hundred_thousand_levels_are_refused_too(administrator: Any) -> None:
    assert _send(administrator, b'{"a":' * 100_000).status_code == 422


def test_brackets_inside_text_are_no_nesting(administrator: Any) -> None:
    answer = _send(administrator, b'{"name": "' + b"[" * 200 + b'"}')
    assert {e["pointer"] for e in answer.json["errors"]} >= {"/kind"}


def test_a_body_over_the_size_limit_is_refused_before_it_is_read(administrator: Any) -> None:
    answer = _send(administrator, b" " * 2_000_001)
    assert answer.status_code == 413
    assert answer.json["limit"] == 2_000_000


def test_a_body_of_no_announced_length_is_read_no_further_than_may_be_sent(app: Any) -> None:
    class Endless(RawIOBase):
        """Blanks that never end."""

        asked = 0

        def readinto(self, into: Any) -> int:
            self.asked += len(into)
            assert self.asked < 4_000_000
            into[:] = b" " * len(into)
            return len(into)

    answer = app.test_client().post(
        "/v1/sessions",
        headers={"Transfer-Encoding": "chunked", "Content-Type": "application/json"},
        environ_overrides={"wsgi.input": Endless(), "wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert answer.json["limit"] == 2_000_000


@pytest.mark.parametrize("header", ["seven", '"x"', "W/7", '"1", "2"'])
def test_an_if_match_that_is_no_etag_of_ours_is_refused(administrator: Any, header: str) -> None:
    answer = administrator.open(
        "PUT",
        f"/v1/posts/{uuid4()}",
        json={"kind": "station", "name": "n", "short_name": "s", "division_code": "150102"},
        headers={"If-Match": header},
    )
    assert answer.status_code == 422


def test_a_write_needs_a_key_that_is_a_uuid(administrator: Any) -> None:
    body = {"kind": "station", "name": "n", "short_name": "s", "division_code": "150102"}
    path = f"/v1/posts/{uuid4()}"
    assert administrator.put(path, body, headers={"Idempotency-Key": ""}).status_code == 428
    assert administrator.put(path, body, headers={"Idempotency-Key": "x"}).status_code == 422


def test_an_unknown_address_and_a_wrong_verb_are_problems_too(app: Any) -> None:
    client = app.test_client()
    for answer, status in ((client.get("/v1/nothing"), 404), (client.put("/v1/me"), 405)):
        assert (answer.status_code, answer.json["status"]) == (status, status)
        assert answer.content_type == "application/problem+json"


def test_a_browser_gets_a_page_for_an_address_that_is_not_there(app: Any) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    client = app.test_client()
    page = client.get("/nope", headers=browser)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "这里没有这个网页" in page.text
    assert "There is no such page here" in client.get("/nope?lang=en", headers=browser).text
    for accept in ("*/*", "application/json", "application/problem+json, text/html;q=0.5"):
        answer = client.get("/nope", headers={"Accept": accept})
        assert answer.content_type == "application/problem+json"


def test_an_address_longer_than_any_of_ours_is_refused_in_words(app: Any) -> None:
    answer = app.test_client().get("/v1/incidents?text=" + "x" * MAX_ADDRESS)
    assert (answer.status_code, answer.json["type"]) == (414, "/problems/address-too-long")
    assert answer.json["limit"] == MAX_ADDRESS


def test_every_answer_has_a_request_id_and_guards(app: Any) -> None:
    answer = app.test_client().get("/healthz", headers={"X-Request-Id": "phone-0001"})
    assert answer.headers["X-Request-Id"] == "phone-0001"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_a_mistake_of_ours_tells_nothing_but_its_request_id(app: Any) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert b"secret" not in answer.data
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_the_cookie_does_not_write(app: Any, sign_in: Any) -> None:
    person = sign_in(Role.ADMINISTRATOR)
    client = app.test_client()
    client.set_cookie("handback-session", person.token)
    assert client.get("/v1/me").status_code == 200
    answer = client.put(
        f"/v1/posts/{uuid4()}",
        json={"kind": "station", "name": "n", "short_name": "s", "division_code": "150102"},
        headers={"Idempotency-Key": str(uuid4()), "If-None-Match": "*"},
    )
    assert answer.status_code == 401
