"""Temporary grants, systems' keys, and what stays on record of what was refused, over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.domain.powers import Role
from tests.conftest import PASSWORD
from tests.web.conftest import Told


def a_grant(user: Any, post: Any, database: Any, **more: Any) -> dict[str, Any]:
    """A crew member stands in for a reviewer for two days."""
    return {
        "user_id": str(user.officer.id),
        "role": "reviewer",
        "post_id": str(post.id),
        "reason": "王科长休假",
        "ends_at": (database.clock() + timedelta(days=2)).isoformat(),
    } | more


@pytest.fixture
def chief(sign_in: Any, brigade: Any) -> Any:
    """The administrator of the detachment."""
    return sign_in(Role.ADMINISTRATOR, brigade.detachment)


def under(app: Any, database: Any, person: Any, grant_id: Any) -> Any:
    """Sign the person in under the grant."""
    username = database.read(lambda work: work.people.user(person.officer.id)).username
    body = {"username": username, "password": PASSWORD, "grant_id": str(grant_id)}
    return app.test_client().post("/v1/sessions", json=body)


def test_a_person_acts_under_a_grant_until_it_is_taken_back(
    app: Any, chief: Any, crew: Any, database: Any, brigade: Any, told: Told
) -> None:
    id, body = uuid4(), a_grant(crew, brigade.brigade, database)
    made = told("put_grant", chief.put(f"/v1/grants/{id}", body), body)
    assert chief.put(f"/v1/grants/{id}", body).status_code == 200, "the same again"
    other = chief.put(f"/v1/grants/{id}", body | {"reason": "另一原因"})
    assert (other.status_code, other.json["type"]) == (409, "/problems/grant-fixed")
    [offered] = crew.get("/v1/me").json["grants"]
    assert offered["id"] == made["id"]
    assert crew.get("/v1/supervision/warnings").status_code == 403
    token = under(app, database, crew, id).json["token"]
    headers = {"Authorization": f"Bearer {token}"}
    me = app.test_client().get("/v1/me", headers=headers).json
    assert (me["role"], me["post"]["id"]) == ("reviewer", str(brigade.brigade.id))
    late = app.test_client().get("/v1/supervision/warnings", headers=headers)
    assert late.status_code == 200
    ended = told("post_grant_end", chief.post(f"/v1/grants/{id}/end", {}), {})
    assert ended["ended_at"]
    assert chief.post(f"/v1/grants/{id}/end", {}).json == ended, "once is enough"
    assert app.test_client().get("/v1/me", headers=headers).status_code == 401
    assert under(app, database, crew, id).json["type"] == "/problems/grant-unknown"
    assert told("get_grants", chief.get("/v1/grants"))[0]["id"] == str(id)


def test_a_grant_ends_by_itself_and_so_does_what_was_opened_under_it(
    app: Any, chief: Any, crew: Any, database: Any, brigade: Any
) -> None:
    id = uuid4()
    soon = (database.clock() + timedelta(minutes=10)).isoformat()
    chief.put(f"/v1/grants/{id}", a_grant(crew, brigade.brigade, database, ends_at=soon))
    answer = under(app, database, crew, id).json
    assert answer["expires_at"] < (database.clock() + timedelta(minutes=11)).isoformat()
    clock = database.clock
    database.clock = lambda: clock() + timedelta(minutes=10)
    headers = {"Authorization": f"Bearer {answer['token']}"}
    assert app.test_client().get("/v1/me", headers=headers).status_code == 401


def test_a_grant_is_refused_beyond_the_jurisdiction_and_beyond_its_term(
    chief: Any, crew: Any, database: Any, brigade: Any
) -> None:
    def refused(**more: Any) -> tuple[int, str]:
        body = a_grant(crew, brigade.brigade, database) | more
        answer = chief.put(f"/v1/grants/{uuid4()}", body)
        return answer.status_code, answer.json["errors"][0]["pointer"]

    assert refused(post_id=str(brigade.corps.id)) == (403, "manage-people")
    assert refused(user_id=str(uuid4())) == (404, "/user_id")
    assert refused(post_id=str(uuid4())) == (404, "/post_id")
    assert refused(ends_at="2020-01-01T00:00:00Z") == (422, "/ends_at")
    assert refused(ends_at="2099-01-01T00:00:00Z") == (422, "/ends_at")
    assert refused(role="system") == (422, "/role")
    assert chief.post(f"/v1/grants/{uuid4()}/end", {}).status_code == 404


def test_another_ones_grant_is_no_use(
    app: Any, chief: Any, crew: Any, sign_in: Any, database: Any, brigade: Any
) -> None:
    id = uuid4()
    chief.put(f"/v1/grants/{id}", a_grant(crew, brigade.brigade, database))
    assert under(app, database, sign_in(Role.CREW), id).status_code == 404


def test_a_system_reads_what_its_key_names_and_nothing_else(
    app: Any, chief: Any, incident: Any, database: Any, brigade: Any, told: Told
) -> None:
    body = {"name": "GIS", "post_id": str(brigade.brigade.id), "scopes": ["list-incidents"]}
    made = told("post_system_key", chief.post("/v1/system-keys", body), body)
    gis, headers = app.test_client(), {"Authorization": f"Bearer {made['key']}"}
    [listed] = gis.get("/v1/incidents", headers=headers).json["incidents"]
    assert listed["id"] == str(incident)
    assert gis.get(f"/v1/incidents/{incident}", headers=headers).status_code == 403
    assert gis.get("/v1/scenes", headers=headers).status_code == 403, "its key does not name it"
    me = gis.get("/v1/me", headers=headers).json
    assert (me["name"], me["role"], me["scopes"]) == ("GIS", "system", ["list-incidents"])
    [kept] = told("get_system_keys", chief.get("/v1/system-keys"))
    assert kept["key"] is None
    ended = told("post_system_key_end", chief.post(f"/v1/system-keys/{kept['id']}/end", {}), {})
    assert chief.post(f"/v1/system-keys/{kept['id']}/end", {}).json == ended
    assert gis.get("/v1/incidents", headers=headers).status_code == 401
    assert chief.post(f"/v1/system-keys/{uuid4()}/end", {}).status_code == 404


def test_no_system_is_let_write_and_no_key_lasts_for_ever(chief: Any, brigade: Any) -> None:
    body = {"name": "GIS", "post_id": str(brigade.brigade.id), "scopes": ["register"]}
    refused = chief.post("/v1/system-keys", body)
    assert refused.json["errors"][0]["pointer"] == "/scopes/0"
    assert chief.post("/v1/system-keys", body | {"days": 400}).status_code == 422


def test_what_was_refused_as_unauthorised_is_on_record_for_the_supervisor(
    sign_in: Any, crew: Any, brigade: Any, told: Told
) -> None:
    supervisor = sign_in(Role.SUPERVISOR)
    for _ in range(3):
        crew.get("/v1/supervision/figures", query_string={"month": "2026-01"})
    first = told("get_refusals", supervisor.get("/v1/supervision/refusals?limit=2"))
    rest = supervisor.get(f"/v1/supervision/refusals?before={first['next']}").json
    tried = [*first["refusals"], *rest["refusals"]]
    assert len({each["id"] for each in tried}) == 3
    assert rest["next"] is None
    assert tried[0]["officer_id"] == str(crew.officer.id)
    assert (tried[0]["operation"], tried[0]["why"]) == ("supervise", "/problems/role-not-allowed")
    assert tried[0]["route"] == "/v1/supervision/figures"
    station = {"post_id": str(brigade.other_station.id)}
    assert supervisor.get("/v1/supervision/refusals", query_string=station).json == {
        "refusals": [],
        "next": None,
    }
    wrong = supervisor.get("/v1/supervision/refusals?before=x")
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/before")
