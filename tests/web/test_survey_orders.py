"""POST /v1/scenes/{id}/survey-orders: steps in, the order out, nothing changed."""

from typing import Any

import pytest
from shapely import box

from service.domain.powers import Role
from tests.web.scene_site import Site, geojson


@pytest.fixture
def sealed(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A sealed scene."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(1, 11, 19, 20)).opened().planned().sealed()


def asked(site: Site, body: dict[str, Any]) -> Any:
    """Ask for an order."""
    return site.lead.post(f"{site.path}/survey-orders", body)


def test_the_order_of_surveys_is_proposed_and_compared(sealed: Site, told: Any) -> None:
    body = {
        "steps": [
            {
                "id": "hall",
                "duration_minutes": 90,
                "geometry": geojson(box(-1, 9, 41, 15)),
                "levels": ["1"],
                "stage": "preliminary",
            },
            {"id": "flue", "duration_minutes": 40, "hold_id": str(sealed.id("flue"))},
            {"id": "102", "units": ["102"], "after": ["hall"]},
        ],
        "weights": {"102": 3, "105": 2, "hall": 1},
        "asked": ["hall", "flue", "102"],
    }
    order = told("post_survey_order", asked(sealed, body), body)
    assert [each["opens"] for each in order["proposed"]["steps"]] == [["105"], ["hall"], ["102"]]
    assert order["exact"]
    assert order["asked"]["cost"] > order["proposed"]["cost"] == order["lower_bound"]
    assert [each["unit"] for each in order["remains"]] == ["101"]
    assert [each["assumed"] for each in order["steps"]] == [False, False, True]
    assert sealed.sealed_units() == {"101", "102", "105", "hall"}


def test_without_steps_the_live_holds_are_the_steps(sealed: Site) -> None:
    order = asked(sealed, {}).json
    assert len(order["steps"]) == 3
    assert all(each["assumed"] for each in order["steps"])
    assert order["asked"] is None


@pytest.mark.parametrize(
    ("step", "pointer"),
    [
        ({"id": "x"}, "/steps/0/hold_id"),
        (
            {"id": "x", "units": ["102"], "hold_id": "00000000-0000-0000-0000-000000000001"},
            "/steps/0/hold_id",
        ),
        ({"id": "x", "units": ["102"], "levels": ["1"]}, "/steps/0/levels"),
        ({"id": "x", "units": ["999"]}, "/steps/0/units/0"),
        ({"id": "x", "geometry": {"type": "Point"}, "levels": ["1"]}, "/steps/0/geometry"),
        ({"id": "x", "hold_id": "00000000-0000-0000-0000-000000000001"}, "/steps/0/hold_id"),
    ],
)
def test_a_step_that_is_wrong_is_refused_with_its_place(
    sealed: Site, step: dict[str, Any], pointer: str
) -> None:
    answer = asked(sealed, {"steps": [step]})
    assert answer.status_code in (404, 422), answer.json
    assert answer.json["errors"][0]["pointer"].startswith(pointer)


def test_before_the_seal_there_is_no_order(sign_in: Any, database: Any, brigade: Any) -> None:
    site = Site(sign_in(Role.INVESTIGATOR), None, database, brigade).on_record().opened()
    assert asked(site, {}).json["type"] == "/problems/seal-not-set"
