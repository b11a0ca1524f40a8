"""Scenes over HTTP: from opening one to releasing the whole."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from shapely import LineString, Point, box

from schemas.findings import KINDS
from service.domain.holds import HoldKind
from service.domain.photo import View
from service.domain.powers import Role
from service.domain.statement import Objection
from tests.fires import a_photo
from tests.web.conftest import EXAMPLES
from tests.web.scene_site import Site, geojson, market_features, names


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A fire under investigation."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(1, 11, 19, 20))


@pytest.fixture
def sealed(site: Site) -> Site:
    """Its scene, sealed."""
    return site.opened().planned().sealed()


def test_a_scene_goes_from_seal_to_release(sealed: Site) -> None:
    site = sealed.agreed("bao")
    assert site.sealed_units() == {"101", "102", "105", "hall"}
    survey = site.find(
        "s1", "survey_finished", stage="preliminary", outcome="excluded", units=["102"], ground="no"
    )
    assert names(survey.json["released"]) == {"102"}
    assert survey.json["opened_units"] == ["102"]
    assert survey.json["released_m2"]["1"] == pytest.approx(100, abs=0.1)
    origin = site.find(
        "origin",
        "origin_established",
        geometry=geojson(box(4, 16, 6, 18)),
        levels=["1"],
        ground="V",
    )
    assert origin.json["released"] == []
    party = {"party_id": str(site.id("bao")), "name": "Bao", "unit_ids": ["101"]}
    site.find("list", "parties_certified", parties=[party])
    agreed = site.find(
        "agreed",
        "no_objection_stated",
        party_id=str(site.id("bao")),
        statement_id=str(site.id("statement of bao")),
    )
    assert names(agreed.json["released"]) == {"105", "hall"}
    assert {r["kind"] for u in agreed.json["still_sealed"] for r in u["reasons"]} == {
        "area_of_origin",
        "evidence",
    }
    scene = site.lead.get(site.path).json
    answers = {h["id"]: "done" for h in scene["holds"] if h["cleared_at"] is None}
    released = site.find(
        "release",
        "whole_released",
        answers=answers,
        received_by="Bao",
        condition={"structure": "sound", "environment": "soot", "health_and_safety": "aired"},
    )
    assert released.status_code == 201, released.json
    assert site.sealed_units() == set()
    assert site.lead.get(site.path).json["released_at"]
    late = site.find("late", "objection_raised", party_id=str(uuid4()), text="no")
    assert late.json["type"] == "/problems/scene-released"


def test_opening_the_same_scene_again_is_the_same_scene(site: Site) -> None:
    site.opened()
    body = {"incident_id": str(site.incident_id)}
    assert site.lead.put(site.path, body).status_code == 200
    other = site.lead.put(f"/v1/scenes/{uuid4()}", body)
    assert other.json["type"] == "/problems/scene-id-used"


def test_a_scene_needs_an_investigation(sign_in: Any, database: Any, brigade: Any) -> None:
    site = Site(sign_in(Role.INVESTIGATOR), None, database, brigade).on_record(investigated=False)
    answer = site.lead.put(site.path, {"incident_id": str(site.incident_id)})
    assert answer.json["type"] == "/problems/not-under-investigation"


def test_scenes_are_listed_by_incident_within_the_jurisdiction(
    site: Site, sign_in: Any, brigade: Any
) -> None:
    site.opened()
    query = {"incident_id": str(site.incident_id)}
    assert [s["id"] for s in site.lead.get("/v1/scenes", query_string=query).json["scenes"]] == [
        str(site.scene_id)
    ]
    after = {"after": str(site.scene_id)}
    assert site.lead.get("/v1/scenes", query_string=after).json["scenes"] == []
    stranger = sign_in(Role.INVESTIGATOR, brigade.other_detachment)
    assert stranger.get("/v1/scenes").json["scenes"] == []
    assert stranger.get(site.path).json["type"] == "/problems/outside-jurisdiction"
    assert site.lead.get(f"/v1/scenes/{uuid4()}").json["type"] == "/problems/scene-unknown"


def test_the_plan_comes_back_as_mended(site: Site) -> None:
    plan = site.opened().planned().lead.get(f"{site.path}/plan").json
    assert {"101", "hall", "202", "ground"} <= {f["id"] for f in plan["features"]}
    assert plan["plan_version"] == 1
    both = {"geojson": market_features(), "imdf": {}}
    assert site.lead.put(f"{site.path}/plan", both, version=site.version).status_code == 422
    bad = {"geojson": market_features(), "placement": {"anchor": "here"}}
    assert site.lead.put(f"{site.path}/plan", bad, version=site.version).status_code == 422


def test_a_stale_version_is_told_what_has_changed(sealed: Site) -> None:
    before = sealed.version
    sealed.find("o", "objection_raised", party_id=str(uuid4()), text="no")
    sealed.version = before
    stale = sealed.hold("late", "evidence", Point(5, 17))
    assert stale.status_code == 412
    assert [each["what_en"] for each in stale.json["changed"]] == ["a party objected"]


def test_what_opens_a_hold_needs_if_match(sealed: Site) -> None:
    body = {"kind": "seal_set", "ground": "x"}
    answer = sealed.lead.put(f"{sealed.path}/findings/{uuid4()}", body)
    assert answer.status_code == 428


def test_what_only_clears_may_be_based_on_an_older_version(sealed: Site) -> None:
    body = {"kind": "cause_excluded", "hold_id": str(sealed.id("flue")), "ground": "sound"}
    path = f"{sealed.path}/findings/{uuid4()}"
    assert sealed.lead.put(path, body).status_code == 428
    assert sealed.lead.put(path, body | {"based_on": 10_000}).status_code == 422
    answer = sealed.lead.put(path, body | {"based_on": 3})
    assert names(answer.json["released"]) == {"105"}


def test_a_finding_under_a_used_id_is_the_same_answer_or_refused(sealed: Site) -> None:
    path = f"{sealed.path}/findings/{sealed.id('once')}"
    body = {
        "kind": "cause_excluded",
        "hold_id": str(sealed.id("flue")),
        "ground": "sound",
        "based_on": 3,
    }
    first, again = sealed.lead.put(path, body), sealed.lead.put(path, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json == sealed.lead.get(path).json
    other = sealed.lead.put(path, body | {"ground": "burst"})
    assert other.json["type"] == "/problems/finding-id-used"
    missing = sealed.lead.get(f"{sealed.path}/findings/{uuid4()}")
    assert missing.json["type"] == "/problems/finding-unknown"


def test_a_statement_that_is_not_signed_clears_nothing(sealed: Site) -> None:
    unsigned = {"party_id": str(uuid4()), "statement_id": str(uuid4())}
    answer = sealed.find("agreed", "no_objection_stated", **unsigned)
    assert answer.json["type"] == "/problems/statement-not-signed"


def test_another_partys_statement_does_not_count(sealed: Site) -> None:
    sealed.agreed("bao", "hong")
    other = {
        "party_id": str(sealed.id("bao")),
        "statement_id": str(sealed.id("statement of hong")),
    }
    answer = sealed.find("agreed", "no_objection_stated", **other)
    assert answer.json["type"] == "/problems/statement-not-signed"


def test_a_signed_objection_is_no_agreement(sealed: Site) -> None:
    sealed.agreed("bao", objection=Objection.OBJECTION)
    stated = {
        "party_id": str(sealed.id("bao")),
        "statement_id": str(sealed.id("statement of bao")),
    }
    answer = sealed.find("agreed", "no_objection_stated", **stated)
    assert answer.json["type"] == "/problems/statement-not-signed"


def test_a_statement_older_than_the_objection_does_not_come_back(sealed: Site) -> None:
    sealed.agreed("bao")
    party = {"party_id": str(sealed.id("bao"))}
    told = sealed.find("objects", "objection_raised", text="隔壁起火", **party)
    assert told.status_code == 201
    statement = str(sealed.id("statement of bao"))
    answer = sealed.find("agreed", "no_objection_stated", statement_id=statement, **party)
    assert (answer.status_code, answer.json["type"]) == (
        409,
        "/problems/statement-before-objection",
    )


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_nothing_at_a_scene_is_observed_at_a_time_that_cannot_be(sealed: Site, year: str) -> None:
    then = {"observed_at": f"{year}-01-01T00:00:00Z"}
    answer = sealed.find("looked", "seal_reviewed", ground="x", **then)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/observed_at")
    served = {"party_id": str(uuid4()), "served_at": [f"{year}-01-01T00:00:00Z"], "ground": "x"}
    body = {"kind": "party_not_reached", "based_on": 3, **served}
    answer = sealed.reviewer.put(f"{sealed.path}/findings/{uuid4()}", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/served_at/0")


def test_a_plan_comes_as_an_imdf_archive_too(site: Site) -> None:
    level = {
        "type": "Feature",
        "id": "1",
        "feature_type": "level",
        "geometry": geojson(box(0, 0, 20, 20)),
        "properties": {"ordinal": 0, "name": {"en": "1F"}, "short_name": {"en": "1"}},
    }
    room = {
        "type": "Feature",
        "id": "101",
        "feature_type": "unit",
        "geometry": geojson(box(0, 0, 10, 10)),
        "properties": {"category": "room", "level_id": "1", "name": {"en": "Shop"}},
    }
    files = {
        f"{name}.geojson": {"type": "FeatureCollection", "features": [feature]}
        for name, feature in (("level", level), ("unit", room))
    }
    site.opened()
    answer = site.lead.put(f"{site.path}/plan", {"imdf": files}, version=site.version)
    assert "101" in {f["id"] for f in site.take(answer)["features"]}


def test_a_preview_is_the_truth_and_changes_nothing(sealed: Site) -> None:
    finding = {
        "id": str(sealed.id("s")),
        "kind": "survey_finished",
        "stage": "detailed",
        "outcome": "excluded",
        "units": ["102", "105"],
        "ground": "no trace",
    }
    told = sealed.lead.post(f"{sealed.path}/previews", {"findings": [finding]})
    assert told.status_code == 200, told.json
    assert sealed.sealed_units() == {"101", "102", "105", "hall"}
    members = {name: finding[name] for name in finding if name not in ("id", "kind")}
    truth = sealed.find("s", "survey_finished", **members)
    assert told.json == {name: truth.json[name] for name in told.json}


def test_what_if_names_every_live_hold(sealed: Site) -> None:
    found = sealed.lead.get(f"{sealed.path}/what-if").json
    areas = {each["kind"]: each["area_m2"] for each in found["holds"]}
    assert areas["cause_area"] == pytest.approx(100, abs=0.1)
    assert found["nobody_objects"] is None
    assert {each["way_out"] for each in found["holds"]} == {None}


def test_a_seal_before_the_scene_or_still_to_come_is_refused_in_words(sealed: Site) -> None:
    def seal_at(moment: datetime) -> Any:
        return sealed.lead.get(f"{sealed.path}/seal", query_string={"at": moment.isoformat()})

    opened_at = sealed.lead.get(sealed.path).json["opened_at"]
    early = seal_at(datetime(2020, 1, 1, tzinfo=UTC))
    assert (early.status_code, early.json["type"]) == (422, "/problems/scene-not-open-then")
    assert early.json["opened_at"] == opened_at
    assert early.json["errors"][0]["pointer"] == "/at"
    assert opened_at in early.json["detail"] and opened_at in early.json["detail_en"]
    late = seal_at(datetime.now(UTC) + timedelta(days=1))
    assert (late.status_code, late.json["type"]) == (422, "/problems/scene-not-there-yet")
    fast = seal_at(datetime.now(UTC) + timedelta(minutes=3))
    assert fast.json["units"] == sealed.lead.get(f"{sealed.path}/seal").json["units"]


def test_the_seal_is_shown_as_it_stood(sealed: Site) -> None:
    before = datetime.now(UTC).isoformat()
    sealed.find("x", "cause_excluded", hold_id=str(sealed.id("flue")), ground="sound")
    assert sealed.sealed_units(at=before) == {"101", "102", "105", "hall"}
    assert sealed.sealed_units() == {"101", "102", "hall"}
    upper = sealed.lead.get(f"{sealed.path}/seal", query_string={"level": "2"}).json
    assert upper["features"] == []
    entries = sealed.lead.get(f"{sealed.path}/history").json["items"]
    assert entries[-1]["why_left"][0]["en"] == "the cause was excluded"
    figures = sealed.lead.get(f"{sealed.path}/figures").json
    assert figures["never_shrank_m2_hours"] >= figures["sealed_m2_hours"] >= 0


def test_a_hold_outside_needs_an_extension_by_a_second_officer(sealed: Site) -> None:
    opened = sealed.hold("roof", "hazard", box(32, 16, 38, 22))
    assert names(opened.json["needs_extension"]) == {"104"}
    assert "104" not in sealed.sealed_units()
    path = f"{sealed.path}/extensions/{sealed.id('more')}"
    body = {"reason": "the roof hangs", "hold_id": str(sealed.id("roof"))}
    asked = sealed.take(sealed.lead.put(path, body, version=sealed.version), 201)
    assert asked["answer"]["joined"] == []
    own = sealed.lead.put(f"{path}/approval", {"ground": "yes"}, version=sealed.version)
    assert own.json["type"] == "/problems/role-not-allowed"
    preview = {"extension_id": str(sealed.id("more"))}
    foretold = sealed.lead.post(f"{sealed.path}/previews", preview).json
    approval = sealed.reviewer.put(f"{path}/approval", {"ground": "yes"}, version=sealed.version)
    answer = sealed.take(approval)["answer"]
    assert names(answer["joined"]) == names(foretold["joined"]) == {"104"}
    assert foretold["sealed_m2"] == answer["sealed_m2"]
    assert sealed.lead.post(f"{sealed.path}/previews", {}).status_code == 422
    assert sealed.lead.get(path).json["approved_by"] == str(sealed.reviewer.officer.id)


def test_a_hazard_is_extended_at_once_provisionally(sealed: Site) -> None:
    hold = {
        "hold_kind": "hazard",
        "geometry": geojson(box(32, 16, 38, 22)),
        "levels": ["1"],
        "ground": "cracks",
    }
    body = {"reason": "collapse", "hold": hold, "at_once": True}
    path = f"{sealed.path}/extensions/{uuid4()}"
    taken = sealed.take(sealed.lead.put(path, body, version=sealed.version), 201)
    assert taken["extension"]["provisional"]
    assert taken["answer"]["warnings"]
    assert "104" in sealed.sealed_units()
    both = body | {"hold_id": str(uuid4())}
    assert sealed.lead.put(path, both, version=sealed.version).status_code == 422


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"hold_kind": "smoke"}, "/hold_kind"),
        ({"geometry": {"type": "Point", "coordinates": [40.8, 111.6]}}, "/geometry"),
        ({"colour": "red"}, "/colour"),
        ({"accuracy_m": "2"}, "/accuracy_m"),
    ],
)
def test_a_hold_that_is_wrong_is_refused_with_its_place(
    site: Site, members: dict[str, Any], pointer: str
) -> None:
    site.opened().planned()
    answer = site.hold("bad", "burned_area", box(2, 16, 8, 22), **members)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].startswith(pointer)


def test_an_unknown_kind_of_finding_is_refused(site: Site) -> None:
    site.opened().planned()
    assert site.find("x", "prayer").status_code == 422


def test_evidence_rests_on_officers_and_photos_that_are_on_record(sealed: Site) -> None:
    answer = sealed.find(
        "forged",
        "evidence_taken",
        hold_id=str(sealed.id("kettle")),
        record_number="W-1",
        photo_ids=[str(uuid4())],
        officer_ids=[str(sealed.lead.officer.id), str(uuid4())],
        witness="Hong",
        custody=[{"holder": "w", "at": datetime.now(UTC).isoformat(), "place": "room"}],
    )
    assert answer.json["type"] == "/problems/evidence-not-on-record"
    pointers = [fault["pointer"] for fault in answer.json["errors"]]
    assert pointers == ["/officer_ids/1", "/photo_ids/0"]


def test_a_scene_says_its_version_as_its_etag(sealed: Site) -> None:
    answer = sealed.lead.get(sealed.path)
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'


def test_an_empty_plan_is_refused_and_nothing_is_lost(sealed: Site) -> None:
    empty = {"geojson": {"type": "FeatureCollection", "features": []}}
    version = sealed.lead.get(sealed.path).json["version"]
    answer = sealed.lead.put(f"{sealed.path}/plan", empty, version=version)
    assert answer.json["type"] == "/problems/plan-invalid"
    assert sealed.lead.get(sealed.path).json["version"] == version


def test_every_other_kind_of_finding_is_taken(sealed: Site) -> None:
    bao, hong = str(sealed.id("bao")), str(sealed.id("hong"))
    now = datetime.now(UTC)
    photo = a_photo(sealed.incident_id, View.DETAIL)
    sealed.database.write(lambda work: work.photos.add(photo))
    officers = [str(sealed.lead.officer.id), str(sealed.reviewer.officer.id)]
    custody = [{"holder": "wang", "at": now.isoformat(), "place": "evidence room"}]
    steps: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("gas", "hold_opened", None, _hold("hazard", box(1, 11, 3, 13))),
        (
            "taken",
            "evidence_taken",
            None,
            {
                "hold_id": str(sealed.id("kettle")),
                "record_number": "W-1",
                "photo_ids": [str(photo.id)],
                "officer_ids": officers,
                "witness": "Hong",
                "custody": custody,
            },
        ),
        ("safe", "hazard_cleared", None, {"hold_id": str(sealed.id("gas")), "ground": "aired"}),
        (
            "list",
            "parties_certified",
            None,
            {
                "parties": [
                    {"party_id": bao, "name": "Bao", "unit_ids": ["102"]},
                    {"party_id": hong, "name": "Hong"},
                ]
            },
        ),
        (
            "away",
            "party_not_reached",
            sealed.reviewer,
            {
                "party_id": hong,
                "served_at": [(now - timedelta(days=d)).isoformat() for d in (8, 4)],
                "ground": "moved away",
            },
        ),
        ("objection", "objection_raised", None, {"party_id": bao, "text": "not the flue"}),
        (
            "decided",
            "objection_decided",
            None,
            {"objection_id": str(sealed.id("objection")), "keeps": True, "ground": "expert"},
        ),
        ("over", "dispute_decided", None, {"hold_id": str(sealed.id("decided")), "ground": "seen"}),
        (
            "withdrawn",
            "objection_withdrawn",
            None,
            {"objection_id": str(sealed.id("objection")), "ground": "agreed"},
        ),
        (
            "divided",
            "unit_divided",
            None,
            {"unit_id": "101", "geometry": geojson(LineString([(5, 14), (5, 24)])), "ground": "x"},
        ),
    ]
    for name, kind, by, members in steps:
        answer = sealed.find(name, kind, by=by, **members)
        assert answer.status_code == 201, (kind, answer.json)
    assert {"101.1", "101.2"} <= sealed.sealed_units()


def _hold(kind: str, shape: Any) -> dict[str, Any]:
    return {"hold_kind": kind, "geometry": geojson(shape), "levels": ["1"], "ground": "seen"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_finding_has_an_example_that_its_shape_takes(kind: str) -> None:
    body = json.loads((EXAMPLES / "findings" / f"{kind}.json").read_text())
    assert body.pop("kind") == kind
    KINDS[kind]().load(body)


@pytest.mark.parametrize("kind", HoldKind)
def test_every_kind_of_hold_has_an_example(kind: HoldKind) -> None:
    hold = json.loads((EXAMPLES / "holds" / f"{kind}.json").read_text())
    assert hold["kind"] == kind
    assert {"why", "until", "geometry", "levels", "ground"} <= hold.keys()


NOWHERE: list[tuple[str, dict[str, Any], str, str]] = [
    ("hold_opened", {"levels": ["1", "9"]}, "level-unknown", "/levels/1"),
    ("hold_opened", {"named_units": ["101", "999"]}, "unit-unknown", "/named_units/1"),
    ("hold_opened", {"not_units": ["999"]}, "unit-unknown", "/not_units/0"),
    ("origin_established", {"levels": ["9"]}, "level-unknown", "/levels/0"),
    ("survey_finished", {"units": ["101", "999"]}, "unit-unknown", "/units/1"),
    ("survey_finished", {"levels": ["9"]}, "level-unknown", "/levels/0"),
    ("unit_divided", {"unit_id": "999"}, "unit-unknown", "/unit_id"),
    ("unit_divided", {"unit_id": "hall"}, "unit-not-closed", "/unit_id"),
]


@pytest.mark.parametrize(("kind", "change", "problem", "pointer"), NOWHERE)
def test_a_place_that_the_plan_lacks_is_named_by_its_pointer(
    sealed: Site, kind: str, change: dict[str, Any], problem: str, pointer: str
) -> None:
    area = {"geometry": geojson(box(1, 11, 9, 19)), "levels": ["1"]}
    bodies: dict[str, dict[str, Any]] = {
        "hold_opened": {**area, "hold_kind": "hazard"},
        "origin_established": area,
        "survey_finished": {"stage": "preliminary", "outcome": "possible", **area},
        "unit_divided": {"geometry": geojson(LineString([(5, 11), (5, 19)]))},
    }
    body = {"kind": kind, "ground": "seen", **bodies[kind], **change}
    answer = sealed.find("nowhere", **body)
    assert (answer.json["type"], answer.json["errors"][0]["pointer"]) == (
        f"/problems/{problem}",
        pointer,
    )
    foretold = sealed.lead.post(
        f"{sealed.path}/previews", {"findings": [{**body, "id": str(uuid4())}]}
    )
    assert foretold.json["errors"][0]["pointer"] == f"/findings/0{pointer}"


def test_an_extension_and_a_seal_name_the_level_that_the_plan_lacks(sealed: Site) -> None:
    hold = {
        "hold_kind": "hazard",
        "geometry": geojson(Point(5, 5)),
        "levels": ["9"],
        "ground": "gas",
    }
    asked = {"reason": "gas", "hold": hold}
    path = f"{sealed.path}/extensions/{uuid4()}"
    answer = sealed.lead.put(path, asked, version=sealed.version)
    assert answer.json["errors"][0]["pointer"] == "/hold/levels/0"
    seal = sealed.lead.get(f"{sealed.path}/seal", query_string={"level": "9"})
    assert seal.json["errors"][0]["pointer"] == "/level"
