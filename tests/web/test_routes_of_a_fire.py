"""Triage, registration, simplified procedure and investigation over HTTP, as a crew sees them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.canonical import digest_of
from service.domain.corrected import correction_text
from service.domain.incident import Incident, Loss
from service.domain.incident_events import IncidentOpened
from service.domain.photo import View
from service.domain.powers import Role
from service.domain.simplified import ORDER
from tests.conftest import Brigade, SignedIn
from tests.fires import a_fire, a_party, a_photo
from tests.web.conftest import Told

PARTY = str(UUID(int=20))


class House:
    """A brigade's people over HTTP, and fires put on record."""

    def __init__(self, database: Any, brigade: Brigade, sign_in: Any) -> None:
        self.database, self.brigade = database, brigade
        self.called_at = database.clock() - timedelta(hours=10)
        self.crew: SignedIn = sign_in(Role.CREW)
        self.investigator: SignedIn = sign_in(Role.INVESTIGATOR)
        self.second: SignedIn = sign_in(Role.INVESTIGATOR)
        self.reviewer: SignedIn = sign_in(Role.REVIEWER, brigade.detachment)

    def at(self, hours: float) -> str:
        """So many hours after the call."""
        return (self.called_at + timedelta(hours=hours)).isoformat()

    def fire(self, **changes: Any) -> str:
        """The path of a fire with its photos, called in ten hours ago."""
        station = self.brigade.station
        times = {
            "called_at": self.called_at,
            "response_ended_at": self.called_at + timedelta(hours=2),
        }
        fire = a_fire(station_id=station.id, station_path=station.path, **times | changes)
        self.database.write(lambda work: self._put(work, fire))
        return f"/v1/incidents/{fire.id}"

    def _put(self, work: Any, fire: Incident) -> None:
        opened = IncidentOpened(
            incident_id=fire.id,
            station_id=fire.station_id,
            station_path=fire.station_path,
            report=fire.report,
        )
        work.events.append("incident", fire.id, [opened], expected=0, officer_id=None)
        work.incidents.put(fire, previous=0)
        for view in View:
            work.photos.add(a_photo(fire.id, view))


@pytest.fixture
def house(database: Any, brigade: Brigade, sign_in: Any) -> House:
    return House(database, brigade, sign_in)


def test_a_photo_taken_out_of_the_file_counts_no_more_for_the_checklist(house: House) -> None:
    fire = house.fire()
    photos = house.crew.get(f"{fire}/photos").json["photos"]
    detail = next(photo["id"] for photo in photos if photo["view"] == "detail")
    body = {"ground": "unusable", "reason": "镜头被烟遮住"}
    assert house.reviewer.put(f"{fire}/photos/{detail}/removal", body).status_code == 201
    [first, *_] = house.crew.get(f"{fire}/triage").json["routes"]
    assert first["status"] == "incomplete"
    short = [rule["fact"] for rule in first["rules"] if rule["outcome"] != "pass"]
    assert "photos_detail" in short
    assert "photos_overview" not in short


def test_a_registration_goes_from_triage_to_acceptance(house: House, told: Told) -> None:
    fire = house.fire(parties=(a_party(id_number=None),))
    found = told("get_triage", house.crew.get(f"{fire}/triage"))
    assert [route["status"] for route in found["routes"]] == ["eligible"] * 3

    path, body = f"{fire}/registration", {"incident_version": 1}
    answer = house.crew.put(path, body)
    made = told("put_registration", answer, body)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert made["certificate"]["number"].endswith("第0001号")
    assert made["certificate"]["units"][0]["open"] is True
    assert house.crew.put(path, body).status_code == 200
    assert house.crew.put(path, {"incident_version": 2}).status_code == 412

    whole = told("get_registration", house.crew.get(path))
    assert digest_of(whole["certificate"]["record"]) == made["certificate"]["digest"]

    body = {"rule_id": "registration.id_numbers", "id_numbers": {PARTY: "11010519491231002X"}}
    made = told("put_supplement", house.crew.put(f"{path}/supplements/{uuid4()}", body), body)
    assert made["owed"][0]["outstanding"] is False

    made = told("put_correction", *_correct(house, path, made["certificate"]["number"]))
    body = {"observed_at": None}
    made = told("put_report", house.crew.put(f"{path}/report", body, version=3), body)
    body = {"decision": "return", "reason": "请补充照片说明"}
    made = told("put_review", house.reviewer.put(f"{path}/review", body, version=4), body)
    assert made["state"] == "returned"
    body = {"reason": "系烹饪烟雾，不属火灾统计范围"}
    struck = house.reviewer.put(f"{path}/striking-off", body, version=5)
    assert told("put_striking_off", struck, body)["state"] == "struck_off"


def _correct(house: House, path: str, number: str) -> tuple[Any, Any]:
    pointer, reason = "/incident/account", "笔误"
    body = {"pointer": pointer, "becomes": "到场时仍有阴燃", "reason": reason}
    text = correction_text(number, pointer, "到场时明火已灭", body["becomes"], reason)
    signature = _signed(house, digest_of(text))
    body |= {"signature": signature}  # type: ignore[dict-item]
    return house.crew.put(f"{path}/corrections/{uuid4()}", body), body


