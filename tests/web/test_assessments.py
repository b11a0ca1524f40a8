"""The assessment over HTTP: answers, proposals, the officer's word on each, and the seal set."""

from typing import Any
from uuid import uuid4

import pytest
from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from service.domain.photo import View
from service.domain.powers import Role
from tests.fires import a_photo
from tests.web.conftest import Told
from tests.web.scene_site import Site, geojson


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A fire under investigation, its scene opened and its plan set."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(2, 16, 8, 22)).opened().planned()


def where(shape: BaseGeometry, **members: Any) -> dict[str, Any]:
    """A place drawn on level 1."""
    return {"geometry": geojson(shape), "levels": ["1"], **members}


def spot(site: Site, name: str, shape: BaseGeometry, **members: Any) -> dict[str, Any]:
    """Something at a place."""
    return {"id": str(site.id(name)), "label": name, "where": where(shape), **members}


def answers(site: Site, photo: str) -> dict[str, Any]:
    """A shop burned; an electrical cause from a panel in 106; a fuse; the ceiling of the hall."""
    panel = {"part": "panel", "where": {"named_units": ["106"]}}
    run = {"part": "cable_run", "where": where(LineString([(8, 18), (8, 12), (15, 12), (15, 8)]))}
    return {
        "burned": [],
        "origin": {"known": "unknown"},
        "causes": [
            {
                "id": str(site.id("wiring")),
                "kind": "electrical",
                "label": "照明回路",
                "places": [panel, run],
            }
        ],
        "gas": {"state": "shut"},
        "structure": [spot(site, "吊顶", box(2, 11, 4, 13))],
        "live_power": [],
        "evidence": [spot(site, "熔珠", Point(5, 17), photo_ids=[photo])],
        "dispute_likely": False,
        "dispute": "",
    }


def on_record(site: Site) -> str:
    """A photo of the incident."""
    photo = a_photo(site.incident_id, View.DETAIL)
    site.database.write(lambda work: work.photos.add(photo))
    return str(photo.id)


def test_answers_become_holds_when_the_officer_has_said_so_and_the_seal_is_set(
    site: Site, told: Told
) -> None:
    path = f"{site.path}/assessment"
    body: dict[str, Any] = {"answers": answers(site, on_record(site))}
    made = site.take(site.lead.put(path, body), 201)
    proposed = {each["rule"]: each for each in made["proposals"]}
    assert set(proposed) == {"burned_area", "cause", "evidence", "structure"}
    assert [each["unit"] for each in proposed["burned_area"]["claimed"]] == ["101"]
    assert {each["unit"] for each in proposed["cause"]["claimed"]} == {"101", "106", "hall"}
    assert "第十六条" in proposed["burned_area"]["ground"]["zh"]
    assert "Art. 16" in proposed["burned_area"]["ground"]["en"]
    assert made["foreseen"]["saved_m2"] > 600
    assert made["foreseen"]["blanket_units"] == 9
    assert [each["unit"] for each in made["divisions"]] == ["101"]

    early = site.find("seal", "seal_set", ground="first survey")
    assert early.json["type"] == "/problems/assessment-undecided"

    outcome = [
        {"proposal_id": each["id"], "decision": "accepted"}
        for each in (proposed["burned_area"], proposed["cause"], proposed["evidence"])
    ]
    outcome += [
        {
            "proposal_id": proposed["structure"]["id"],
            "decision": "changed",
            "reason": "松脱处更大",
            "hold": where(box(2, 11, 6, 13)),
        },
        {
            "proposal_id": made["divisions"][0]["id"],
            "decision": "dropped",
            "reason": "店内只有一个门",
        },
    ]
    body |= {"outcome": outcome}
    decided = told("put_assessment", site.lead.put(path, body, version=site.version), body)
    site.version = decided["version"]
    assert decided["revision"] == 2
    assert decided["undecided"] == []
    assert any("松脱处更大" in each["what"]["zh"] for each in decided["changes"])
    shown = site.lead.get(path)
    assert told("get_assessment", shown) == decided
    assert shown.headers["ETag"] == f'"{site.version}"'
    first = site.lead.get(f"{site.path}/history").json["items"][-2]["at"]
    assert site.lead.get(path, query_string={"at": first}).json == made
    early = site.lead.get(path, query_string={"at": "2000-01-01T00:00:00Z"})
    assert early.json["type"] == "/problems/scene-not-open-then"

    sealed = site.find("seal", "seal_set", ground="first survey")
    assert sealed.status_code == 201, sealed.json
    assert sealed.json["sealed_m2"]["1"] == pytest.approx(decided["foreseen"]["sealed_m2"]["1"])
    assert site.sealed_units() == set(decided["foreseen"]["units"])
    why = {one["why"]["zh"] for each in sealed.json["still_sealed"] for one in each["reasons"]}
    assert any("过火区域" in each and "《火灾事故调查规定》第十六条" in each for each in why)
    scene = site.lead.get(site.path).json
    assert scene["assessment"] == {"revision": 2, "undecided": [], "outdated": False}
    assert {each["id"] for each in scene["holds"]} == {
        each["proposal_id"] for each in outcome if each["decision"] != "dropped"
    }


