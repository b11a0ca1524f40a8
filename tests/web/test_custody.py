"""Around the seal over HTTP: accesses, tapes, the posted notice, gas and power, transfers."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from shapely import LineString, box

from service.domain.incident import State
from service.domain.incident_events import IncidentDecided
from service.domain.investigation import InvestigationOpened
from service.domain.party import Party
from service.domain.photo import View
from service.domain.powers import Role
from tests.conftest import SignedIn
from tests.fires import a_photo
from tests.web.scene_site import Site, geojson
from tests.web.test_owner import a_party, change

NOW = datetime.now(UTC)


def at(**time: float) -> str:
    return (NOW + timedelta(**time)).isoformat()


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A sealed scene; shop 101 is 张三's."""
    lead = sign_in(Role.INVESTIGATOR)
    found = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade).on_record()
    change(found, parties=(a_party("101"),))
    return found.opened().planned().sealed()


@pytest.fixture
def crew(sign_in: Any) -> SignedIn:
    """The station's crew."""
    crew: SignedIn = sign_in(Role.CREW)
    return crew


def logged(site: Site, *others: UUID) -> None:
    """Let the log be as long as what the builders put on record without it."""

    def act(work: Any) -> None:
        for id in (site.incident_id, *others):
            events = [IncidentDecided(state=State.INVESTIGATING)] * work.incidents.get(id).version
            work.events.append("incident", id, events, expected=0, officer_id=None)
        opened = InvestigationOpened(investigation=work.investigations.get(site.incident_id))
        work.events.append("investigation", site.incident_id, [opened], expected=0, officer_id=None)

    site.database.write(act)


def party_of(site: Site) -> Party:
    found: Party = site.database.read(lambda work: work.incidents.get(site.incident_id).parties[0])
    return found


def a_code(site: Site) -> dict[str, str]:
    """The header that an owner brings."""
    path = f"/v1/incidents/{site.incident_id}/owner-codes"
    answer = site.lead.post(path, {"party_id": str(party_of(site).id)})
    return {"Handback-Code": answer.json["code"]}


def by_code(app: Any, code: dict[str, str], body: dict[str, Any], id: UUID | None = None) -> Any:
    headers = {**code, "Idempotency-Key": str(uuid4()), "If-None-Match": "*"}
    path = f"/v1/status/accesses/{id or uuid4()}"
    return app.test_client().put(path, json=body, headers=headers)


def a_photo_of(site: Site) -> str:
    photo = a_photo(site.incident_id, View.DETAIL)
    site.database.write(lambda work: work.photos.add(photo))
    return str(photo.id)


def wish(*units: str, **changes: Any) -> dict[str, Any]:
    body = {
        "unit_ids": list(units or ("101",)),
        "purpose": "取药",
        "wanted_from": at(),
        "wanted_until": at(hours=3),
    }
    return body | changes


def grant(site: Site, **changes: Any) -> dict[str, Any]:
    body = {
        "begins_at": at(hours=-1),
        "ends_at": at(hours=1),
        "escort_id": str(site.lead.officer.id),
        "route": "由东门进入，不经过起火部位",
        "may_remove": ["药品"],
    }
    return body | changes


def entry(site: Site, **changes: Any) -> dict[str, Any]:
    body = {
        "people": ["张三"],
        "in_at": at(minutes=-20),
        "out_at": at(minutes=-10),
        "removed": ["药品一盒"],
        "photo_ids": [a_photo_of(site)],
    }
    return body | changes


def refused(answer: Any, status: int, problem: str) -> None:
    assert (answer.status_code, answer.json["type"]) == (status, f"/problems/{problem}"), (
        answer.json
    )


def asked(site: Site, *units: str) -> str:
    path = f"{site.path}/accesses/{uuid4()}"
    answer = site.lead.put(path, wish(*units))
    assert answer.status_code == 201, answer.json
    return path


def granted(site: Site, *units: str) -> str:
    path = asked(site, *units)
    answer = site.lead.put(f"{path}/grant", grant(site), version=1)
    assert answer.status_code == 200, answer.json
    return path