@pytest.mark.parametrize(
    ("pointer", "becomes"),
    [
        ("/incident/account", "a\u0000b"),
        ("/incident/account", "长" * 20_001),
        ("/incident/loss/items/0/what", ""),
        ("/incident/loss/items/0/amount_fen", 2**63),
        ("/incident/loss/items/0/amount_fen", -1),
        ("/incident/casualties/injured", 100_001),
        ("/incident/casualties/injured", True),
        ("/incident/called_at", "garbage"),
        ("/incident/cause/kind", "magic"),
        ("/incident/cause/official_code", "０１０１０１"),
        ("/incident/parties/0/id_number", "xx"),
        ("/incident/parties/0/phone", "1"),
    ],
)
def test_a_corrected_value_meets_the_limits_of_the_report(
    house: House, pointer: str, becomes: Any
) -> None:
    fire = house.fire()
    house.crew.put(f"{fire}/registration", {})
    body = {"pointer": pointer, "becomes": becomes, "reason": "笔误", "signature": _signed(house)}
    answer = house.crew.put(f"{fire}/registration/corrections/{uuid4()}", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/becomes")


@pytest.mark.parametrize("pointer", ["/incident/account ", "incident/account", "/incident/０"])
def test_a_pointer_is_canonical_or_refused(house: House, pointer: str) -> None:
    fire = house.fire()
    house.crew.put(f"{fire}/registration", {})
    body = {"pointer": pointer, "becomes": "x", "reason": "笔误", "signature": _signed(house)}
    answer = house.crew.put(f"{fire}/registration/corrections/{uuid4()}", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/pointer")


def test_times_and_kinds_are_corrected_as_they_stand_in_the_record(house: House) -> None:
    fire = house.fire()
    path = f"{fire}/registration"
    house.crew.put(path, {})
    for pointer, sent, kept in (
        ("/incident/called_at", "2026-01-02T08:00:00+08:00", "2026-01-02T00:00:00Z"),
        ("/incident/cause/kind", "smoking", "smoking"),
    ):
        to = f"{path}/corrections/{uuid4()}"
        body = {"pointer": pointer, "becomes": sent, "reason": "笔误", "signature": _signed(house)}
        shown = house.crew.put(to, body).json["text"]
        body["signature"] = _signed(house, digest_of(shown))
        made = house.crew.put(to, body)
        assert made.json["corrections"][-1]["becomes"] == kept
        assert house.crew.put(to, body).status_code == 200


def _signed(house: House, digest: str = "0" * 64) -> dict[str, Any]:
    strokes = [[[10, 12, 0], [30, 40, 35]]]
    return {"strokes": strokes, "digest": digest, "device": "phone-7", "signed_at": house.at(5)}


def test_a_party_who_objects_after_registration_turns_it_by_a_new_statement(house: House) -> None:
    fire = house.fire()
    house.crew.put(f"{fire}/registration", {})
    frozen = house.crew.get(f"{fire}/registration").json["certificate"]["record"]
    said = {
        "text": "不同意",
        "facts_heard": True,
        "objection": "objection",
        "heard_at": house.at(6),
    }
    to = f"{fire}/statements/"
    assert house.crew.put(f"{to}{uuid4()}", {**said, "witness": "路人"}).status_code == 409
    assert house.crew.put(f"{to}{uuid4()}", {**said, "party_id": PARTY}).status_code == 201
    turned = house.crew.get(f"{fire}/registration").json
    assert turned["state"] == "turned_into_investigation"
    assert turned["certificate"]["record"] == frozen
    assert house.crew.get(fire).json["state"] == "investigating"


def test_a_refusal_lists_the_rules_and_offers_the_investigation(house: House, told: Told) -> None:
    fire = house.fire(loss=Loss(whole_fen=10_000_000))
    answer = house.crew.put(f"{fire}/registration", {})
    assert answer.status_code == 409
    assert answer.json["type"] == "/problems/route-not-open"
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["registration.loss"]
    assert answer.json["offers"] == ["investigation"]

    team = [str(house.investigator.officer.id), str(house.second.officer.id)]
    body = {"lead_officer_id": team[0], "investigator_ids": team, "reason": "损失超过标准"}
    path = f"{fire}/investigation"
    made = told("put_investigation", house.investigator.put(path, body), body)
    body = {"begun_at": "2026-12-01T01:00:00Z", "ended_at": None, "reason": "电气检验"}
    pause = house.investigator.put(f"{path}/pauses/{uuid4()}", body, version=1)
    assert told("put_pause", pause, body)["due"]["at"] is None
    made = told("get_investigation", house.investigator.get(path))
    body = {"reason": "案情复杂"}
    extended = house.reviewer.put(f"{path}/extension", body, version=made["version"])
    assert told("put_investigation_extension", extended, body)["extension"]["days"] == 30


def test_the_simplified_procedure_is_put_step_by_step(house: House, told: Told) -> None:
    fire = house.fire(loss=Loss(whole_fen=200_000))
    path = f"{fire}/simplified-procedure"
    steps: list[dict[str, Any]] = []
    for n, step in enumerate(ORDER):
        steps.append({"step": step, "done_at": house.at(4 + n / 10), "party_ids": [PARTY]})
        answer = house.investigator.put(path, {"steps": steps}, version=n or None)
        made = told("put_simplified_procedure", answer, {"steps": steps})
    assert made["next_step"] is None
    told("get_simplified_procedure", house.crew.get(path))
    body = {"note": "报大队备案"}
    filed = house.investigator.put(f"{path}/filing", body, version=7)
    assert told("put_filing", filed, body)["state"] == "filed"


def test_one_id_number_that_cannot_be_is_refused_with_its_place(house: House) -> None:
    fire = house.fire(parties=(a_party(id_number=None),))
    house.crew.put(f"{fire}/registration", {})
    body = {"rule_id": "registration.id_numbers", "id_numbers": {PARTY: "110105194912310021"}}
    answer = house.crew.put(f"{fire}/registration/supplements/{uuid4()}", body)
    assert answer.status_code == 422
