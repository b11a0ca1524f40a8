"""A request to be let in is seen in the browser by those who answer it, until it is answered."""

from typing import Any

import pytest

from service.domain.powers import Role
from tests.web.scene_site import Site
from tests.web.test_own_wishes import DAY, HERE, filled, owner_of
from tests.web.test_pages import browser


@pytest.fixture
def site(sign_in: Any, database: Any, brigade: Any) -> Site:
    """A market under seal."""
    lead = sign_in(Role.INVESTIGATOR)
    found = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade)
    return found.on_record().opened().planned().sealed()


def test_officers_see_who_asks_to_go_where_and_when_until_it_is_answered(
    app: Any, site: Site
) -> None:
    owner, officer = owner_of(app, site, "101"), browser(app, site.lead)
    assert "待答复" not in officer.get("/").text
    form = filled(owner.get("/s").text)
    assert owner.post("/s/accesses", data=form, headers=HERE).status_code == 303
    assert f'href="/scenes/{site.scene_id}#asked">1份进入申请待答复' in officer.get("/").text
    now = officer.get(f"/scenes/{site.scene_id}?step=1").text.split('id="around"')[1]
    asked = now.split("</details>")[0]
    assert "给猫喂食" in asked and "Shop 101" in asked
    assert f"{DAY.day}日 09:00" in asked and f"{DAY.day}日 10:00" in asked
    party = site.lead.get(f"/v1/incidents/{site.incident_id}").json["parties"][0]
    assert party["name"] in asked
    path = f"{site.path}/accesses/{form['id']}"
    assert site.lead.put(f"{path}/refusal", {"reason": "有坍塌危险"}, version=1).status_code == 200
    assert "待答复" not in officer.get("/").text
    assert "给猫喂食" not in officer.get(f"/scenes/{site.scene_id}").text


def test_what_an_officer_wrote_down_for_nobody_is_shown_under_their_name(
    app: Any, site: Site
) -> None:
    wish = {
        "unit_ids": ["101"],
        "purpose": "检修水管",
        "wanted_from": f"{DAY}T01:00:00Z",
        "wanted_until": f"{DAY}T02:00:00Z",
    }
    assert site.lead.put(f"{site.path}/accesses/{site.id('wish')}", wish).status_code == 201
    page = browser(app, site.lead).get(f"/scenes/{site.scene_id}?lang=en").text
    asked = page.split('id="asked"')[1].split("</details>")[0]
    assert "检修水管" in asked and "Wanted: " in asked and site.lead.officer.name in asked


def test_the_owner_reads_the_units_and_times_asked_for(app: Any, site: Site) -> None:
    owner = owner_of(app, site, "101")
    owner.post("/s/accesses", data=filled(owner.get("/s").text), headers=HERE)
    card = owner.get("/s").text.split('id="accesses"')[1].split("</ul>")[0]
    assert "Shop 101" in card and "希望进入：" in card and f"{DAY.day}日 09:00" in card