# --- supervised access ---


def test_an_access_is_asked_granted_entered_and_signed(site: Site, told: Any) -> None:
    before = site.lead.get(f"{site.path}/seal").data
    path, party = f"{site.path}/accesses/{uuid4()}", str(party_of(site).id)
    body = wish(party_id=party)
    assert told("put_access", site.lead.put(path, body), body)["state"] == "received"
    body = grant(site, hazards={})
    shown = told("put_access_grant", site.lead.put(f"{path}/grant", body, version=1), body)
    assert (shown["state"], shown["grant"]["escort"]["name"]) == ("granted", "李队")
    made, body = f"{path}/entries/{uuid4()}", entry(site)
    unsigned = site.lead.put(made, body)
    assert (unsigned.status_code, unsigned.json["signed"]) == (201, False)
    assert "进入人员：张三" in unsigned.json["shown_text"]
    signature = {
        "strokes": [[[0, 0, 0], [4, 4, 9]]],
        "digest": unsigned.json["shown_digest"],
        "device": "pad",
        "signed_at": at(),
    }
    body |= {"signature": signature}
    signed = told("put_entry", site.lead.put(made, body, version=1), body)
    assert (signed["signed"], signed["version"], signed["warnings"]) == (True, 2, [])
    assert site.lead.put(made, body, version=2).json["version"] == 3
    assert told("get_entry", site.lead.get(made))["signed"]
    assert told("get_access", site.lead.get(path))["state"] == "made"
    assert site.lead.get(f"{site.path}/seal").data == before
    assert site.lead.get(site.path).json["version"] == site.version


def test_saying_it_again_is_the_same_access(site: Site) -> None:
    path = f"{site.path}/accesses/{uuid4()}"
    body = wish()
    assert [site.lead.put(path, body).status_code for _ in range(2)] == [201, 200]
    refused(site.lead.put(path, wish(purpose="other")), 412, "stale")
    refused(site.lead.put(path, body, version=1), 428, "precondition-missing")
    granted_path = granted(site)
    made, body = f"{granted_path}/entries/{uuid4()}", entry(site)
    assert [site.lead.put(made, body).status_code for _ in range(2)] == [201, 200]


def test_a_refusal_is_read_by_the_owner(site: Site, told: Any, app: Any) -> None:
    code = a_code(site)
    id = uuid4()
    body = wish()
    mine = told("put_own_access", by_code(app, code, body, id), body)
    assert (mine["state"], mine["grant"]) == ("received", None)
    path = f"{site.path}/accesses/{id}"
    assert site.lead.get(path).json["asked_by"] is None
    body = {"reason": "正在提取物证"}
    told("put_access_refusal", site.lead.put(f"{path}/refusal", body, version=1), body)
    page = app.test_client().get(f"/o/{code['Handback-Code']}", follow_redirects=True).text
    assert "正在提取物证" in page
    (shown,) = app.test_client().get("/v1/status", headers=code).json["accesses"]
    assert (shown["state"], shown["refused_because"]) == ("refused", "正在提取物证")
    refused(site.lead.put(f"{path}/grant", grant(site), version=2), 409, "access-decided")
    refused(site.lead.put(f"{path}/grant", grant(site), version=1), 412, "stale")


