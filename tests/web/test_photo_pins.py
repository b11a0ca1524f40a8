"""Photos on a level's picture: placed, pointed, titled, struck through when taken out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from shapely import Point

from service.domain.photo import View
from service.domain.powers import Role
from tests.fires import a_photo
from tests.web.scene_site import Site, geojson
from tests.web.test_scene_pictures import image, titles

REMOVAL = {"ground": "unusable", "reason": "镜头被烟遮住"}


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A sealed scene with a plan."""
    lead, reviewer = sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER, brigade.detachment)
    return Site(lead, reviewer, database, brigade).on_record().opened().planned().sealed()


def placed(site: Site, view: View, at: Point, looking_deg: float | None, level: str = "1") -> UUID:
    earlier = site.database.read(lambda work: work.photos.of_incident(site.incident_id))
    photo = a_photo(site.incident_id, view)
    photo = replace(photo, received_at=photo.received_at + timedelta(minutes=len(earlier)))
    site.database.write(lambda work: work.photos.add(photo))
    location = {"geometry": geojson(at), "accuracy_m": 1, "fixed_by": "plan"}
    body = {"level": level, "location": location, "looking_deg": looking_deg}
    path = f"/v1/incidents/{site.incident_id}/photos/{photo.id}"
    assert site.lead.put(f"{path}/standpoint", body).status_code == 201
    return photo.id


def level(site: Site, by: Any = None, **query: Any) -> str:
    found = (by or site.lead).get(f"{site.path}/pictures/1.svg", query_string=query)
    assert found.status_code == 200
    return str(found.text)


def photo_titles(svg: str) -> list[str]:
    return [title for title in titles(svg) if title.startswith("照片")]


def test_a_photo_is_drawn_where_it_was_taken_with_its_direction(site: Site) -> None:
    placed(site, View.SETTING, Point(3, 15), 90)
    placed(site, View.DETAIL, Point(15, 15), None)
    placed(site, View.DETAIL, Point(15, 15), 10, level="2")
    svg = level(site)
    assert photo_titles(svg) == [
        "照片1 方位，朝向90° photo 1: setting, looking 90°",
        "照片2 细目 photo 2: detail",
        "照片 photo",
    ]
    arrows = svg.count('d="M-13-22 0-46 13-22Z"')
    assert arrows == 2, "one of the two looks somewhere, and the legend shows how"
    assert ">方1</text>" in svg
    ElementTree.fromstring(svg)  # noqa: S314
    image(site.lead.get(f"{site.path}/pictures/1.png", query_string={"width": 360}))


def test_an_arrow_is_turned_with_the_building(site: Site) -> None:
    placed(site, View.SETTING, Point(3, 15), 90)
    [first, *_] = level(site).split('d="M-13-22 0-46 13-22Z"')
    turn = float(first.rpartition("rotate(")[2].partition(")")[0])
    before_north = level(site).rpartition('d="M0-32 11 12 0 5-11 12Z"')[0]
    north = float(before_north.rpartition("rotate(")[2].partition(")")[0])
    assert (turn - north) % 360 == pytest.approx(90, abs=1)


def test_a_photo_taken_out_is_struck_through(site: Site) -> None:
    photo = placed(site, View.OVERVIEW, Point(3, 15), 0)
    path = f"/v1/incidents/{site.incident_id}/photos/{photo}"
    before = site.database.clock()
    site.database.clock = lambda: before + timedelta(hours=1)
    assert "M-24 24 24-24" not in level(site)
    assert site.lead.put(f"{path}/removal", REMOVAL).status_code == 201
    struck = level(site)
    assert "M-24 24 24-24" in struck
    assert "（已移出）" in photo_titles(struck)[0]
    assert "M-24 24 24-24" not in level(site, at=before.isoformat())


def test_photos_may_be_left_out(site: Site) -> None:
    placed(site, View.OVERVIEW, Point(3, 15), 0)
    assert photo_titles(level(site, photos="false")) == []


def test_what_was_placed_later_is_not_drawn_earlier(site: Site) -> None:
    sealed_at = site.database.clock()
    site.database.clock = lambda: sealed_at + timedelta(hours=1)
    placed(site, View.OVERVIEW, Point(3, 15), 0)
    assert photo_titles(level(site, at=sealed_at.isoformat())) == []


def test_who_may_not_read_the_photos_sees_no_pins(site: Site) -> None:
    placed(site, View.OVERVIEW, Point(3, 15), 0)

    def move(work: Any) -> None:
        incident = work.incidents.get(site.incident_id)
        beside = replace(
            incident,
            version=incident.version + 1,
            station_path=site.brigade.other_detachment.path,
        )
        work.incidents.put(beside, previous=incident.version)

    site.database.write(move)
    assert photo_titles(level(site)) == []


def test_owners_see_no_pins(site: Site) -> None:
    """The drawings of the owner's page and of the list of scenes are made without them."""
    placed(site, View.OVERVIEW, Point(3, 15), 0)
    page = site.lead.get(f"/scenes/{site.scene_id}")
    assert "M-13-22 0-46 13-22Z" not in page.text
