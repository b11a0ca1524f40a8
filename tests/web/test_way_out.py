"""The way out over HTTP: refused by name, remedied, shown to officers and to owners."""

from typing import Any
from uuid import uuid4

import pytest
from shapely import LineString, Point, box

from service.domain.powers import Role
from tests.web.scene_site import Site, geojson, market_features

EAST = ["103", "104", "106", "107", "108"]
REMEDY = {"text": "windows, escorted", "unit_ids": [*EAST, "105"]}


def _opening(kind: str, id: str, line: LineString) -> dict[str, Any]:
    properties = {"id": id, "level": "1", "kind": kind}
    return {"type": "Feature", "id": id, "geometry": geojson(line), "properties": properties}


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A market with doors and one exit, its hall burned before 101 and 102."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    found.on_record().opened()
    plan = market_features()
    plan["features"] += [
        _opening("door", f"d{x}-{y}", LineString([(x - 1, y), (x + 1, y)]))
        for y in (10, 14)
        for x in (5, 15, 25, 35)
    ]
    plan["features"].append(_opening("exit", "west", LineString([(0, 10.5), (0, 13.5)])))
    found.take(found.lead.put(f"{found.path}/plan", {"geojson": plan}, version=found.version))
    return found


def burned(site: Site) -> Site:
    """The hall's west burned."""
    assert site.hold("burned", "burned_area", box(1, 10, 19, 20)).status_code == 201
    return site


def test_a_seal_that_shuts_in_is_refused_and_its_preview_too(site: Site) -> None:
    burned(site)
    refused = site.find("seal", "seal_set", ground="survey")
    assert refused.status_code == 409
    assert refused.json["type"] == "/problems/shuts-in"
    assert set(EAST) <= set(refused.json["units"])
    finding = {"id": str(uuid4()), "kind": "seal_set", "ground": "survey"}
    told = site.lead.post(f"{site.path}/previews", {"findings": [finding]})
    assert told.json["errors"][0]["pointer"] == "/findings/0/remedies"
    good = site.lead.post(f"{site.path}/previews", {"findings": [finding | {"remedies": [REMEDY]}]})
    truth = site.find("seal", "seal_set", ground="survey", remedies=[REMEDY])
    assert truth.status_code == 201
    assert truth.json["way_out"] == good.json["way_out"]


def test_the_scene_and_the_owner_read_who_is_shut_in(site: Site) -> None:
    burned(site)
    sealed = site.find("seal", "seal_set", ground="survey", remedies=[REMEDY]).json
    told = {each["unit"]: each for each in sealed["way_out"]["shut_in"]}
    assert told["104"]["blocked_by"] == ["hall"]
    assert told["104"]["remedies"] == ["windows, escorted"]
    scene = site.lead.get(site.path).json
    assert scene["way_out"] == sealed["way_out"]
    (hold,) = site.lead.get(f"{site.path}/what-if").json["holds"]
    assert hold["way_out"]["let_out"] == sorted(told)
    states = {unit["unit"]: unit["state"] for unit in scene["units"]}
    assert states["104"] == "open_no_way_in"
    code = site.lead.post(f"/v1/incidents/{site.incident_id}/notice-code", {}).json["code"]
    shown = site.lead.client.get("/v1/status", headers={"Handback-Code": code}).json
    words = {unit["unit"]: unit["words"]["en"] for unit in shown["units"]}
    assert words["104"] == "open, no way in"
    page = site.lead.client.get(f"/n/{code}?lang=en").get_data(as_text=True)
    assert "Open, no way in" in page


def test_an_extension_that_shuts_in_takes_its_remedy_with_the_approval(site: Site) -> None:
    site.hold("kettle", "evidence", Point(5, 16))
    assert site.find("seal", "seal_set", ground="survey").json["way_out"]["shut_in"] == []
    assert site.hold("roof", "hazard", box(0, 10, 4, 14)).status_code == 201
    path = f"{site.path}/extensions/{site.id('more')}"
    body = {"reason": "the roof hangs", "hold_id": str(site.id("roof"))}
    site.take(site.lead.put(path, body, version=site.version), 201)
    agreed = {"ground": "yes"}
    refused = site.reviewer.put(f"{path}/approval", agreed, version=site.version)
    assert refused.json["type"] == "/problems/shuts-in"
    everybody = REMEDY | {"unit_ids": [*EAST, "102", "105"]}
    taken = site.reviewer.put(
        f"{path}/approval", agreed | {"remedies": [everybody]}, version=site.version
    )
    answer = site.take(taken)
    assert {each["unit"] for each in answer["answer"]["way_out"]["shut_in"]} >= set(EAST)
    assert answer["extension"]["remedies"] == [everybody]
