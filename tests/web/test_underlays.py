"""Evacuation plans photographed on the wall, laid under a level over HTTP."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest import approx
from shapely import Point, box

from service.domain.photo import View
from service.domain.powers import Role
from tests.fires import a_photo
from tests.web.conftest import Told
from tests.web.scene_site import Site, geojson


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A fire under investigation, its seal set."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(1, 11, 19, 20)).opened().planned().sealed()


@pytest.fixture
def photo(site: Site, database: Any) -> UUID:
    """A photo of 64 by 48 pixels, on record."""
    made = a_photo(site.incident_id, View.OVERVIEW)
    database.write(lambda work: work.photos.add(made))
    return made.id


def lonlat(east: float, north: float) -> list[float]:
    return list(geojson(Point(east, north))["coordinates"])


def body(photo: UUID, *points: dict[str, Any], **more: Any) -> dict[str, Any]:
    """By default half a metre a pixel, the photo's top left at 2 east and 26 north."""
    given = points or (
        {"at": [0, 0], "lonlat": lonlat(2, 26)},
        {"at": [64, 0], "lonlat": lonlat(34, 26)},
        {"at": [64, 48], "lonlat": lonlat(34, 2)},
    )
    return {"photo_id": str(photo), "level": "1", "points": list(given), **more}


def address(site: Site, id: UUID | None = None) -> str:
    return f"{site.path}/underlays/{id or uuid4()}"


def test_a_photo_is_laid_under_a_level_and_the_seal_stays(
    site: Site, photo: UUID, told: Told
) -> None:
    path, asked = address(site), body(photo)
    before = site.lead.get(f"{site.path}/seal").data
    answer = site.lead.put(path, asked)
    assert answer.status_code == 201
    laid = told("put_underlay", answer, asked)
    assert laid["matrix"][0] == approx(-laid["matrix"][4])
    assert laid["metres_per_px"] == approx(0.5, abs=1e-5)
    assert (laid["residual"], laid["rms_m"]) == ("within", approx(0, abs=0.002))
    assert [each["residual_m"] for each in laid["points"]] == approx([0, 0, 0], abs=0.002)
    assert laid["corners"][2] == approx(lonlat(34, 2), abs=2e-8)
    assert laid["warnings"] == []
    assert told("get_underlay", site.lead.get(path)) == laid
    assert told("get_underlays", site.lead.get(f"{site.path}/underlays"))["items"] == [laid]
    other = site.lead.get(f"{site.path}/underlays", query_string={"level": "2"})
    assert other.json == {"items": []}
    assert site.lead.get(f"{site.path}/seal").data == before
    assert site.lead.get(site.path).json["version"] == site.version


def test_it_is_laid_anew_by_its_version_and_the_same_again_changes_nothing(
    site: Site, photo: UUID
) -> None:
    path = address(site)
    assert site.lead.put(path, body(photo), version=1).status_code == 404
    assert site.lead.put(path, body(photo)).status_code == 201
    again = site.lead.put(path, body(photo))
    assert (again.status_code, again.json["version"]) == (200, 1)
    two = body(photo, *body(photo)["points"][:2])
    stale = site.lead.put(path, two)
    assert (stale.status_code, stale.json["present"]["version"]) == (412, 1)
    anew = site.lead.put(path, two, version=1)
    assert (anew.status_code, anew.json["version"]) == (200, 2)
    assert (anew.json["residual"], anew.json["rms_m"]) == ("unknown", None)
    assert "unknown" in anew.json["warnings"][0]["en"]


def test_over_half_a_metre_off_it_warns(site: Site, photo: UUID) -> None:
    off = [*body(photo)["points"][:2], {"at": [64, 48], "lonlat": lonlat(37, 2)}]
    laid = site.lead.put(address(site), body(photo, *off)).json
    assert laid["residual"] == "over"
    assert laid["rms_m"] > 0.5
    assert "0.5 m off" in laid["warnings"][0]["en"]


def test_an_affine_transform_takes_three_points_and_four_to_tell(site: Site, photo: UUID) -> None:
    three = site.lead.put(address(site), body(photo, kind="affine")).json
    assert three["residual"] == "unknown"
    four = [*body(photo)["points"], {"at": [0, 48], "lonlat": lonlat(2, 2)}]
    assert site.lead.put(address(site), body(photo, *four, kind="affine")).json["rms_m"] == approx(
        0, abs=0.002
    )


@pytest.mark.parametrize(
    ("points", "kind", "problem"),
    [
        ([([0, 0], [2, 26])], "similarity", "points-too-few"),
        ([([0, 0], [2, 26]), ([0, 0], [9, 9])], "similarity", "points-coincide"),
        ([([0, 0], [0, 0]), ([9, 0], [9, 0]), ([18, 0], [18, 0])], "affine", "points-collinear"),
        ([([0, 0], [0, 0]), ([9, 0], [9, 0]), ([0, 9], [0, 9])], "similarity", "points-mirrored"),
        ([([0, 0], [0, 0]), ([9, 0], [9000, 0])], "similarity", "plan-too-far"),
    ],
)
def test_points_that_lay_nothing_are_refused_by_name(
    site: Site, photo: UUID, points: list[Any], kind: str, problem: str
) -> None:
    given = [{"at": at, "plane_m": plane_m} for at, plane_m in points]
    answer = site.lead.put(address(site), {**body(photo), "points": given, "kind": kind})
    assert answer.json["type"] == f"/problems/{problem}"
    assert answer.json["errors"][0]["pointer"].startswith("/points")
    assert answer.json["errors"][0]["remedy"]


def test_what_cannot_be_read_is_pointed_at(site: Site, photo: UUID) -> None:
    both = {"at": [0, 0], "plane_m": [0, 0], "lonlat": lonlat(0, 0)}
    abroad = {"at": [0, 0], "lonlat": [2.3, 48.8]}
    for point, pointer in ((both, "/points/0"), (abroad, "/points/0/lonlat")):
        answer = site.lead.put(address(site), body(photo, point, point))
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"] == pointer
    gcj = site.lead.put(address(site), body(photo, crs="GCJ02"))
    assert gcj.json["corners"] != site.lead.put(address(site), body(photo)).json["corners"]


def test_only_photos_of_the_incident_and_levels_of_the_plan(
    site: Site, photo: UUID, database: Any, sign_in: Any
) -> None:
    stranger = a_photo(uuid4(), View.OVERVIEW)
    database.write(lambda work: work.photos.add(stranger))
    for asked in (body(stranger.id), body(uuid4())):
        assert site.lead.put(address(site), asked).json["type"] == "/problems/photo-unknown"
    no_level = site.lead.put(address(site), body(photo, level="9F"))
    assert no_level.json["type"] == "/problems/level-unknown"
    assert site.lead.get(address(site)).json["type"] == "/problems/underlay-unknown"
    crew = sign_in(Role.CREW)
    assert crew.put(address(site), body(photo)).status_code == 403


def test_an_underlay_of_another_scene_is_not_found_here(
    site: Site, photo: UUID, sign_in: Any, database: Any, brigade: Any
) -> None:
    id = uuid4()
    assert site.lead.put(address(site, id), body(photo)).status_code == 201
    other = Site(site.lead, site.reviewer, database, brigade).on_record().opened()
    assert site.lead.get(address(other, id)).status_code == 404
    assert site.lead.put(address(other, id), body(photo)).status_code == 404
