"""After a simple registration: a hazard cleared and gas restored, so that the units read open."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.incident import RecordedHazard, State, Utilities, Utility, UtilityState
from service.domain.powers import Role
from tests.web.conftest import Told
from tests.web.scene_site import Site
from tests.web.test_pages import browser
from tests.web.test_routes_of_a_fire import PARTY, House

HAZARD = UUID("7b1c1a52-3a51-4a0b-9a53-5c1f4f5d2a10")


def a_clearance(house: House, **changes: Any) -> dict[str, Any]:
    return {"cleared_at": house.at(3), "ground": "松动部分已拆除"} | changes


def a_restoration(house: House, **changes: Any) -> dict[str, Any]:
    return {"utility": "gas", "restored_at": house.at(3), "restored_by": "中燃公司"} | changes


@pytest.fixture
def house(database: Any, brigade: Any, sign_in: Any) -> House:
    return House(database, brigade, sign_in)


@pytest.fixture
def fire(house: House) -> str:
    """A registered fire with a loose ceiling at 101 and the gas shut off."""
    path = house.fire(
        hazards=(RecordedHazard(id=HAZARD, what="吊顶松动", unit_ids=("101",)),),
        utilities=Utilities(gas=Utility(state=UtilityState.OFF)),
    )
    assert house.crew.put(f"{path}/registration", {}).status_code == 201
    return path


def test_a_hazard_cleared_and_gas_restored_open_the_unit_and_leave_the_record_as_it_was(
    app: Any, house: House, fire: str, told: Told
) -> None:
    code = house.crew.post(f"{fire}/owner-codes", {"party_id": PARTY, "days": 30}).json["code"]
    asked = {"headers": {"Handback-Code": code}}

    def unit() -> Any:
        return app.test_client().get("/v1/status", **asked).json["units"][0]

    frozen = house.crew.get(f"{fire}/registration").json
    assert unit()["state"] == "open_with_conditions"
    cleared = house.investigator.put(f"{fire}/hazards/{HAZARD}/clearance", a_clearance(house))
    made = told("put_hazard_clearance", cleared, a_clearance(house))
    assert made["hazards"][0]["cleared_at"] is not None
    assert unit()["state"] == "open_with_conditions"
    restored = house.crew.put(f"{fire}/restorations/{uuid4()}", a_restoration(house))
    made = told("put_restoration", restored, a_restoration(house))
    assert made["utilities"]["gas"]["state"] == "on"
    assert (unit()["state"], unit()["reasons"]) == ("open", [])
    assert house.crew.get(f"{fire}/registration").json == frozen


def test_both_are_noted_once_and_said_again_without_effect(house: House, fire: str) -> None:
    clearance, restoration = f"{fire}/hazards/{HAZARD}/clearance", f"{fire}/restorations/{uuid4()}"
    for who, path, body in (
        (house.investigator, clearance, a_clearance(house)),
        (house.crew, restoration, a_restoration(house)),
    ):
        assert who.put(path, body).status_code == 201
        again = who.put(path, body)
        assert (again.status_code, again.json["version"]) == (
            200,
            house.crew.get(fire).json["version"],
        )
    other = house.investigator.put(clearance, a_clearance(house, ground="别的理由"))
    assert (other.status_code, other.json["type"]) == (409, "/problems/made-safe-before")
    assert house.crew.put(restoration, a_restoration(house, utility="water")).status_code == 409
    assert house.crew.put(f"{fire}/restorations/{uuid4()}", a_restoration(house)).status_code == 409


def test_only_those_who_may_clear_a_hazard_at_a_scene_may_clear_this_one(
    house: House, fire: str
) -> None:
    path = f"{fire}/hazards/{HAZARD}/clearance"
    assert house.crew.put(path, a_clearance(house)).status_code == 403
    assert house.reviewer.put(path, a_clearance(house)).status_code == 201


@pytest.mark.parametrize("hours", [-1, 24 * 365 * 1000])
def test_neither_lies_before_the_call_nor_in_the_future(
    house: House, fire: str, hours: float
) -> None:
    at = house.at(hours)
    path = f"{fire}/hazards/{HAZARD}/clearance"
    answer = house.investigator.put(path, a_clearance(house, cleared_at=at))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/cleared_at")
    answer = house.crew.put(f"{fire}/restorations/{uuid4()}", a_restoration(house, restored_at=at))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/restored_at")


def test_an_unknown_hazard_and_a_joined_record_are_refused(house: House, fire: str) -> None:
    path = f"{fire}/hazards/{uuid4()}/clearance"
    assert house.investigator.put(path, a_clearance(house)).status_code == 404

    def join(work: Any) -> None:
        incident = work.incidents.get(UUID(fire.rpartition("/")[2]))
        work.incidents.put(
            replace(incident, version=3, state=State.JOINED), previous=incident.version
        )

    house.database.write(join)
    path = f"{fire}/hazards/{HAZARD}/clearance"
    assert (
        house.investigator.put(path, a_clearance(house)).json["type"] == "/problems/record-frozen"
    )


def test_where_there_is_a_scene_gas_is_noted_there(
    sign_in: Any, database: Any, brigade: Any
) -> None:
    lead = sign_in(Role.INVESTIGATOR)
    site = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade)
    site.on_record().opened()
    body = {
        "utility": "gas",
        "restored_at": database.clock().isoformat(),
        "restored_by": "中燃公司",
    }
    answer = lead.put(f"/v1/incidents/{site.incident_id}/restorations/{uuid4()}", body)
    assert (answer.status_code, answer.json["scene_id"]) == (409, str(site.scene_id))


def test_the_list_of_fires_says_what_is_not_safe_yet(app: Any, house: House, fire: str) -> None:
    page = browser(app, house.investigator).get("/").text
    assert '危险未消除：<span lang="zh-CN">吊顶松动</span>' in page and "燃气未恢复" in page
    house.investigator.put(f"{fire}/hazards/{HAZARD}/clearance", a_clearance(house))
    house.crew.put(f"{fire}/restorations/{uuid4()}", a_restoration(house))
    page = browser(app, house.investigator).get("/?lang=en").text
    assert "Hazard cleared" in page and "not restored" not in page