def test_an_owner_sees_the_own_accesses_and_no_name(site: Site, app: Any) -> None:
    code = a_code(site)
    first = app.test_client().get("/v1/status", headers=code)
    id = uuid4()
    assert by_code(app, code, wish(), id).status_code == 201
    again = {**code, "If-None-Match": first.headers["ETag"]}
    shown = app.test_client().get("/v1/status", headers=again)
    assert (shown.status_code, shown.json["accesses"][0]["id"]) == (200, str(id))
    asked(site, "102")
    path = f"{site.path}/accesses/{id}"
    site.lead.put(f"{path}/grant", grant(site), version=1)
    site.lead.put(f"{path}/entries/{uuid4()}", entry(site, people=["李四"]))
    shown = app.test_client().get("/v1/status", headers=code)
    assert [each["state"] for each in shown.json["accesses"]] == ["made"]
    assert "李四" not in shown.text and "由东门进入" in shown.text
    page = app.test_client().get(f"/o/{code['Handback-Code']}", follow_redirects=True).text
    assert (
        "您的进入申请" in page and "由东门进入" in page and "已进入" in page and "李四" not in page
    )
    notice = site.lead.post(f"/v1/incidents/{site.incident_id}/notice-code", {}).json
    public = app.test_client().get("/v1/status", headers={"Handback-Code": notice["code"]})
    assert "accesses" not in public.json
    page = app.test_client().get(notice["path"]).text
    assert "取药" not in page and "李四" not in page


def test_an_owner_asks_for_the_own_units_by_an_owners_code(site: Site, app: Any) -> None:
    code = a_code(site)
    refused(by_code(app, code, wish("102")), 403, "own-units-only")
    refused(by_code(app, {"Handback-Code": "guess"}, wish()), 404, "code-unknown")
    notice = site.lead.post(f"/v1/incidents/{site.incident_id}/notice-code", {}).json
    public = {"Handback-Code": notice["code"]}
    refused(by_code(app, public, wish()), 403, "owners-code-needed")
    id, body = uuid4(), wish()
    assert [by_code(app, code, body, id).status_code for _ in range(2)] == [201, 200]
    for _ in range(4):
        assert by_code(app, code, wish()).status_code == 201
    refused(by_code(app, code, wish()), 429, "too-many-asked")


def test_nothing_is_asked_where_nothing_is_sealed(
    site: Site, app: Any, sign_in: Any, database: Any, brigade: Any
) -> None:
    refused(site.lead.put(f"{site.path}/accesses/{uuid4()}", wish("104")), 409, "unit-not-sealed")
    bare = Site(site.lead, site.reviewer, database, brigade).on_record()
    change(bare, parties=(a_party("101"),))
    refused(by_code(app, a_code(bare), wish()), 409, "unit-not-sealed")


def test_who_it_is_for_is_on_record(site: Site) -> None:
    body = wish(party_id=str(uuid4()))
    refused(site.lead.put(f"{site.path}/accesses/{uuid4()}", body), 404, "party-unknown")


def test_only_the_lead_officer_decides(site: Site, sign_in: Any, crew: SignedIn) -> None:
    path = f"{site.path}/accesses/{uuid4()}"
    assert crew.put(path, wish()).status_code == 201
    refused(crew.put(f"{path}/grant", grant(site), version=1), 403, "role-not-allowed")
    other = sign_in(Role.INVESTIGATOR)
    refused(other.put(f"{path}/grant", grant(site), version=1), 403, "not-the-lead-officer")
    beside = sign_in(Role.INVESTIGATOR, site.brigade.other_detachment)
    refused(beside.get(path), 403, "outside-jurisdiction")


def test_the_escort_and_the_photos_are_on_record(site: Site) -> None:
    path = asked(site)
    nobody = grant(site, escort_id=str(uuid4()))
    refused(site.lead.put(f"{path}/grant", nobody, version=1), 422, "custody-not-on-record")
    path = granted(site)
    strange = entry(site, photo_ids=[str(uuid4())])
    refused(site.lead.put(f"{path}/entries/{uuid4()}", strange), 422, "custody-not-on-record")
    strange = entry(site, escort_id=str(uuid4()))
    refused(site.lead.put(f"{path}/entries/{uuid4()}", strange), 422, "custody-not-on-record")


def test_a_live_hazard_is_acknowledged_before_anybody_goes_in(site: Site) -> None:
    site.hold("gas", "hazard", box(1, 15, 4, 18))
    path = asked(site)
    refused(site.lead.put(f"{path}/grant", grant(site), version=1), 409, "hazard-not-acknowledged")
    body = grant(site, hazards={str(site.id("gas")): "阀门已关"})
    assert site.lead.put(f"{path}/grant", body, version=1).json["state"] == "granted"


