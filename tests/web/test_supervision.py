"""What supervisors are told: figures of a month, and what is late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from shapely import box
from sqlalchemy import delete

from service.domain.calendar import LEGAL_TIME
from service.domain.powers import Role
from storage.tables import seal_costs
from tests.web.scene_site import Site, geojson

FIGURES = "/v1/supervision/figures"
WARNINGS = "/v1/supervision/warnings"


@pytest.fixture
def sealed(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A sealed scene of the brigade's station."""
    found = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    return found.on_record(burned=box(1, 11, 19, 20)).opened().planned().sealed()


def this_month() -> str:
    """The legal month it is."""
    return f"{datetime.now(UTC).astimezone(LEGAL_TIME):%Y-%m}"


def test_a_month_is_summed_over_the_scenes_of_a_post(
    sealed: Site, sign_in: Any, told: Any, brigade: Any
) -> None:
    supervisor = sign_in(Role.SUPERVISOR, brigade.detachment)
    query = {"post_id": str(brigade.brigade.id), "month": this_month()}
    found = told("get_month_figures", supervisor.get(FIGURES, query_string=query))
    own = sealed.lead.get(f"{sealed.path}/figures").json
    assert found["scenes"] == 1
    assert found["figures"]["sealed_m2_hours"] <= own["sealed_m2_hours"]
    mine = supervisor.get(FIGURES, query_string={"month": this_month()}).json
    assert mine["post_id"] == str(brigade.detachment.id)
    assert mine["scenes"] == 1
    before = supervisor.get(FIGURES, query_string={"month": "2020-02"}).json
    assert (before["scenes"], before["figures"]["sealed_m2_hours"]) == (0, 0)


def test_a_month_counts_a_scene_from_its_events_where_no_cost_is_kept(
    sealed: Site, database: Any
) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    database.clock = lambda: later
    query = {"month": f"{later.astimezone(LEGAL_TIME):%Y-%m}"}
    kept = sealed.reviewer.get(FIGURES, query_string=query).json
    database.write(lambda work: work.connection.execute(delete(seal_costs)))
    assert sealed.reviewer.get(FIGURES, query_string=query).json == kept
    assert kept["scenes"] == 1
    assert kept["figures"]["sealed_m2_hours"] > 0


def test_drills_do_not_count(sealed: Site, database: Any) -> None:
    def make_drill(work: Any) -> None:
        incident = work.incidents.get(sealed.incident_id)
        drill = replace(incident, drill=True, version=incident.version + 1)
        work.incidents.put(drill, previous=incident.version)

    database.write(make_drill)
    found = sealed.reviewer.get(FIGURES, query_string={"month": this_month()}).json
    assert found["scenes"] == 0


def test_figures_are_for_reviewers_and_supervisors_of_the_post(
    sealed: Site, sign_in: Any, brigade: Any
) -> None:
    month = {"month": this_month()}
    crew = sealed.lead.get(FIGURES, query_string=month)
    assert crew.json["type"] == "/problems/role-not-allowed"
    away = sign_in(Role.SUPERVISOR, brigade.other_detachment)
    other = away.get(FIGURES, query_string=month | {"post_id": str(brigade.brigade.id)})
    assert other.json["type"] == "/problems/outside-jurisdiction"
    assert away.get(FIGURES, query_string=month).json["scenes"] == 0
    nobody = sealed.reviewer.get(FIGURES, query_string=month | {"post_id": str(uuid4())})
    assert nobody.status_code == 404


@pytest.mark.parametrize("month", ["2026", "2026-13", "26-01", ""])
def test_a_month_is_a_year_and_a_month(sealed: Site, month: str) -> None:
    assert sealed.reviewer.get(FIGURES, query_string={"month": month}).status_code == 422


def test_a_scene_shows_what_is_late_and_a_review_is_recorded(sealed: Site) -> None:
    hold = {
        "hold_kind": "hazard",
        "geometry": geojson(box(32, 16, 38, 22)),
        "levels": ["1"],
        "ground": "cracks",
    }
    body = {"reason": "collapse", "hold": hold, "at_once": True}
    path = f"{sealed.path}/extensions/{uuid4()}"
    sealed.take(sealed.lead.put(path, body, version=sealed.version), 201)
    (warned,) = sealed.lead.get(sealed.path).json["warnings"]
    assert (warned["matter"], warned["late"]) == ("extension_lapses", False)
    again = sealed.find("again", "seal_reviewed", ground="the flue is not done")
    assert again.status_code == 201
    assert again.json["released"] == []


def test_what_is_late_is_listed_for_the_supervisor(
    sealed: Site, sign_in: Any, told: Any, brigade: Any
) -> None:
    hold = {
        "hold_kind": "hazard",
        "geometry": geojson(box(32, 16, 38, 22)),
        "levels": ["1"],
        "ground": "cracks",
    }
    body = {"reason": "collapse", "hold": hold, "at_once": True}
    path = f"{sealed.path}/extensions/{uuid4()}"
    sealed.take(sealed.lead.put(path, body, version=sealed.version), 201)
    supervisor = sign_in(Role.SUPERVISOR, brigade.detachment)
    page = told("get_warnings", supervisor.get(WARNINGS))
    (item,) = page["items"]
    assert (item["kind"], item["id"]) == ("scene", str(sealed.scene_id))
    assert page["next"] is None
    assert sealed.lead.get(WARNINGS).json["type"] == "/problems/role-not-allowed"
    assert supervisor.get(WARNINGS, query_string={"after": "x"}).status_code == 422
    at = f"{datetime.now(UTC).isoformat()}~{uuid4()}"
    assert supervisor.get(WARNINGS, query_string={"after": at}).json["items"] == []
