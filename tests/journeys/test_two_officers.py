"""Officers at one scene at once, and a phone away for a day: two workers of six threads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from scripts.client import Client, RefusedByService
from scripts.market_plan import market
from scripts.own_service import own_service
from scripts.sample import sample_id
from scripts.tour_people import moment, person, report, second_investigator
from scripts.tour_shapes import Chosen, choose

AT_ONCE = 6


class Scene:
    """A scene over HTTP with its seal set."""

    def __init__(self, url: str) -> None:
        self.lead = person(url, "investigator")
        self.other = Client(url, self.lead.token)
        incident_id, self.id = uuid4(), uuid4()
        person(url, "crew").create(f"/v1/incidents/{incident_id}", report(called_at=moment(240)))
        officers = [str(sample_id("investigator")), str(second_investigator(url))]
        self.lead.create(
            f"/v1/incidents/{incident_id}/investigation",
            {"lead_officer_id": officers[0], "investigator_ids": officers},
        )
        self.version: int = self.lead.create(self.path, {"incident_id": str(incident_id)})[
            "version"
        ]
        body = {"geojson": market()}
        self.version = self.lead.correct(f"{self.path}/plan", body, self.version)["version"]
        self.fire: Chosen = choose(self.lead.get(f"{self.path}/plan"))
        self.burned = self.find("hold_opened", **self.hold("burned_area", self.fire.burned))
        self.trace = self.find("hold_opened", **self.hold("evidence", self.fire.evidence))
        self.find("seal_set", ground="查明起火原因")

    @property
    def path(self) -> str:
        """The scene's address."""
        return f"/v1/scenes/{self.id}"

    def hold(self, kind: str, shape: dict[str, Any]) -> dict[str, Any]:
        """The members of a hold to open."""
        placed = {"geometry": shape, "levels": [self.fire.level]}
        return {"hold_kind": kind, "ground": "seen", **placed}

    def find(self, kind: str, **members: Any) -> UUID:
        """Record a finding on the present version."""
        id = uuid4()
        body = {"kind": kind, **members}
        done = self.lead.correct(f"{self.path}/findings/{id}", body, self.version)
        self.version = done["version"]
        return id

    def late(self, kind: str, *, based_on: int, **members: Any) -> Any:
        """Send what was found a day ago, on the version known then."""
        body = {"kind": kind, "based_on": based_on, "observed_at": moment(24 * 60), **members}
        return self.lead.send("PUT", f"{self.path}/findings/{uuid4()}", body)

    def sealed(self) -> set[str]:
        """The units of the seal now."""
        return set(self.lead.get(f"{self.path}/seal")["units"])


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A service of two workers with six threads each."""
    with own_service(workers=2, threads=6) as address:
        yield address


@pytest.fixture
def scene(url: str) -> Scene:
    """A fresh scene."""
    return Scene(url)


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Do it so many times at the same moment; answers and refusals."""
    ready = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        ready.wait()
        try:
            return act(number)
        except RefusedByService as refused:
            return refused

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_officers_at_once_one_is_first_and_the_others_are_told_what_changed(
    scene: Scene,
) -> None:
    body = {"kind": "hold_opened", **scene.hold("evidence", scene.fire.origin)}
    clients = [Client(scene.lead.url, scene.lead.token) for _ in range(AT_ONCE)]
    answers = at_once(
        lambda n: clients[n].correct(f"{scene.path}/findings/{uuid4()}", body, scene.version)
    )
    late = [each for each in answers if isinstance(each, RefusedByService)]
    assert [each.status for each in late] == [412] * (AT_ONCE - 1)
    for each in late:
        (changed,) = each.problem["changed"]
        assert changed["version"] == each.problem["version"] > scene.version
        assert changed["what"].startswith("开列封闭事由")
    assert len(scene.lead.get(f"{scene.path}/history")["items"]) == 6


def test_findings_that_only_clear_are_all_taken_whatever_their_order(scene: Scene) -> None:
    units = sorted(scene.sealed() - {scene.fire.fire_unit})[:AT_ONCE]
    clients = [Client(scene.lead.url, scene.lead.token) for _ in range(AT_ONCE)]

    def survey(number: int) -> Any:
        body = {
            "kind": "survey_finished", "stage": "detailed", "outcome": "excluded",
            "ground": "no trace", "units": [units[number % len(units)]],
            "based_on": scene.version,
        }  # fmt: skip
        return clients[number].send("PUT", f"{scene.path}/findings/{uuid4()}", body)

    answers = at_once(survey)
    assert not [each for each in answers if isinstance(each, RefusedByService)]
    assert len({each["version"] for each in answers}) == AT_ONCE
    left = {unit: [] for unit in scene.sealed() & set(units)}
    for piece in scene.lead.get(f"{scene.path}/seal")["features"]:
        if piece["properties"]["unit"] in left:
            left[piece["properties"]["unit"]] += piece["properties"]["reasons"]
    burned = str(scene.burned)
    assert all(reason["hold_id"] != burned for reasons in left.values() for reason in reasons)


def test_a_survey_made_offline_is_weighed_against_the_seal_of_now(scene: Scene) -> None:
    yesterday, unit = scene.version, scene.fire.neighbours[1]
    surveyed = {"stage": "detailed", "outcome": "excluded", "ground": "no trace", "units": [unit]}
    assert unit in scene.sealed()
    scene.find("hold_opened", **scene.hold("burned_area", scene.fire.hazard))
    answer = scene.late("survey_finished", based_on=yesterday, **surveyed)
    assert answer["version"] > scene.version
    assert unit in scene.sealed()  # what was found since, the survey did not see
    again = scene.late("survey_finished", based_on=answer["version"], **surveyed)
    assert unit in {piece["unit"] for piece in again["released"]}


def test_what_is_cleared_already_is_refused_by_name(scene: Scene) -> None:
    yesterday = scene.version
    hold_id = str(scene.find("hold_opened", **scene.hold("cause_area", scene.fire.cable)))
    scene.find("cause_excluded", hold_id=hold_id, ground="sound")
    for based_on in (yesterday, scene.version):
        with pytest.raises(RefusedByService) as refused:
            scene.late("cause_excluded", based_on=based_on, hold_id=hold_id, ground="sound")
        assert refused.value.problem["type"] == "/problems/hold-cleared"
        assert refused.value.problem["hold_id"] == hold_id


def test_an_older_list_of_parties_does_not_replace_a_newer(scene: Scene) -> None:
    yesterday = scene.version
    listed = [{"party_id": str(uuid4()), "name": "钱先生", "unit_ids": [scene.fire.fire_unit]}]
    scene.find("parties_certified", parties=listed)
    with pytest.raises(RefusedByService) as refused:
        scene.late("parties_certified", based_on=yesterday, parties=listed)
    assert refused.value.status == 412
    assert [each["version"] for each in refused.value.problem["changed"]] == [scene.version]