def test_an_entry_needs_a_grant_and_a_known_id(site: Site) -> None:
    path = asked(site)
    refused(site.lead.put(f"{path}/entries/{uuid4()}", entry(site)), 409, "access-not-granted")
    refused(site.lead.get(f"{path}/entries/{uuid4()}"), 404, "entry-unknown")
    refused(
        site.lead.put(f"{path}/entries/{uuid4()}", entry(site), version=1), 404, "entry-unknown"
    )
    refused(site.lead.get(f"{site.path}/accesses/{uuid4()}"), 404, "access-unknown")


# --- tapes, the notice, gas and power ---


def a_tape(site: Site, number: str = "NM-0001", **place: Any) -> dict[str, Any]:
    return {
        "number": number,
        "place": {"kind": "unit", "unit_ids": ["102"], "text": "卷帘门右侧"} | place,
        "photo_id": a_photo_of(site),
        "put_up_at": at(hours=-30),
    }


def taped(site: Site, number: str, **place: Any) -> str:
    id = str(uuid4())
    answer = site.lead.put(f"{site.path}/seal-tapes/{id}", a_tape(site, number, **place))
    assert answer.status_code == 201, answer.json
    return id


def test_a_tape_is_put_up_looked_at_and_taken_down(site: Site, crew: SignedIn, told: Any) -> None:
    id, body = str(uuid4()), a_tape(site)
    path = f"{site.path}/seal-tapes/{id}"
    assert told("put_seal_tape", crew.put(path, body), body)["put_up_by"] == str(crew.officer.id)
    assert crew.put(path, body).status_code == 200
    assert site.lead.get(f"{site.path}/custody").json["due_for_check"] == [id]
    check = {"tape_id": id, "found": "intact", "seen_at": at(hours=-1), "photo_ids": []}
    looked = f"{site.path}/seal-checks/{uuid4()}"
    assert [crew.put(looked, check).status_code for _ in range(2)] == [201, 200]
    assert site.lead.get(f"{site.path}/custody").json["due_for_check"] == []
    check = {
        "tape_id": id,
        "found": "broken",
        "seen_at": at(),
        "photo_ids": [a_photo_of(site)],
        "breach": {"seen": "封条被撕开", "done": "更换封条并通知所有人"},
    }
    told("put_seal_check", crew.put(f"{site.path}/seal-checks/{uuid4()}", check), check)
    site.find(
        "s1", "survey_finished", stage="preliminary", outcome="excluded", units=["102"], ground="no"
    )
    assert site.lead.get(f"{site.path}/custody").json["to_take_down"] == [id]
    body = {"at": at(), "reason": "已解除封闭"}
    down = told("put_seal_tape_removal", crew.put(f"{path}/removal", body, version=1), body)
    assert down["taken_down"]["reason"] == "已解除封闭"
    assert site.lead.get(f"{site.path}/custody").json["to_take_down"] == []
    refused(crew.put(f"{path}/removal", body, version=2), 409, "tape-down")


def test_a_phone_reports_a_tape_after_its_unit_was_released(site: Site) -> None:
    hung_at = datetime.now(UTC).isoformat()
    site.find(
        "s1", "survey_finished", stage="preliminary", outcome="excluded", units=["102"], ground="no"
    )
    path = f"{site.path}/seal-tapes/{uuid4()}"
    refused(site.lead.put(path, a_tape(site) | {"put_up_at": at(days=-2)}), 409, "place-not-sealed")
    assert site.lead.put(path, a_tape(site) | {"put_up_at": hung_at}).status_code == 201
    assert len(site.lead.get(f"{site.path}/custody").json["to_take_down"]) == 1


