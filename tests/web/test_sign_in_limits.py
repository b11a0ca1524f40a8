"""Signing in too often is answered 429 with a time, in words, at the wire and on the form."""

from datetime import timedelta
from typing import Any

import pytest

from service.domain.powers import Role
from tests.conftest import PASSWORD

FAR = {"REMOTE_ADDR": "203.0.113.5"}


@pytest.fixture
def username(sign_in: Any, database: Any) -> str:
    """A crew member's; the clock stands still."""
    now = database.clock()
    database.clock = lambda: now
    officer = sign_in(Role.CREW).officer
    return str(database.read(lambda work: work.people.user(officer.id)).username)


def guess(app: Any, username: str, password: str, **environ: str) -> Any:
    body = {"username": username, "password": password}
    return app.test_client().post("/v1/sessions", json=body, environ_base=environ)


def test_a_guesser_waits_and_the_officer_elsewhere_does_not(
    app: Any, username: str, database: Any
) -> None:
    for _ in range(5):
        assert guess(app, username, "wrong", **FAR).status_code == 401
    refused = guess(app, username, PASSWORD, **FAR)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
    assert (refused.json["type"], refused.json["retry_after"]) == (
        "/problems/too-many-sign-ins",
        10,
    )
    assert "10秒" in refused.json["detail"] and "10 s" in refused.json["detail_en"]
    assert guess(app, username, PASSWORD).status_code == 201
    now = database.clock() + timedelta(seconds=10)
    database.clock = lambda: now
    assert guess(app, username, PASSWORD, **FAR).status_code == 201


def test_an_unknown_name_is_slowed_as_a_known_one_is(app: Any) -> None:
    answers = [guess(app, "nobody", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]


def test_the_form_says_how_long_to_wait(app: Any, username: str) -> None:
    client, form = app.test_client(), {"username": username, "password": "wrong"}
    for _ in range(5):
        client.post("/sign-in", data=form)
    answer = client.post("/sign-in", data=form | {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert "请在10秒后再试" in answer.text
    english = client.post("/sign-in?lang=en", data=form)
    assert "try again in 10 s" in english.text
