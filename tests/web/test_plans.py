"""Plans over HTTP: archives and drawings, what is said of them, what they leave as it was."""

import json
import zipfile
from base64 import b64encode
from datetime import datetime, timedelta
from io import BytesIO
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from pytest import approx
from shapely import Point, box

from scripts.market_plan import write_imdf
from service.domain.photo import View
from service.domain.powers import Role
from storage.drawing_reader import ApartDrawings
from tests.drawings import a_drawing, as_bytes
from tests.fires import a_photo
from tests.web.conftest import EXAMPLES
from tests.web.scene_site import Site, geojson, market_features


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A scene without a plan."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(1, 11, 19, 20)).opened()


def lonlat(east: float, north: float) -> list[float]:
    return list(geojson(Point(east, north))["coordinates"])


def sheet(body: bytes, **more: Any) -> dict[str, Any]:
    """A drawing in millimetres whose origin lies on the scene's."""
    points = [
        {"at": [0, 0], "lonlat": lonlat(0, 0)},
        {"at": [10_000, 0], "lonlat": lonlat(10, 0)},
        {"at": [10_000, 6_000], "lonlat": lonlat(10, 6)},
    ]
    return {"file": b64encode(body).decode(), "level": "1F", "points": points, **more}


def put(site: Site, **plan: Any) -> Any:
    return site.lead.put(f"{site.path}/plan", plan, version=site.version)


def fault_of(answer: Any) -> tuple[str, str]:
    assert answer.status_code == 422, answer.json
    return answer.json["type"], answer.json["errors"][0]["pointer"]


def said(plan: Any) -> str:
    return "\n".join(note["en"] for note in plan["notes"])


def test_a_drawing_comes_in_as_units(site: Site) -> None:
    asked = {"dxf": [sheet(as_bytes(a_drawing()))]}
    answer = put(site, **asked)
    plan = site.take(answer)
    kinds = {f["id"]: f["properties"]["kind"] for f in plan["features"]}
    assert kinds == {"101": "closed", "102": "closed", "走廊": "open", "ground": "open"}
    west, south = plan["features"][0]["geometry"]["coordinates"][0][0]
    assert (west, south) == approx((111.67, 40.82), abs=1e-3)
    assert "no doors are drawn" in said(plan)
    assert "how far control points are off (root mean square): 1F 0.000 m" in said(plan)
    assert site.lead.get(f"{site.path}/plan").json["notes"] == plan["notes"]


def test_a_drawing_of_unknown_unit_says_what_to_send(site: Site) -> None:
    body = as_bytes(a_drawing(units=0))
    answer = put(site, dxf=[sheet(body)])
    assert fault_of(answer) == ("/problems/drawing-unit-unknown", "/dxf/0/unit")
    assert "mm" in answer.json["units"]
    site.take(put(site, dxf=[sheet(body, unit="mm")]))


def test_layers_can_be_told(site: Site) -> None:
    def add(_: Any, space: Any) -> None:
        corners = [(0, 6000), (10_000, 6000), (10_000, 9000), (0, 9000)]
        space.add_lwpolyline(corners, close=True, dxfattribs={"layer": "X-17"})

    body = as_bytes(a_drawing(add))
    assert "layers that were not used: X-17 (1)" in said(site.take(put(site, dxf=[sheet(body)])))
    plan = site.take(put(site, dxf=[sheet(body, layers={"x-17": "open"})]))
    assert len(plan["features"]) == 5


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"\x89PNG", ("/problems/plan-invalid", "/dxf/0/file")),
        (b"0\nSECTION\nwhatever\n", ("/problems/plan-unreadable", "/dxf/0/file")),
        (as_bytes(a_drawing(units=1)), ("/problems/drawing-unit-wrong", "/dxf/0/unit")),
    ],
)
def test_a_drawing_that_is_none_is_refused_and_the_worker_lives(
    site: Site, body: bytes, fault: tuple[str, str]
) -> None:
    assert fault_of(put(site, dxf=[sheet(body)])) == fault
    assert site.lead.get(site.path).json["version"] == site.version


@pytest.mark.parametrize(
    ("plan", "pointer"),
    [
        ({}, "/geojson"),
        ({"archive": "UEs=", "geojson": {}}, "/geojson"),
        ({"archive": "not base64"}, "/archive"),
        ({"archive": 7}, "/archive"),
        ({"archive": "UEs="}, "/archive"),
        ({"dxf": []}, "/dxf"),
        ({"dxf": [sheet(b"x")], "placement": {"anchor": [111.6, 40.8]}}, "/placement"),
        ({"dxf": [sheet(b"x", unit="li")]}, "/dxf/0/unit"),
        ({"dxf": [sheet(b"x", layers={"A": "window"})]}, "/dxf/0/layers/A/value"),
        (
            {"dxf": [sheet(b"x", points=[{"at": [0, 0], "lonlat": [2, 48]}])]},
            "/dxf/0/points/0/lonlat",
        ),
        ({"geojson": {"features": []}, "crs": "GPS"}, "/crs"),
    ],
)
def test_what_is_sent_wrongly_is_pointed_at(site: Site, plan: Any, pointer: str) -> None:
    assert fault_of(put(site, **plan))[1] == pointer