def test_a_number_stands_once_and_only_where_something_is_sealed(site: Site) -> None:
    taped(site, "A-1")
    path = f"{site.path}/seal-tapes/{uuid4()}"
    refused(site.lead.put(path, a_tape(site, "A-1")), 409, "tape-number-used")
    refused(site.lead.put(path, a_tape(site, "A-2", unit_ids=["104"])), 409, "place-not-sealed")
    unknown = a_tape(site, "A-2", kind="door", unit_ids=[], door_id="d9")
    refused(site.lead.put(path, unknown), 404, "door-unknown")
    strange = a_tape(site, "A-2") | {"put_up_by": str(uuid4())}
    refused(site.lead.put(path, strange), 422, "custody-not-on-record")
    strange = a_tape(site, "A-2") | {"photo_id": str(uuid4())}
    refused(site.lead.put(path, strange), 422, "custody-not-on-record")
    refused(
        site.lead.put(f"{site.path}/seal-tapes/{uuid4()}/removal", {"at": at(), "reason": "x"}),
        404,
        "tape-unknown",
    )


def test_a_tape_along_the_edge_is_drawn_on_the_plan(site: Site) -> None:
    line = geojson(LineString([(1, 11), (1, 13)]))
    id, body = uuid4(), a_tape(site, "E-1", kind="edge", unit_ids=["hall"], geometry=line)
    path = f"{site.path}/seal-tapes/{id}"
    assert [site.lead.put(path, body).status_code for _ in range(2)] == [201, 200]
    (tape,) = site.lead.get(f"{site.path}/custody").json["tapes"]
    assert (tape["id"], tape["place"]["geometry"]["type"]) == (str(id), "LineString")
    path = f"{site.path}/seal-tapes/{uuid4()}"
    for wrong in (
        {"kind": "edge", "unit_ids": ["hall"]},
        {"kind": "unit", "door_id": "d1"},
        {"kind": "edge", "geometry": {"type": "Point", "coordinates": ["x", 1]}},
    ):
        answer = site.lead.put(path, a_tape(site, "E-2", **wrong))
        assert answer.status_code == 422, answer.json
        assert answer.json["errors"][0]["pointer"].startswith("/place/")


def test_the_scene_says_whether_the_notice_is_posted(site: Site, told: Any) -> None:
    assert site.lead.get(site.path).json["notice"] is None
    path = f"{site.path}/posted-notices/{uuid4()}"
    body = {"photo_id": a_photo_of(site), "place": "东门立柱", "posted_at": at(hours=-1)}
    told("put_posted_notice", site.lead.put(path, body), body)
    assert site.lead.put(path, body).status_code == 200
    assert site.lead.get(site.path).json["notice"]["place"] == "东门立柱"
    assert site.lead.get(f"{site.path}/custody").json["notice_posted"]
    down = {"at": at(), "reason": "被撕下"}
    told("put_posted_notice_removal", site.lead.put(f"{path}/removal", down, version=1), down)
    assert site.lead.get(site.path).json["notice"] is None
    refused(site.lead.put(f"{path}/removal", down, version=2), 409, "tape-down")
    nothing = f"{site.path}/posted-notices/{uuid4()}/removal"
    refused(site.lead.put(nothing, down, version=1), 404, "notice-unknown")
    strange = body | {"photo_id": str(uuid4())}
    path = f"{site.path}/posted-notices/{uuid4()}"
    refused(site.lead.put(path, strange), 422, "custody-not-on-record")


def test_a_notice_is_posted_for_a_seal(sign_in: Any, database: Any, brigade: Any) -> None:
    lead = sign_in(Role.INVESTIGATOR)
    site = Site(lead, sign_in(Role.REVIEWER), database, brigade).on_record().opened()
    body = {"photo_id": a_photo_of(site), "place": "东门", "posted_at": at()}
    refused(lead.put(f"{site.path}/posted-notices/{uuid4()}", body), 409, "seal-not-set")


def supply(*units: str, **changes: Any) -> dict[str, Any]:
    body = {
        "supply": "gas",
        "is_on": False,
        "unit_ids": list(units),
        "restorer": {"name": "中燃公司", "phone": "0471-96777"},
        "at": at(hours=-2),
    }
    return body | changes


