"""The cost kept with a scene is that of its events, at every moment, on random scenes."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings

from service.domain.calendar import month_of
from service.domain.errors import Refusal
from service.domain.extensions import Asking
from service.domain.figures import figures, figures_of
from service.domain.holds import Hold, HoldKind
from service.domain.scene import Scene
from service.domain.seal_cost import EverSealed, SealCost, counted
from storage.serialise import from_text, to_text
from tests.domain.laws.test_scene_laws import a_finding, a_seal
from tests.scene_builders import LEAD, Building, uid
from tests.scenes import seeds
from tests.slow_figures import slow_figures, sums

STEPS = 8
PAUSES_H = (0, 0.3, 3, 25 * 24)
NEAR = {"rel": 1e-9, "abs": 1e-6}


def a_course(building: Building, random: Random) -> list[Building]:
    """The scene after each of some random steps: findings, hazards taken at once, extensions."""
    course = [building]
    for number in range(STEPS):
        building = course[-1].later(hours=random.choice(PAUSES_H))
        with suppress(Refusal):
            course += _taken(building, number, random)
    return course


def _taken(building: Building, number: int, random: Random) -> Iterator[Building]:
    name, made = f"finding-{number}", a_finding(random, building, number)
    if not isinstance(made, Asking):
        if random.random() < 0.7:
            yield building.record(made)
            return
        name, made = f"roof-{number}", _a_roof(building, f"roof-{number}", random)
    asked = building.asks(made)
    yield asked
    if wait := random.choice((0, 1, 5)):
        yield asked.later(hours=wait).approves(name)


def _a_roof(building: Building, name: str, random: Random) -> Asking:
    """A hazard over some unit, taken at once."""
    unit = random.choice([u for u in building.scene.plan.units() if u.id != "ground"])
    hold = Hold(
        id=uid(name), kind=HoldKind.HAZARD, shapes=unit.shape, levels=(unit.level,),
        opened_by=LEAD.id, opened_at=building.now, ground="cracks",
    )  # fmt: skip
    return Asking(id=uid(name), reason="cracks", hold=hold, at_once=True)


def kept(course: list[Building]) -> Iterator[tuple[Building, SealCost]]:
    """The cost as it is counted on from what was kept, with every change."""
    scene: Scene | None = None
    cost: SealCost | None = None
    ever = EverSealed()
    for building in course:
        news = building.happened[scene.version if scene else 0 :]
        cost, ever = counted(news, scene=scene, cost=cost, ever=ever)
        cost = from_text(to_text(cost), SealCost)
        ever = from_text(to_text(ever), EverSealed)
        scene = building.scene
        yield building, cost


@settings(max_examples=60)
@given(seeds)
def test_the_sums_kept_are_those_of_the_events_at_every_moment(seed: int) -> None:
    random, sealed = Random(seed), a_seal(seed)
    if sealed is None:
        return
    for building, cost in kept(a_course(sealed, random)):
        until = building.now + timedelta(hours=random.choice((0, 0.5, 6, 40, 2000)))
        slow = sums(slow_figures(building.happened, until=until))
        assert sums(figures_of(cost, until=until)) == pytest.approx(slow, **NEAR)
        assert sums(figures(building.happened, until=until)) == pytest.approx(slow, **NEAR)
        for month, found in cost.until(until).items():
            since, end = month_of(month)
            then = slow_figures(building.happened, since=since, until=min(end, until))
            assert sums(found) == pytest.approx(sums(then), **NEAR)