def test_the_assessment_after_the_seal_says_what_changed_and_seals_nothing(site: Site) -> None:
    path, body = f"{site.path}/assessment", {"answers": {"dispute_likely": False}}
    made = site.take(site.lead.put(path, body), 201)
    accepted = [
        {"proposal_id": each["id"], "decision": "accepted"}
        for each in (*made["proposals"], *made["divisions"])
    ]
    body |= {"outcome": accepted}
    site.take(site.lead.put(path, body, version=site.version))
    assert site.find("seal", "seal_set", ground="survey").status_code == 201
    before = site.sealed_units()
    body["answers"]["evidence"] = [spot(site, "打火机", Point(15, 18))]
    body["outcome"] = [
        *accepted,
        {"proposal_id": str(site.id("打火机")), "decision": "accepted"},
    ]
    later = site.take(site.lead.put(path, body, version=site.version))
    assert site.sealed_units() == before
    assert later["not_in_force"] == [str(site.id("打火机"))]
    assert later["changes"][0]["what"]["en"] == "the evidence seen: answered differently"
    history = site.lead.get(f"{site.path}/history").json["items"]
    assert [each["what"]["en"] for each in history].count("the scene was assessed") == 3


def test_an_assessment_is_made_once_and_revised_by_its_version(site: Site) -> None:
    path, body = f"{site.path}/assessment", {"answers": {}}
    assert site.lead.get(path).json["type"] == "/problems/assessment-unknown"
    revised = site.lead.put(path, body, version=site.version)
    assert revised.json["type"] == "/problems/assessment-unknown"
    assert site.lead.put(path, body).status_code == 201
    again = site.lead.put(path, body)
    assert (again.status_code, again.json["revision"]) == (200, 1)
    other = {"answers": {"dispute_likely": True}}
    assert site.lead.put(path, other).json["type"] == "/problems/assessment-exists"
    stale = site.lead.put(path, other, version=1)
    assert stale.json["type"] == "/problems/scene-stale"
    assert site.reviewer.put(path, body).json["type"] == "/problems/role-not-allowed"
    assert site.reviewer.get(path).status_code == 200


def test_without_a_burned_area_nothing_is_proposed_and_it_is_asked_for(
    sign_in: Any, database: Any, brigade: Any
) -> None:
    site = Site(sign_in(Role.INVESTIGATOR), None, database, brigade).on_record().opened()
    made = site.take(site.lead.put(f"{site.path}/assessment", {"answers": {}}), 201)
    assert made["proposals"] == []
    assert made["still_to_say"][0]["pointer"] == "/answers/burned"


def test_evidence_seen_names_photos_that_are_on_record(site: Site) -> None:
    seen = spot(site, "kettle", Point(5, 17), photo_ids=[str(uuid4())])
    answer = site.lead.put(f"{site.path}/assessment", {"answers": {"evidence": [seen]}})
    assert answer.json["type"] == "/problems/evidence-not-on-record"
    assert answer.json["errors"][0]["pointer"] == "/answers/evidence/0/photo_ids/0"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"answers": {"weather": "dry"}}, "/answers/weather"),
        ({"answers": {"origin": {"known": "perhaps"}}}, "/answers/origin/known"),
        (
            {"answers": {"gas": {"state": "leaking", "leak": {"id": str(uuid4()), "where": {
                "geometry": {"type": "Point", "coordinates": [40.8, 111.6]}, "levels": ["1"]}}}}},
            "/answers/gas/leak/where/geometry/coordinates",
        ),
        (
            {"answers": {}, "outcome": [{"proposal_id": str(uuid4()), "decision": "changed",
                "line": {"type": "Point", "coordinates": [111.67, 40.82]}}]},
            "/outcome/0/line",
        ),
        (
            {"answers": {}, "outcome": [{"proposal_id": str(uuid4()), "decision": "accepted"}]},
            "/outcome/0/proposal_id",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_place(
    site: Site, body: dict[str, Any], pointer: str
) -> None:
    answer = site.lead.put(f"{site.path}/assessment", body)
    assert answer.status_code == 422, answer.json
    assert answer.json["errors"][0]["pointer"].startswith(pointer)


def test_a_division_is_accepted_with_a_line_of_the_officers(site: Site) -> None:
    path, body = f"{site.path}/assessment", {"answers": {"dispute_likely": False}}
    made = site.take(site.lead.put(path, body), 201)
    burned, division = made["proposals"][0], made["divisions"][0]
    line = LineString([(9, 14), (9, 24)])
    body["outcome"] = [
        {"proposal_id": burned["id"], "decision": "accepted"},
        {
            "proposal_id": division["id"],
            "decision": "changed",
            "reason": "沿货架拉设",
            "line": geojson(line),
        },
    ]
    decided = site.take(site.lead.put(path, body, version=site.version))
    assert decided["divisions"][0]["choice"]["line"]["type"] == "LineString"
    assert site.find("seal", "seal_set", ground="survey").status_code == 201
    assert site.sealed_units() == {"101.1"}


def test_a_scene_whose_incident_tells_of_a_dispute_keeps_the_burned_area(
    site: Site, database: Any
) -> None:
    origin = {"known": "clear", "spot": spot(site, "插座", box(4, 18, 5, 19))}
    body = {"answers": {"origin": origin, "dispute_likely": False}}
    path = f"{site.path}/assessment"
    alone = site.take(site.lead.put(path, body), 201)
    assert [each["rule"] for each in alone["proposals"]] == ["origin_clear"]
    assert [each["rule"] for each in alone["left_out"]] == ["burned_area"]
    site.find("objection", "objection_raised", party_id=str(uuid4()), text="no")
    body["answers"]["dispute"] = "the neighbour"
    both = site.take(site.lead.put(path, body, version=site.version))
    assert [each["rule"] for each in both["proposals"]] == ["burned_area", "origin_clear"]