def test_a_unit_is_open_with_conditions_until_its_gas_is_restored(
    site: Site, crew: SignedIn, app: Any, told: Any
) -> None:
    def reads(unit: str) -> dict[str, Any]:
        units = site.lead.get(site.path).json["units"]
        return next(each for each in units if each["unit"] == unit)

    change(site, parties=(a_party("104"),))
    code = a_code(site)
    assert reads("104")["state"] == "open"
    path = f"{site.path}/supplies/{uuid4()}"
    body = supply("104", "101")
    told("put_supply", crew.put(path, body), body)
    assert crew.put(path, body).status_code == 200
    assert (reads("104")["state"], reads("103")["state"]) == ("open_with_conditions", "open")
    assert "电话0471-96777" in reads("104")["remains"][0]["zh"]
    assert reads("101")["state"] == "sealed"
    owner = app.test_client().get("/v1/status", headers=code).json
    assert owner["headline"] == "open_with_conditions"
    crew.put(f"{site.path}/supplies/{uuid4()}", supply("104", is_on=True, at=at()))
    assert reads("104")["state"] == "open"
    assert app.test_client().get("/v1/status", headers=code).json["headline"] == "open"
    unknown = crew.put(f"{site.path}/supplies/{uuid4()}", supply("104", "nowhere"))
    refused(unknown, 422, "custody-invalid")
    assert [error["pointer"] for error in unknown.json["errors"]] == ["/unit_ids/1"]


def test_all_of_it_is_read_in_one_place(site: Site, told: Any) -> None:
    empty = site.lead.get(f"{site.path}/custody").json
    assert (empty["version"], empty["accesses"], empty["notice_posted"]) == (0, [], False)
    path = granted(site)
    site.lead.put(f"{path}/entries/{uuid4()}", entry(site))
    tape = taped(site, "A-1")
    check = {"tape_id": tape, "found": "intact", "seen_at": at()}
    site.lead.put(f"{site.path}/seal-checks/{uuid4()}", check)
    site.lead.put(f"{site.path}/supplies/{uuid4()}", supply())
    body = {"photo_id": a_photo_of(site), "place": "东门立柱", "posted_at": at(hours=-1)}
    site.lead.put(f"{site.path}/posted-notices/{uuid4()}", body)
    to = {"to_post_id": str(site.brigade.other_detachment.id), "reason": "指定管辖"}
    site.lead.put(f"{site.path}/transfers/{uuid4()}", to)
    whole = told("get_custody", site.lead.get(f"{site.path}/custody"))
    assert whole["version"] == 8
    assert [len(whole[x]) for x in ("accesses", "tapes", "checks", "supplies", "transfers")] == [
        1
    ] * 5


# --- the lead officer, and another post ---


def test_whoever_leads_the_investigation_leads_the_scene_at_once(site: Site, sign_in: Any) -> None:
    logged(site)
    second = sign_in(Role.INVESTIGATOR)
    path = f"/v1/incidents/{site.incident_id}/investigation"
    team = [str(site.lead.officer.id), str(second.officer.id)]
    body = {"lead_officer_id": team[1], "investigator_ids": team}
    before = site.lead.get(f"{site.path}/seal").json["features"]
    assert site.lead.put(path, body, version=1).status_code == 200
    scene = site.lead.get(site.path).json
    assert (scene["lead_officer_id"], scene["version"]) == (team[1], site.version + 1)
    assert site.lead.get(f"{site.path}/seal").json["features"] == before
    wanted = asked(site)
    refused(site.lead.put(f"{wanted}/grant", grant(site), version=1), 403, "not-the-lead-officer")
    assert second.put(f"{wanted}/grant", grant(site), version=1).status_code == 200


def test_another_team_under_the_same_lead_leaves_the_scene_alone(site: Site, sign_in: Any) -> None:
    logged(site)
    path = f"/v1/incidents/{site.incident_id}/investigation"
    team = [str(site.lead.officer.id), str(sign_in(Role.INVESTIGATOR).officer.id)]
    body = {"lead_officer_id": team[0], "investigator_ids": team}
    assert site.lead.put(path, body, version=1).status_code == 200
    assert site.lead.get(site.path).json["version"] == site.version


