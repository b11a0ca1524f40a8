"""The first look: signing in with a browser, the fires, a scene over its history."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from shapely import box

from service.domain.powers import Role
from service.operations.first_administrator import make_first_link
from service.web.current import COOKIE
from tests.conftest import PASSWORD
from tests.web.scene_site import Site
from tests.web.test_assessments import spot
from tests.web.test_custody import a_photo_of, a_tape, at

SERVICE = Path(__file__).resolve().parents[2] / "service"
NEW = {
    "name": "周管理",
    "username": "zhou",
    "password": "long enough 1",
    "corps_name": "内蒙古自治区消防救援总队",
    "corps_short_name": "内",
    "division_code": "150000",
}


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    lead = sign_in(Role.INVESTIGATOR)
    return Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade).on_record()


def browser(app: Any, person: Any) -> FlaskClient:
    client: FlaskClient = app.test_client()
    client.set_cookie(COOKIE, person.token)
    return client


def test_whoever_is_not_signed_in_is_shown_the_form(app: Any) -> None:
    answer = app.test_client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert 'autocomplete="current-password"' in app.test_client().get("/sign-in").text


def test_signing_in_by_form_sets_a_strict_cookie_and_out_again_ends_it(
    app: Any, sign_in: Any, database: Any
) -> None:
    officer = sign_in(Role.CREW).officer
    username = database.read(lambda work: work.people.user(officer.id)).username
    client = app.test_client()
    form = {"username": username, "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.headers["Location"] == "/"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert officer.name in client.get("/").text
    token = client.get_cookie(COOKIE).value
    client.post("/sign-out")
    client.set_cookie(COOKIE, token)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("form", [{"username": "x", "password": "wrong"}, {"username": ""}])
def test_a_wrong_password_is_said_on_the_form(app: Any, form: dict[str, str]) -> None:
    answer = app.test_client().post("/sign-in", data=form)
    assert answer.status_code in (400, 401)
    assert 'role="alert"' in answer.text


def test_the_list_shows_the_fires_of_the_own_posts_only(
    app: Any, site: Site, sign_in: Any, brigade: Any
) -> None:
    assert "新华大街1号" in browser(app, site.lead).get("/").text
    elsewhere = sign_in(Role.SUPERVISOR, brigade.other_detachment)
    assert "新华大街1号" not in browser(app, elsewhere).get("/").text
    english = browser(app, elsewhere).get("/?lang=en")
    assert "No fires yet" in english.text and "handback-language=en" in str(english.headers)


def test_the_language_chosen_at_the_door_stays_and_the_rest_of_the_address_too(
    app: Any, site: Site
) -> None:
    site.opened()
    client = browser(app, site.lead)
    client.get("/sign-in?lang=en")
    page = client.get(f"/scenes/{site.scene_id}?step=1").text
    assert "Back to the fires" in page
    assert 'href="?step=1&amp;lang=zh"' in page


def test_a_scene_is_drawn_with_its_reasons_and_goes_back_in_time(app: Any, site: Site) -> None:
    site.opened().planned().sealed()
    client = browser(app, site.lead)
    now = client.get(f"/scenes/{site.scene_id}").text
    assert now.count("<svg") == 2
    assert "过火区域" in now and "解除条件" in now
    last = int(re.search(r'max="(\d+)"', now)[1])  # type: ignore[index]
    first = client.get(f"/scenes/{site.scene_id}?step=1").text
    assert "没有封闭的单元" in first
    assert 'rel="prev"' not in first and f'max="{last}"' in first
    beyond = client.get(f"/scenes/{site.scene_id}?step=99").text
    assert beyond.replace("step=99&amp;", "") == now


def test_a_scene_shows_its_assessment_its_notices_and_its_tapes(
    sign_in: Any, database: Any, brigade: Any, app: Any
) -> None:
    """What was accepted and dropped, with the reason; a notice; two tapes, one of them broken."""
    site = Site(sign_in(Role.INVESTIGATOR), None, database, brigade)
    site.on_record(burned=box(2, 16, 8, 22)).opened().planned()
    body: dict[str, Any] = {"answers": {"structure": [spot(site, "吊顶", box(2, 11, 4, 13))]}}
    client, path = browser(app, site.lead), f"{site.path}/assessment"
    made = site.take(site.lead.put(path, body), 201)
    early = client.get(f"/scenes/{site.scene_id}").text
    assert "条建议未决定" in early and "未决定: " in early
    for each in made["proposals"]:
        choice = {"proposal_id": each["id"], "decision": "accepted"}
        if each["rule"] == "structure":
            choice |= {"decision": "dropped", "reason": "已支护"}
        body.setdefault("outcome", []).append(choice)
    for each in made["divisions"]:
        body["outcome"].append({"proposal_id": each["id"], "decision": "accepted"})
    site.take(site.lead.put(path, body, version=site.version))
    assert site.find("seal", "seal_set", ground="survey").status_code == 201
    unit = min(site.sealed_units())
    for number in ("NM-0001", "NM-0002"):
        tape = f"{site.path}/seal-tapes/{site.id(number)}"
        assert site.lead.put(tape, a_tape(site, number, unit_ids=[unit])).status_code == 201
    check = {
        "tape_id": str(site.id("NM-0002")),
        "found": "broken",
        "seen_at": at(),
        "photo_ids": [a_photo_of(site)],
        "breach": {"seen": "封条被撕开", "done": "更换"},
    }
    assert site.lead.put(f"{site.path}/seal-checks/{site.id('check')}", check).status_code == 201
    notice = {"photo_id": a_photo_of(site), "place": "东门立柱", "posted_at": at(hours=-1)}
    posted = f"{site.path}/posted-notices/{site.id('notice')}"
    assert site.lead.put(posted, notice).status_code == 201
    page = client.get(f"/scenes/{site.scene_id}").text
    assert "采纳: 过火及火灾涉及之处" in page and "不采纳 · 已支护" in page
    assert "东门立柱" in page
    assert "NM-0001" in page and "尚未检查" in page
    assert "破损" in page and "封条被撕开" in page


def test_a_scene_of_somebody_elses_is_not_shown(
    app: Any, site: Site, sign_in: Any, brigade: Any
) -> None:
    site.opened()
    elsewhere = sign_in(Role.SUPERVISOR, brigade.other_detachment)
    assert browser(app, elsewhere).get(f"/scenes/{site.scene_id}").status_code == 403
    unknown = f"/scenes/{site.incident_id}"
    assert browser(app, site.lead).get(unknown).status_code == 404


def test_the_first_link_makes_an_administrator_once(app: Any, database: Any) -> None:
    code = database.write(lambda work: make_first_link(work=work))
    client = app.test_client()
    path = f"/first-administrator/{code}"
    assert "150000" in client.get(path).text and "Six digits" in client.get(f"{path}?lang=en").text
    client.get("/sign-in?lang=zh")
    assert client.post(path, data=NEW | {"password": "short"}).status_code == 400
    for code in ("15", "15000a"):
        wrong = client.post(path, data=NEW | {"division_code": code})
        assert wrong.status_code == 400 and "六位数字，如150000" in wrong.text
    assert NEW["corps_name"] in wrong.text and NEW["password"] not in wrong.text
    made = client.post(path, data=NEW, follow_redirects=True)
    assert made.request.path == "/sign-in" and "首位管理员已建立" in made.text
    for used in (client.get(path), client.post(path, data=NEW)):
        assert used.status_code == 404 and "请再次运行 scripts/run" in used.text
    assert "start scripts/run again for a new one" in client.get(f"{path}?lang=en").text
    form = {"username": "zhou", "password": NEW["password"]}
    assert client.post("/sign-in", data=form).headers["Location"] == "/"


def test_every_sentence_of_the_pages_stands_in_both_catalogues_and_is_used() -> None:
    chinese, english = (
        json.loads((SERVICE / "words" / f"{language}.json").read_text())
        for language in ("zh", "en")
    )
    assert set(chinese) == set(english)
    assert all(chinese.values()) and all(english.values())
    sources = [*(SERVICE / "templates").glob("*.html"), *(SERVICE / "web").glob("*.py")]
    text = "\n".join(file.read_text() for file in sources)
    used = set(re.findall(r"\b(?:t|phrase)\([\"']([a-z-]+[a-z])[\"'],?", text))
    beginnings = set(re.findall(r"\bt\('([a-z]+-)' ~", text))
    assert used <= set(chinese), used - set(chinese)
    unused = {key for key in set(chinese) - used if not key.startswith(tuple(beginnings))}
    assert not unused
