"""People and codes as docs/api/examples show them; WRITE_EXAMPLES=1 renews the files."""

from typing import Any
from uuid import uuid4

from service.domain.powers import Role
from tests.conftest import PASSWORD
from tests.web.conftest import Told
from tests.web.test_owner import a_party, change
from tests.web.test_owner import site as site


def test_people_are_as_the_examples_show(app: Any, sign_in: Any, brigade: Any, told: Told) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    station = {
        "parent_id": str(brigade.brigade.id),
        "kind": "station",
        "name": "西站",
        "short_name": "呼新三",
        "division_code": "150102",
        "phone": "0471-555-0119",
    }
    post_id, user_id = uuid4(), uuid4()
    told("put_post", administrator.put(f"/v1/posts/{post_id}", station), station)
    told("get_post", administrator.get(f"/v1/posts/{post_id}"))
    told("get_posts", administrator.get("/v1/posts"))
    person = {
        "username": "wang",
        "name": "王强",
        "role": "crew",
        "post_id": str(post_id),
        "active": True,
        "password": PASSWORD,
    }
    told("put_user", administrator.put(f"/v1/users/{user_id}", person), person)
    told("get_user", administrator.get(f"/v1/users/{user_id}"))
    told("get_users", administrator.get("/v1/users", query_string={"text": "王"}))
    asked = {"username": "wang", "password": PASSWORD}
    session = app.test_client().post("/v1/sessions", json=asked)
    told("post_session", session, asked)
    told("get_me", administrator.get("/v1/me"))


def test_codes_are_as_the_examples_show(app: Any, site: Any, told: Told) -> None:
    party = a_party("1")
    change(site, parties=(party,))
    path = f"/v1/incidents/{site.incident_id}"
    asked = {"party_id": str(party.id), "days": 30}
    code = told("post_owner_code", site.lead.post(f"{path}/owner-codes", asked), asked)
    told("post_notice_code", site.lead.post(f"{path}/notice-code", {}), {})
    told("get_codes", site.lead.get(f"{path}/owner-codes"))
    status = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]})
    told("get_status", status)
    ended = site.lead.open("DELETE", f"{path}/owner-codes/{code['id']}")
    told("delete_code", ended)