def test_a_released_scene_keeps_the_lead_that_released_it(site: Site, sign_in: Any) -> None:
    logged(site)
    holds = site.lead.get(site.path).json["holds"]
    site.find(
        "release",
        "whole_released",
        answers={hold["id"]: "done" for hold in holds},
        received_by="Bao",
        condition={"structure": "sound", "environment": "soot", "health_and_safety": "aired"},
    )
    path = f"/v1/incidents/{site.incident_id}/investigation"
    team = [str(site.lead.officer.id), str(sign_in(Role.INVESTIGATOR).officer.id)]
    body = {"lead_officer_id": team[1], "investigator_ids": team}
    assert site.lead.put(path, body, version=1).status_code == 200
    scene = site.lead.get(site.path).json
    assert (scene["lead_officer_id"], scene["version"]) == (team[0], site.version)
    transfer = {"to_post_id": str(site.brigade.other_detachment.id), "reason": "指定管辖"}
    refused(site.lead.put(f"{site.path}/transfers/{uuid4()}", transfer), 409, "scene-released")


@pytest.fixture
def beside(sign_in: Any, brigade: Any) -> tuple[SignedIn, SignedIn]:
    """Two investigators of the other detachment."""
    place = brigade.other_detachment
    return sign_in(Role.INVESTIGATOR, place), sign_in(Role.INVESTIGATOR, place)


def team_of(people: tuple[SignedIn, SignedIn]) -> dict[str, Any]:
    ids = [str(person.officer.id) for person in people]
    return {"lead_officer_id": ids[0], "investigator_ids": ids, "ground": "同意接收"}


def offered(site: Site, told: Any = None) -> str:
    path = f"{site.path}/transfers/{uuid4()}"
    body = {"to_post_id": str(site.brigade.other_detachment.id), "reason": "总队指定管辖"}
    answer = site.lead.put(path, body)
    assert answer.status_code == 201, answer.json
    assert site.lead.put(path, body).status_code == 200
    if told:
        told("put_transfer", answer, body)
    return path


def test_after_a_transfer_jurisdiction_follows_the_new_post(
    site: Site, beside: tuple[SignedIn, SignedIn], told: Any, app: Any
) -> None:
    logged(site)
    code, before = a_code(site), site.lead.get(f"{site.path}/seal").json["features"]
    path, taker = offered(site, told), beside[0]
    refused(taker.get(site.path), 403, "outside-jurisdiction")
    (waiting,) = told("get_transfers", taker.get("/v1/transfers"))["transfers"]
    assert f"/transfers/{waiting['id']}" in path
    assert told("get_transfer", taker.get(path))["state"] == "offered"
    body = team_of(beside)
    told("put_transfer_acceptance", taker.put(f"{path}/acceptance", body, version=1), body)
    refused(site.lead.get(site.path), 403, "outside-jurisdiction")
    refused(site.lead.get(f"/v1/incidents/{site.incident_id}"), 403, "outside-jurisdiction")
    assert site.lead.get("/v1/scenes").json["scenes"] == []
    assert site.lead.get(path).json["state"] == "accepted"
    assert taker.get("/v1/transfers").json["transfers"] == []
    assert [scene["id"] for scene in taker.get("/v1/scenes").json["scenes"]] == [str(site.scene_id)]
    scene = taker.get(site.path).json
    assert scene["lead_officer_id"] == str(taker.officer.id)
    assert taker.get(f"{site.path}/seal").json["features"] == before
    assert taker.get(f"/v1/incidents/{site.incident_id}").status_code == 200
    led = taker.get(f"/v1/incidents/{site.incident_id}/investigation").json
    assert led["lead_officer_id"] == str(taker.officer.id)
    shown = app.test_client().get("/v1/status", headers=code).json["contact"]
    assert shown["post"] == site.brigade.other_detachment.name
    what = [entry["what"]["en"] for entry in taker.get(f"{site.path}/history").json["items"]]
    assert "the scene was handed over to another post" in what


