"""Sessions carried on by refresh tokens: each good once, copies found out, lost answers given."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.domain.powers import Role
from tests.conftest import PASSWORD
from tests.web.conftest import Told
from tests.web.test_grants import a_grant, under

MINUTES = 60


@pytest.fixture
def opened(app: Any, crew: Any, database: Any) -> dict[str, Any]:
    """What a crew member got on signing in; the clock stands still."""
    now = database.clock()
    database.clock = lambda: now
    username = database.read(lambda work: work.people.user(crew.officer.id)).username
    body = {"username": username, "password": PASSWORD, "device": "值班手机2"}
    found: dict[str, Any] = app.test_client().post("/v1/sessions", json=body).json
    return found


def refresh(app: Any, session: dict[str, Any], key: str = "") -> Any:
    body = {"refresh_token": session["refresh_token"]}
    headers = {"Idempotency-Key": key or str(uuid4())}
    return app.test_client().post("/v1/sessions/refresh", json=body, headers=headers)


def me(app: Any, session: dict[str, Any]) -> int:
    headers = {"Authorization": f"Bearer {session['token']}"}
    return int(app.test_client().get("/v1/me", headers=headers).status_code)


def later(database: Any, **passed: float) -> None:
    """Let time pass."""
    now = database.clock() + timedelta(**passed)
    database.clock = lambda: now


def test_a_session_is_carried_on_and_each_pair_replaces_the_one_before(
    app: Any, database: Any, opened: dict[str, Any], told: Told
) -> None:
    session = opened
    for _ in range(3):
        later(database, minutes=MINUTES)
        assert me(app, session) == 401
        asked = {"refresh_token": session["refresh_token"]}
        renewed = told("post_session_refresh", refresh(app, session), asked)
        assert (renewed["id"], renewed["ends_at"]) == (opened["id"], opened["ends_at"])
        assert renewed["expires_at"] > session["expires_at"]
        assert me(app, renewed) == 200
        session = renewed
    early = refresh(app, session).json
    assert (me(app, session), me(app, early)) == (401, 200)


def test_a_token_used_twice_ends_the_session_and_is_on_record(
    app: Any, opened: dict[str, Any], crew: Any, sign_in: Any
) -> None:
    thief = refresh(app, opened).json
    refused = refresh(app, opened)
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/refresh-token-reused")
    assert "复制" in refused.json["detail"] and "copy" in refused.json["detail_en"]
    assert me(app, thief) == 401
    gone = refresh(app, thief)
    assert (gone.status_code, gone.json["type"]) == (401, "/problems/refresh-token-not-good")
    [tried] = sign_in(Role.SUPERVISOR).get("/v1/supervision/refusals").json["refusals"]
    assert (tried["officer_id"], tried["operation"]) == (str(crew.officer.id), "renew-session")
    assert (tried["why"], tried["route"]) == (
        "/problems/refresh-token-reused",
        "/v1/sessions/refresh",
    )
    assert crew.get("/v1/me").status_code == 200, "other sessions of the person go on"


def test_an_answer_that_was_lost_is_given_again_until_the_next_is_used(
    app: Any, database: Any, opened: dict[str, Any]
) -> None:
    key = str(uuid4())
    first = refresh(app, opened, key).json
    later(database, minutes=MINUTES + 1)
    assert refresh(app, opened, key).json == first
    second = refresh(app, first).json
    assert me(app, second) == 200
    assert refresh(app, opened, key).json["type"] == "/problems/refresh-token-reused"
    assert me(app, second) == 401


def test_a_copy_without_the_key_cannot_make_the_pair(app: Any, opened: dict[str, Any]) -> None:
    key = str(uuid4())
    refresh(app, opened, key)
    other = refresh(app, opened, str(uuid4()))
    assert other.json["type"] == "/problems/refresh-token-reused"


def test_a_session_ends_for_good_after_its_days(
    app: Any, database: Any, opened: dict[str, Any]
) -> None:
    later(database, days=30, seconds=-1)
    last = refresh(app, opened).json
    assert last["expires_at"] == last["ends_at"] == opened["ends_at"]
    later(database, seconds=1)
    assert refresh(app, last).status_code == 401
    assert me(app, last) == 401


def test_what_was_signed_out_or_cut_off_is_not_carried_on(
    app: Any, opened: dict[str, Any], crew: Any, sign_in: Any
) -> None:
    headers = {"Authorization": f"Bearer {opened['token']}"}
    assert app.test_client().delete("/v1/sessions/current", headers=headers).status_code == 204
    assert refresh(app, opened).json["type"] == "/problems/refresh-token-not-good"
    assert refresh(app, {"refresh_token": "never given"}).status_code == 401


def test_somebody_who_left_does_not_carry_on(
    app: Any, opened: dict[str, Any], crew: Any, sign_in: Any
) -> None:
    administrator, path = sign_in(Role.ADMINISTRATOR), f"/v1/users/{crew.officer.id}"
    person = administrator.get(path).json
    body = {name: person[name] for name in ("username", "name", "role", "post_id")}
    assert administrator.put(path, body | {"active": False}, version=1).status_code == 200
    assert refresh(app, opened).status_code == 401


def test_a_session_under_a_grant_ends_with_it(
    app: Any, database: Any, crew: Any, sign_in: Any, brigade: Any
) -> None:
    chief, id = sign_in(Role.ADMINISTRATOR, brigade.detachment), uuid4()
    grant = a_grant(crew, brigade.brigade, database)
    chief.put(f"/v1/grants/{id}", grant)
    session = under(app, database, crew, id).json
    renewed = refresh(app, session).json
    assert renewed["user"]["role"] == "reviewer"
    assert renewed["user"]["post"]["id"] == str(brigade.brigade.id)
    assert renewed["ends_at"] < (database.clock() + timedelta(days=3)).isoformat()
    chief.post(f"/v1/grants/{id}/end", {})
    assert refresh(app, renewed).json["type"] == "/problems/refresh-token-not-good"


def test_a_refresh_brings_a_key(app: Any, opened: dict[str, Any]) -> None:
    body = {"refresh_token": opened["refresh_token"]}
    answer = app.test_client().post("/v1/sessions/refresh", json=body)
    assert answer.status_code == 428
    assert refresh(app, opened).status_code == 200
