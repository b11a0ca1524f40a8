"""Signing in, posts and people over HTTP."""

from typing import Any
from uuid import uuid4

from service.domain.powers import Role
from tests.conftest import PASSWORD


def test_a_person_signs_in_and_out(app: Any, sign_in: Any, database: Any) -> None:
    crew = sign_in(Role.CREW)
    username = database.read(lambda work: work.people.user(crew.officer.id)).username
    client = app.test_client()
    answer = client.post("/v1/sessions", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 201
    headers = {"Authorization": f"Bearer {answer.json['token']}"}
    assert client.get("/v1/me", headers=headers).json["post"]["name"] == "新城站"
    assert client.delete("/v1/sessions/current", headers=headers).status_code == 204
    assert client.get("/v1/me", headers=headers).status_code == 401


def test_an_investigator_finds_a_second_one_by_role_and_by_name(sign_in: Any, brigade: Any) -> None:
    lead, second = sign_in(Role.INVESTIGATOR), sign_in(Role.INVESTIGATOR)
    sign_in(Role.CREW)
    sign_in(Role.INVESTIGATOR, brigade.other_detachment)
    ids = {str(lead.officer.id), str(second.officer.id)}
    page = lead.get("/v1/users", query_string={"role": "investigator", "active": "true"}).json
    assert {user["id"] for user in page["users"]} == ids
    assert "password_hash" not in page["users"][0]
    username = next(
        user["username"] for user in page["users"] if user["id"] != str(lead.officer.id)
    )
    [found] = lead.get("/v1/users", query_string={"text": username.upper()}).json["users"]
    assert found["id"] == str(second.officer.id)
    assert lead.get("/v1/users", query_string={"text": "%"}).json["users"] == []


def test_people_come_by_cursor_and_by_post_within_the_jurisdiction(
    sign_in: Any, brigade: Any
) -> None:
    lead, crew = sign_in(Role.INVESTIGATOR), sign_in(Role.CREW)
    first = lead.get("/v1/users", query_string={"limit": 1}).json
    second = lead.get("/v1/users", query_string={"limit": 1, "after": first["next"]}).json
    assert second["next"] is None
    assert {page["users"][0]["id"] for page in (first, second)} == {
        str(lead.officer.id),
        str(crew.officer.id),
    }
    station = {"post_id": str(brigade.station.id)}
    [at_station] = lead.get("/v1/users", query_string=station).json["users"]
    assert at_station["id"] == str(crew.officer.id)
    beyond = {"post_id": str(brigade.corps.id)}
    assert crew.get("/v1/users", query_string=beyond).json["type"].endswith("outside-jurisdiction")
    nowhere = lead.get("/v1/users", query_string={"post_id": str(uuid4())})
    assert (nowhere.status_code, nowhere.json["errors"][0]["pointer"]) == (404, "/post_id")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(app: Any, sign_in: Any) -> None:
    sign_in(Role.CREW)
    client = app.test_client()
    answers = [
        client.post("/v1/sessions", json={"username": name, "password": "wrong"}).json
        for name in ("nobody", "crew")
    ]
    assert {a["type"] for a in answers} == {"/problems/sign-in-failed"}


def test_the_same_request_under_the_same_key_is_answered_the_same(sign_in: Any) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    id, key = uuid4(), {"Idempotency-Key": str(uuid4())}
    body = {
        "parent_id": str(administrator.officer.post_id),
        "kind": "station",
        "name": "西站",
        "short_name": "呼新三",
        "division_code": "150102",
    }
    first = administrator.put(f"/v1/posts/{id}", body, headers=key)
    again = administrator.put(f"/v1/posts/{id}", body, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data
    other = administrator.put(f"/v1/posts/{id}", body | {"name": "北站"}, headers=key)
    assert other.status_code == 409
    assert other.json["type"] == "/problems/idempotency-key-reused"


def test_an_administrator_cannot_add_people_beside_the_own_post(sign_in: Any, brigade: Any) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    body = {
        "username": "wang",
        "name": "王",
        "role": "crew",
        "post_id": str(brigade.other_detachment.id),
        "password": "long enough",
    }
    answer = administrator.put(f"/v1/users/{uuid4()}", body)
    assert answer.json["type"] == "/problems/outside-jurisdiction"


def test_a_correction_needs_the_present_version(sign_in: Any, brigade: Any) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    body = {
        "parent_id": str(brigade.brigade.id),
        "kind": "station",
        "name": "新城特勤站",
        "short_name": "呼新一",
        "division_code": "150102",
    }
    path = f"/v1/posts/{brigade.station.id}"
    assert administrator.put(path, body, version=7).status_code == 412
    assert administrator.put(path, body, version=1).json["version"] == 2
    assert administrator.open("PUT", path, json=body).status_code == 428


def test_a_crew_member_manages_nobody(sign_in: Any) -> None:
    crew = sign_in(Role.CREW)
    body = {"username": "x", "name": "x", "role": "crew", "post_id": str(crew.officer.post_id)}
    answer = crew.put(f"/v1/users/{uuid4()}", body)
    assert answer.json["type"] == "/problems/role-not-allowed"
