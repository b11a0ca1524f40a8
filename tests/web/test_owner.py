"""Owners: the code handed over, the clean address, the page, and 304 while nothing changed."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from service.domain.incident import State, UnitConcerned, Utilities, Utility, UtilityState
from service.domain.party import Capacity, Party
from service.domain.powers import Role
from service.web.owner import COOKIE
from tests.web.scene_site import Site


def a_party(*unit_ids: str) -> Party:
    return Party(
        id=uuid4(),
        version=1,
        name="张三",
        capacity=Capacity.TENANT,
        id_number=None,
        phone=None,
        unit_ids=unit_ids,
    )


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    lead = sign_in(Role.INVESTIGATOR)
    return Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade).on_record()


@pytest.fixture
def sealed(site: Site) -> Site:
    return site.opened().planned().sealed()


def change(site: Site, **changes: Any) -> None:
    def act(work: Any) -> None:
        incident = work.incidents.get(site.incident_id)
        changed = replace(incident, version=incident.version + 1, **changes)
        work.incidents.put(changed, previous=incident.version)

    site.database.write(act)


def hand_over(site: Site, *unit_ids: str, **members: Any) -> dict[str, Any]:
    """Put a party on record and give it a code."""
    party = a_party(*unit_ids)
    change(site, parties=(party,))
    path = f"/v1/incidents/{site.incident_id}/owner-codes"
    answer = site.lead.post(path, {"party_id": str(party.id), **members})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def post_notice(site: Site) -> dict[str, Any]:
    answer = site.lead.post(f"/v1/incidents/{site.incident_id}/notice-code", {})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def test_a_code_leaves_the_address_for_a_cookie(app: Any, sealed: Site) -> None:
    answer = app.test_client().get(hand_over(sealed, "101")["path"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/s")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_the_cookie_ends_with_its_code(app: Any, sealed: Site) -> None:
    client = app.test_client()
    code = hand_over(sealed, "101", days=30)
    client.get(code["path"])
    ends_at = datetime.fromisoformat(code["expires_at"])
    assert client.get_cookie(COOKIE).expires == ends_at.replace(microsecond=0)


def test_a_sealed_owner_reads_why_what_remains_and_whom_to_call(app: Any, sealed: Site) -> None:
    client = app.test_client()
    page = client.get(hand_over(sealed, "101")["path"], follow_redirects=True).text
    assert '<h1 class="headline sealed"><small lang="zh-CN">Shop 101</small> 仍在封闭</h1>' in page
    assert "过火区域" in page and "还需要什么" in page and "0471-0000119" in page
    assert '<path class="mine"' in page
    assert len(page.encode()) < 30_000
    english = client.get("/s?lang=en").text
    assert "Still sealed" in english and "What remains to be done" in english
    assert "Whom to call" in client.get("/s").text, "the language stays"


def test_an_open_unit_beside_a_sealed_one_reads_partly_open(app: Any, sealed: Site) -> None:
    page = app.test_client().get(hand_over(sealed, "101", "104")["path"], follow_redirects=True)
    assert "headline partly_open" in page.text


def test_nothing_inline_runs_but_the_drawings_own_style(app: Any, sealed: Site) -> None:
    page = app.test_client().get(hand_over(sealed, "101")["path"], follow_redirects=True)
    assert not re.search(r"<script(?! type=\"module\" src)| on[a-z]+=| style=\"", page.text)
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]


def test_the_present_stamp_gets_304_and_a_finding_ends_that(app: Any, sealed: Site) -> None:
    headers = {"Handback-Code": hand_over(sealed, "105")["code"]}
    first = app.test_client().get("/v1/status", headers=headers)
    assert first.json["headline"] == "sealed"
    again = {**headers, "If-None-Match": first.headers["ETag"]}
    assert app.test_client().get("/v1/status", headers=again).status_code == 304
    weak = {**headers, "If-None-Match": f'"x", W/{first.headers["ETag"]}'}
    assert app.test_client().get("/v1/status", headers=weak).status_code == 304
    cause = str(sealed.id("flue"))
    sealed.find("no flue", "cause_excluded", hold_id=cause, ground="intact")
    after = app.test_client().get("/v1/status", headers=again)
    assert (after.status_code, after.json["headline"]) == (200, "open")


def test_the_page_is_not_sent_twice_either(app: Any, sealed: Site) -> None:
    client = app.test_client()
    page = client.get(hand_over(sealed, "101")["path"], follow_redirects=True)
    again = {"If-None-Match": page.headers["ETag"]}
    kept = client.get("/s", headers=again)
    assert kept.status_code == 304
    policy = "Content-Security-Policy"
    assert policy not in kept.headers, "another one would take the style from the page's drawing"
    assert client.get("/s?lang=en", headers=again).status_code == 200


def test_a_notice_shows_units_and_their_state_and_nothing_else(app: Any, sealed: Site) -> None:
    code = post_notice(sealed)
    shown = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]}).json
    assert set(shown) == {"units"}
    assert set(shown["units"][0]) == {"unit", "name", "level", "state", "words"}
    page = app.test_client().get(code["path"]).text
    assert "Shop 101" in page and "过火区域" not in page and "李队" not in page
    forged = app.test_client()
    forged.set_cookie(COOKIE, code["code"])
    assert "过火区域" not in forged.get("/s").text, "nor by the owner's cookie"
    by_owner_path = app.test_client().get(f"/o/{code['code']}")
    assert by_owner_path.headers["Location"] == code["path"]


def test_a_notice_begins_with_how_many_are_sealed_and_then_names_them(
    app: Any, sealed: Site
) -> None:
    path = post_notice(sealed)["path"]
    page = app.test_client().get(path).text
    assert "13个单元中有3个封闭" in re.search(r"<h1.*?</h1>", page, re.DOTALL)[0]  # type: ignore[index]
    assert re.findall(r'<h2 class="state (\w+)"', page) == [
        "sealed",
        "open_with_conditions",
        "open",
    ]
    assert page.index("Shop 105") < page.index("Shop 103") < page.index("Shop 201")
    assert "新华大街1号" not in page and "0471-0000119" not in page, "the posted paper says that"
    english = app.test_client().get(path + "?lang=en").text
    assert "3 of 13 units are sealed" in english


def test_an_owner_of_many_units_reads_the_open_ones_by_name_alone(app: Any, sealed: Site) -> None:
    page = app.test_client().get(hand_over(sealed)["path"], follow_redirects=True).text
    assert page.count("<li class=") == page.count('<p class="state') == 4
    assert "<li>Shop 104</li>" in page


@pytest.mark.parametrize("path", ["/o/{}", "/n/{}"])
def test_a_guess_gets_the_page_that_every_guess_gets(app: Any, path: str, sealed: Site) -> None:
    ended = hand_over(sealed, "101")
    sealed.lead.open("DELETE", f"/v1/incidents/{sealed.incident_id}/owner-codes/{ended['id']}")
    answers = [app.test_client().get(path.format(code)) for code in ("guess", ended["code"])]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data
    assert app.test_client().get("/s").data == answers[0].data
    assert app.test_client().get("/v1/status").status_code == 404


def test_a_new_code_ends_the_old_one_and_a_repeat_does_not_show_it(app: Any, site: Site) -> None:
    old = hand_over(site, "101")
    path = f"/v1/incidents/{site.incident_id}/owner-codes"
    key = {"Idempotency-Key": str(uuid4())}
    body = {"party_id": old["party_id"], "days": 30}
    new = site.lead.post(path, body, headers=key)
    repeated = site.lead.post(path, body, headers=key)
    assert (repeated.status_code, repeated.json["code"]) == (200, None)
    assert app.test_client().get(old["path"]).status_code == 404
    assert app.test_client().get(new.json["path"]).status_code == 303
    listed = site.lead.get(path).json
    assert [code["ended_at"] is None for code in listed] == [False, True]
    assert new.json["code"] not in site.lead.get(path).text


def test_before_anything_is_decided_the_owner_is_asked_to_stay_out(app: Any, site: Site) -> None:
    page = app.test_client().get(hand_over(site, "101")["path"], follow_redirects=True)
    assert "headline undecided" in page.text


def test_owners_and_officers_read_the_same_state_of_every_unit(app: Any, site: Site) -> None:
    code = post_notice(site)

    def told() -> list[dict[str, str]]:
        shown = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]}).json
        scene = site.lead.get(site.path).json
        owners = {unit["unit"]: unit["state"] for unit in shown["units"]}
        officers = {unit["unit"]: unit["state"] for unit in scene["units"]}
        return [owners, officers]

    owners, officers = site.opened().planned() and told()
    assert owners == officers
    assert set(owners.values()) == {"undecided"}
    change(site, utilities=Utilities(gas=Utility(state=UtilityState.OFF)))
    owners, officers = site.sealed() and told()
    assert owners == officers
    assert (owners["101"], owners["104"]) == ("sealed", "open_with_conditions")


def test_an_owner_reads_the_own_unit_by_its_name_before_there_is_a_plan(
    app: Any, site: Site
) -> None:
    code = hand_over(site.opened(), "stall")
    change(site, units=(UnitConcerned(id="stall", name="王记五金", level=""),))
    shown = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]}).json
    [unit] = shown["units"]
    assert (unit["name"], unit["state"]) == ("王记五金", "undecided")


def test_a_registered_fire_reads_open_at_once(app: Any, site: Site) -> None:
    code = hand_over(site, "101")
    change(site, state=State.REGISTERED)
    shown = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]}).json
    assert shown["headline"] == "open"
    change(site, utilities=Utilities(gas=Utility(state=UtilityState.OFF)))
    shown = app.test_client().get("/v1/status", headers={"Handback-Code": code["code"]}).json
    assert shown["headline"] == "open_with_conditions"
    assert "供气单位" in shown["units"][0]["remains"][0]["zh"]


def test_only_a_party_gets_an_owners_code_and_only_a_known_one_is_ended(site: Site) -> None:
    path = f"/v1/incidents/{site.incident_id}/owner-codes"
    assert site.lead.post(path, {"party_id": str(uuid4())}).status_code == 404
    assert site.lead.open("DELETE", f"{path}/{uuid4()}").status_code == 404
    code = post_notice(site)
    for _ in range(2):
        assert site.lead.open("DELETE", f"{path}/{code['id']}").status_code == 200
    assert site.reviewer.post(path, {"party_id": str(uuid4())}).status_code == 403
