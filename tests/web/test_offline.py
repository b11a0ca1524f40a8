"""A phone that was offline sends what it found: by `based_on`, without If-Match."""

from typing import Any
from uuid import uuid4

import pytest
from shapely import box

from service.domain.powers import Role
from tests.web.scene_site import Site


@pytest.fixture
def sealed(sign_in: Any, database: Any, brigade: Any) -> Site:
    lead = sign_in(Role.INVESTIGATOR)
    site = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade)
    return site.on_record().opened().planned().sealed()


def late(site: Site, kind: str, *, based_on: int, **members: Any) -> Any:
    """Send a finding on the version that was known then."""
    body = {"kind": kind, "based_on": based_on, **members}
    return site.lead.open("PUT", f"{site.path}/findings/{uuid4()}", json=body)


def parties(site: Site, *names: str) -> list[dict[str, Any]]:
    """A certified list."""
    return [{"party_id": str(site.id(name)), "name": name, "unit_ids": []} for name in names]


def test_a_first_list_of_parties_may_come_late_a_second_only_on_the_present_version(
    sealed: Site,
) -> None:
    known = sealed.version
    first = late(sealed, "parties_certified", based_on=known, parties=parties(sealed, "bao"))
    assert first.status_code == 201, first.json
    stale = late(sealed, "parties_certified", based_on=known, parties=parties(sealed, "chen"))
    assert stale.status_code == 412
    assert [each["version"] for each in stale.json["changed"]] == [first.json["version"]]
    now = first.json["version"]
    again = late(sealed, "parties_certified", based_on=now, parties=parties(sealed, "bao", "chen"))
    assert again.status_code == 201, again.json


def test_a_late_survey_leaves_what_was_opened_since(sealed: Site) -> None:
    known = sealed.version
    opened = sealed.hold("ceiling", "burned_area", box(12, 16, 18, 22))
    assert opened.status_code == 201, opened.json
    survey = {"stage": "detailed", "outcome": "excluded", "ground": "no trace", "units": ["102"]}
    answer = late(sealed, "survey_finished", based_on=known, **survey)
    assert answer.status_code == 201, answer.json
    assert "102" in sealed.sealed_units()
    ahead = late(sealed, "survey_finished", based_on=10_000, **survey)
    assert (ahead.status_code, ahead.json["errors"][0]["pointer"]) == (422, "/based_on")
    assert ahead.json["detail_en"].startswith("there is no version 10000 yet")
