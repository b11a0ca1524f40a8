"""The owner's form: asked without a script, from this page only, received once, answered there."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.domain.powers import Role
from tests.web.scene_site import Site
from tests.web.test_owner import hand_over

HERE = {"Sec-Fetch-Site": "same-origin"}
DAY = datetime.now(UTC).date() + timedelta(days=2)
TIMES = {"from": f"{DAY}T09:00", "until": f"{DAY}T10:00"}


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A market under seal."""
    lead = sign_in(Role.INVESTIGATOR)
    found = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade)
    return found.on_record().opened().planned().sealed()


def owner_of(app: Any, site: Site, *units: str) -> FlaskClient:
    """A browser in which the owner's code has been opened."""
    browser = app.test_client()
    browser.get(f"/o/{hand_over(site, *units)['code']}")
    return browser


def filled(page: str, **changes: Any) -> dict[str, Any]:
    """The form of a page, filled in."""
    id = re.search(r'name="id" value="([^"]+)"', page)
    assert id is not None
    return {"id": id[1], "unit": ["101"], "purpose": "给猫喂食", **TIMES, **changes}


def test_an_owner_asks_by_the_form_and_reads_the_answer_there(app: Any, site: Site) -> None:
    browser = owner_of(app, site, "101", "106")
    page = browser.get("/s").text
    assert 'name="unit" value="101"' in page and 'value="106"' not in page
    form = filled(page)
    for _ in range(2):
        sent = browser.post("/s/accesses", data=form, headers=HERE)
        assert (sent.status_code, sent.location) == (303, "/s#accesses")
    shown = browser.get("/s").text
    assert shown.count("给猫喂食") == 1 and "已收到，等待答复" in shown
    path = f"{site.path}/accesses/{form['id']}"
    assert site.lead.get(path).json["wanted_from"] == f"{DAY}T01:00:00Z"
    refusal = {"reason": "有坍塌危险"}
    assert site.lead.put(f"{path}/refusal", refusal, version=1).status_code == 200
    assert "有坍塌危险" in browser.get("/s?lang=en").text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_a_form_from_elsewhere_is_not_taken(app: Any, site: Site, headers: dict[str, str]) -> None:
    browser = owner_of(app, site, "101")
    form = filled(browser.get("/s").text)
    assert browser.post("/s/accesses", data=form, headers=headers).status_code == 403
    assert "等待答复" not in browser.get("/s").text
    here = {"Origin": "http://localhost"}
    assert browser.post("/s/accesses", data=form, headers=here).status_code == 303


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"unit": []}, 422),
        ({"from": "soon"}, 422),
        ({"id": "1"}, 422),
        ({"unit": ["102"]}, 403),
        ({"until": f"{DAY}T08:00"}, 422),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays_filled_in(
    app: Any, site: Site, changes: dict[str, Any], status: int
) -> None:
    browser = owner_of(app, site, "101")
    form = filled(browser.get("/s").text, **changes)
    page = browser.post("/s/accesses", data=form, headers=HERE)
    assert page.status_code == status
    assert 'role="alert"' in page.text and "给猫喂食</textarea>" in page.text
    assert form["id"] in page.text


def test_without_a_code_or_by_a_notices_nothing_is_asked(app: Any, site: Site) -> None:
    assert app.test_client().post("/s/accesses", headers=HERE).status_code == 404
    path = f"/v1/incidents/{site.incident_id}/notice-code"
    browser = app.test_client()
    browser.set_cookie("handback-owner", site.lead.post(path, {}).json["code"])
    assert browser.post("/s/accesses", data={}, headers=HERE).status_code == 404


def test_where_nothing_of_theirs_is_sealed_there_is_no_form(app: Any, site: Site) -> None:
    assert "<form method" not in owner_of(app, site, "106").get("/s").text.split("<main", 1)[1]