def test_one_who_may_act_at_both_posts_may_go_on_leading(
    sign_in: Any, database: Any, brigade: Any
) -> None:
    lead, second = (sign_in(Role.INVESTIGATOR, brigade.corps) for _ in range(2))
    site = Site(lead, second, database, brigade).on_record().opened().planned().sealed()
    logged(site)
    path = offered(site)
    assert second.put(f"{path}/acceptance", team_of((lead, second)), version=1).status_code == 200
    scene = lead.get(site.path).json
    assert scene["lead_officer_id"] == str(lead.officer.id)
    assert scene["version"] == site.version + 1


def test_double_reports_go_along_with_their_photos(
    site: Site, beside: tuple[SignedIn, SignedIn]
) -> None:
    other = Site(site.lead, site.reviewer, site.database, site.brigade).on_record(
        investigated=False
    )
    change(site, joined=(other.incident_id,))
    logged(site, other.incident_id)
    path = offered(site)
    beside[0].put(f"{path}/acceptance", team_of(beside), version=1)
    assert beside[0].get(f"/v1/incidents/{other.incident_id}").status_code == 200


def test_a_post_sends_the_scene_back_with_a_reason(
    site: Site, beside: tuple[SignedIn, SignedIn], told: Any
) -> None:
    path, body = offered(site), {"reason": "不属本辖区"}
    refused(beside[0].put(f"{path}/refusal", body, version=9), 412, "stale")
    told("put_transfer_refusal", beside[0].put(f"{path}/refusal", body, version=1), body)
    assert site.lead.get(path).json["answer"] == "不属本辖区"
    assert site.lead.get(site.path).status_code == 200
    refused(beside[0].put(f"{path}/acceptance", team_of(beside), version=2), 409, "transfer-closed")


def test_only_the_other_post_answers_and_with_its_own_team(
    site: Site, sign_in: Any, beside: tuple[SignedIn, SignedIn]
) -> None:
    path = offered(site)
    refused(
        site.lead.put(f"{path}/refusal", {"reason": "x"}, version=1), 403, "outside-jurisdiction"
    )
    stranger = sign_in(Role.INVESTIGATOR, site.brigade.other_station)
    refused(stranger.get(path), 404, "transfer-unknown")
    own = team_of((site.lead, beside[0]))
    refused(beside[0].put(f"{path}/acceptance", own, version=1), 422, "investigators-wrong")
    assert site.lead.get(site.path).status_code == 200


def test_a_scene_is_offered_by_its_lead_or_a_supervisor(
    site: Site, sign_in: Any, crew: SignedIn
) -> None:
    path = f"{site.path}/transfers/{uuid4()}"
    body = {"to_post_id": str(site.brigade.other_detachment.id), "reason": "指定管辖"}
    refused(crew.put(path, body), 403, "role-not-allowed")
    refused(sign_in(Role.INVESTIGATOR).put(path, body), 403, "not-the-lead-officer")
    supervisor = sign_in(Role.SUPERVISOR, site.brigade.detachment)
    nowhere = body | {"to_post_id": str(uuid4())}
    refused(supervisor.put(path, nowhere), 422, "transfer-nowhere")
    assert supervisor.put(path, body).status_code == 201
    lost = f"/v1/scenes/{uuid4()}/transfers/{uuid4()}"
    refused(supervisor.get(lost), 404, "scene-unknown")
    refused(supervisor.put(f"{lost}/refusal", {"reason": "x"}, version=1), 404, "scene-unknown")


def test_names_stay_out_of_the_logs(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    path = granted(site)
    site.lead.put(f"{path}/entries/{uuid4()}", entry(site, people=["欧阳某某"]))
    logged = "".join(capfd.readouterr())
    assert "欧阳" not in logged and "取药" not in logged
