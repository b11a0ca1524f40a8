"""Sessions on devices: seen, ended one by one by their person, all at once by an administrator."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.powers import Role
from service.operations.end_sessions import STREAM
from tests.conftest import PASSWORD
from tests.web.conftest import Told

PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0.0.0 Mobile Safari/537.36"
}


def signed_in_on(app: Any, database: Any, person: Any, device: str | None) -> Any:
    """The person signs in on another device: its client's headers."""
    username = database.read(lambda work: work.people.user(person.officer.id)).username
    body = {"username": username, "password": PASSWORD}
    named = {} if device is None else {"device": device}
    answer = app.test_client().post("/v1/sessions", json=body | named, headers=PHONE)
    return {"Authorization": f"Bearer {answer.json['token']}"}


@pytest.fixture
def phone(app: Any, database: Any, crew: Any) -> dict[str, str]:
    """The headers of a phone of the crew member's."""
    headers: dict[str, str] = signed_in_on(app, database, crew, "值班手机2")
    return headers


def test_one_sees_where_one_is_signed_in(
    app: Any, database: Any, crew: Any, phone: dict[str, str], told: Told
) -> None:
    clock = database.clock
    database.clock = lambda: clock() + timedelta(seconds=1)
    signed_in_on(app, database, crew, None)
    answer = app.test_client().get("/v1/me/sessions", headers=phone)
    nameless, own, first = told("get_own_sessions", answer)
    assert (own["device"], own["current"]) == ("值班手机2", True)
    assert own["agent"] == PHONE["User-Agent"][:100]
    assert own["began_at"] == own["used_at"] < own["ends_at"]
    assert (nameless["device"], nameless["current"], first["current"]) == (None, False, False)


def test_one_signs_out_on_another_device(
    app: Any, crew: Any, phone: dict[str, str], sign_in: Any
) -> None:
    client = app.test_client()
    [own] = [each for each in crew.get("/v1/me/sessions").json if each["device"]]
    path = f"/v1/me/sessions/{own['id']}"
    other = sign_in(Role.CREW)
    assert other.open("DELETE", path).json["type"] == "/problems/session-unknown"
    assert client.get("/v1/me", headers=phone).status_code == 200
    assert [crew.open("DELETE", path).status_code for _ in range(2)] == [204, 204]
    assert client.get("/v1/me", headers=phone).status_code == 401
    assert len(crew.get("/v1/me/sessions").json) == 1
    assert crew.open("DELETE", f"/v1/me/sessions/{uuid4()}").status_code == 404


def test_a_lost_phone_is_cut_off_at_once(
    app: Any, database: Any, crew: Any, phone: dict[str, str], sign_in: Any, told: Told
) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    path, key = f"/v1/users/{crew.officer.id}/sessions/end", {"Idempotency-Key": str(uuid4())}
    body = told("post_sessions_end", administrator.post(path, {}, headers=key), {})
    assert body == {"user_id": str(crew.officer.id), "ended": 2}
    assert app.test_client().get("/v1/me", headers=phone).status_code == 401
    assert crew.get("/v1/me").status_code == 401
    assert administrator.post(path, {}, headers=key).json == body, "the same once more"
    assert administrator.post(path, {}).json["ended"] == 0
    kept = database.read(lambda work: work.events.read(STREAM, UUID(body["user_id"])))
    assert [(each.event.ended, each.officer_id) for each in kept] == [
        (2, administrator.officer.id),
        (0, administrator.officer.id),
    ]
    assert administrator.post(f"/v1/users/{uuid4()}/sessions/end", {}).status_code == 404


def test_the_last_use_is_noted_once_an_hour(app: Any, database: Any, crew: Any) -> None:
    began = database.clock()

    def used_after(minutes: int) -> Any:
        database.clock = lambda: began + timedelta(minutes=minutes)
        crew.get("/v1/me")
        [own] = database.read(lambda work: work.sessions.of_user(crew.officer.id, work.now))
        return round((own.used_at - began) / timedelta(minutes=1))

    assert [used_after(minutes) for minutes in (59, 61, 90, 122)] == [0, 61, 61, 122]


def test_a_system_is_signed_in_nowhere(app: Any, sign_in: Any, brigade: Any) -> None:
    body = {"name": "GIS", "post_id": str(brigade.brigade.id), "scopes": ["list-incidents"]}
    key = sign_in(Role.ADMINISTRATOR).post("/v1/system-keys", body).json["key"]
    headers = {"Authorization": f"Bearer {key}"}
    assert app.test_client().get("/v1/me/sessions", headers=headers).json == []


def new_password(chief: Any, person: Any) -> int:
    """The administrator gives somebody another password."""
    path = f"/v1/users/{person.officer.id}"
    answer = chief.get(path)
    kept = ("username", "name", "role", "post_id", "active")
    body = {name: answer.json[name] for name in kept} | {"password": "another horse battery"}
    status: int = chief.put(path, body, version=answer.json["version"]).status_code
    return status


def test_a_changed_password_ends_the_persons_sessions(
    app: Any, crew: Any, phone: dict[str, str], sign_in: Any
) -> None:
    assert new_password(sign_in(Role.ADMINISTRATOR), crew) == 200
    assert crew.get("/v1/me").status_code == 401
    assert app.test_client().get("/v1/me", headers=phone).status_code == 401


def test_who_changes_the_own_password_stays_signed_in_here_alone(
    app: Any, database: Any, sign_in: Any
) -> None:
    chief = sign_in(Role.ADMINISTRATOR)
    other = signed_in_on(app, database, chief, "值班手机2")
    assert new_password(chief, chief) == 200
    assert chief.get("/v1/me").status_code == 200
    assert app.test_client().get("/v1/me", headers=other).status_code == 401