def test_an_archive_comes_whole(site: Site, tmp_path: Any) -> None:
    write_imdf(tmp_path / "market.zip")
    body = (tmp_path / "market.zip").read_bytes()
    anchor = {"anchor": lonlat(0, 0), "turn_deg": 10}
    plan = site.take(put(site, archive=b64encode(body).decode(), placement=anchor))
    assert len(plan["features"]) > 53
    assert plan["levels"][0]["name"] == "一层"


def test_others_write_while_a_plan_is_prepared(site: Site, app: Any, database: Any) -> None:
    class SlowDrawings(ApartDrawings):
        """Reads archives in a time in which somebody else of this process writes."""

        def archive(self, body: bytes, *, pointer: str) -> dict[str, object]:
            beside = Thread(target=lambda: written.append(database.write(lambda work: work.now)))
            beside.start()
            beside.join(10)
            return {"unit.geojson": json.loads(body)}

    written: list[datetime] = []
    app.extensions["handback-drawings"] = SlowDrawings()
    market = json.dumps(market_features()).encode()
    site.take(put(site, archive=b64encode(market).decode()))
    assert written


def test_a_hostile_archive_is_refused_with_its_place(site: Site) -> None:
    bomb, link, nest = BytesIO(), BytesIO(), BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("unit.geojson", b" " * 20_000_000)
    with zipfile.ZipFile(link, "w") as archive:
        entry = zipfile.ZipInfo("unit.geojson")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with zipfile.ZipFile(nest, "w") as archive:
        archive.writestr("inner.zip", bomb.getvalue())
    for body, pointer in (
        (bomb, "/archive/unit.geojson"),
        (link, "/archive/unit.geojson"),
        (nest, "/archive"),
    ):
        answer = put(site, archive=b64encode(body.getvalue()).decode())
        assert fault_of(answer) == ("/problems/plan-invalid", pointer)


def test_a_plan_larger_than_other_bodies_is_taken_but_not_without_end(site: Site) -> None:
    assert fault_of(put(site, archive="A" * 4_000_000))[1] == "/archive"
    assert put(site, archive="A" * 24_000_000).status_code == 413


def test_a_new_plan_changes_nothing_that_was_decided(site: Site, database: Any) -> None:
    """The seal, now and as it stood, is the same to the byte under the second plan."""
    site.planned().sealed()
    clock, at = database.clock, database.clock()
    database.clock = lambda: clock() + timedelta(hours=1)
    seal = site.lead.get(f"{site.path}/seal").json
    past = site.lead.get(f"{site.path}/seal", query_string={"at": at.isoformat()}).data
    version = site.lead.get(f"{site.path}/plan").json["plan_version"]
    features = market_features()
    for feature in features["features"]:
        if feature["id"] == "102":
            feature["geometry"] = geojson(box(10.03, 10, 20.03, 20))
    plan = site.take(put(site, geojson=features))
    assert plan["plan_version"] == version + 1
    assert plan["answer"]["released"] == plan["answer"]["joined"] == []
    now = site.lead.get(f"{site.path}/seal").json
    assert {**now, "version": 0} == {**seal, "version": 0}
    assert site.lead.get(f"{site.path}/seal", query_string={"at": at.isoformat()}).data == past


def test_the_page_on_plans_shows_what_is_taken(site: Site, database: Any) -> None:
    """Both bodies of docs/plans.md, with a file and a photo put in."""
    page = (EXAMPLES.parents[1] / "plans.md").read_text(encoding="utf-8")
    drawing, underlay = (json.loads(part.split("```")[0]) for part in page.split("```json")[1:])
    drawing["dxf"][0]["file"] = b64encode(as_bytes(a_drawing(units=0))).decode()
    plan = site.take(put(site, **drawing))
    assert "root mean square): 1F 0.0" in said(plan)
    photo = a_photo(site.incident_id, View.OVERVIEW)
    database.write(lambda work: work.photos.add(photo))
    asked = {**underlay, "photo_id": str(photo.id), "level": "1F"}
    laid = site.lead.put(f"{site.path}/underlays/{uuid4()}", asked)
    assert (laid.status_code, laid.json["residual"]) == (201, "within")
