"""What seals have cost, as the database keeps it: the sums of the events, kept before or not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete

from schemas.rules import rulebook
from service.domain.calendar import legal_day, month_of
from service.domain.course import Course
from service.domain.scene_fold import replay
from service.domain.seal_cost import EverSealed, Sums
from service.operations.read_scene import read_figures
from service.operations.scene_desk import keep
from storage.database import Database
from storage.tables import seal_costs
from tests.domain.laws.test_scene_laws import a_seal
from tests.domain.laws.test_seal_cost_laws import NEAR, a_course
from tests.long_scene import a_long_scene
from tests.scene_builders import LEAD, NOON, Building, uid
from tests.slow_figures import slow_figures, sums

SEEDS = range(8)


@pytest.fixture
def store(database_url: str) -> Any:
    """A fresh database."""
    database = Database(database_url, rules=rulebook())
    yield database
    database.engine.dispose()


def courses() -> Iterator[list[Building]]:
    """Random courses, each of a scene of its own."""
    for seed in SEEDS:
        sealed = a_seal(seed)
        if sealed is not None:
            ids = {"scene_id": uid(f"scene-{seed}"), "incident_id": uid(f"incident-{seed}")}
            opened, *rest = sealed.happened
            happened = (replace(opened, event=replace(opened.event, **ids)), *rest)
            yield a_course(Building(happened, replay(happened)), Random(seed))


def on_record(store: Database, before: Building | None, after: Building) -> None:
    """Write what happened between the two, at its time."""
    store.clock = lambda: after.now
    news = after.happened[before.version if before else 0 :]
    events = tuple(each.event for each in news)
    course = Course(scene=after.scene, by=LEAD, now=after.now, events=events)
    store.write(lambda work: keep(before and before.scene, course, work=work))


def is_that_of_the_events(store: Database, building: Building, *, hours: float) -> None:
    """Compare the scene's figures, and those of the month then, some hours later."""
    now = building.now + timedelta(hours=hours)
    store.clock = lambda: now
    scene_id = building.scene.record.id
    found = store.read(lambda work: read_figures(scene_id, officer=LEAD, work=work))
    assert sums(found) == pytest.approx(sums(slow_figures(building.happened, until=now)), **NEAR)
    assert (found.since, found.until) == (NOON, now)
    since, _ = month_of(legal_day(now))
    rows = store.read(lambda work: work.seal_costs.counting("/15/", since=since, until=now))
    cost = dict(rows).get(scene_id)
    if cost is not None:
        month = legal_day(now).replace(day=1)
        slow = slow_figures(building.happened, since=since, until=now)
        assert sums(cost.until(now).get(month, Sums())) == pytest.approx(sums(slow), **NEAR)


def test_the_sums_kept_are_those_of_the_events(store: Database) -> None:
    for course in courses():
        for before, after in pairwise([None, *course]):
            on_record(store, before, after)
        for hours in (0, 2, 900):
            is_that_of_the_events(store, course[-1], hours=hours)


def test_a_scene_from_before_is_counted_from_its_events_and_kept_with_its_next_change(
    store: Database,
) -> None:
    for course in courses():
        half = len(course) // 2
        for before, after in pairwise([None, *course[: half + 1]]):
            on_record(store, before, after)
        store.write(lambda work: work.connection.execute(delete(seal_costs)))
        is_that_of_the_events(store, course[half], hours=3)
        for before, after in pairwise(course[half:]):
            on_record(store, before, after)
            is_that_of_the_events(store, after, hours=1)


def test_changes_that_were_not_counted_are_counted_with_the_next(store: Database) -> None:
    sealed, *course = next(courses())
    scene_id = sealed.scene.record.id
    on_record(store, None, sealed)
    first = store.read(lambda work: work.seal_costs.get(scene_id))
    for before, after in pairwise([sealed, *course[:-1]]):
        on_record(store, before, after)
    store.write(lambda work: work.connection.execute(delete(seal_costs)))
    store.write(lambda work: work.seal_costs.put(first, previous=0, ever=EverSealed()))
    is_that_of_the_events(store, course[-2], hours=1)
    on_record(store, course[-2], course[-1])
    is_that_of_the_events(store, course[-1], hours=1)
    kept = store.read(lambda work: work.seal_costs.get(scene_id))
    assert kept.version == course[-1].version


def test_a_month_counts_scenes_that_stood_in_it(store: Database) -> None:
    scene_id = a_long_scene(store, events=100)

    def counting(path: str, **time: Any) -> list[Any]:
        asked = {"since": NOON, "until": NOON + timedelta(days=9)}
        return store.read(lambda work: work.seal_costs.counting(path, **asked | time))

    ((found, cost),) = counting("/15/")
    assert (found, cost.version >= 100) == (scene_id, True)
    assert counting("/15/", since=NOON + timedelta(days=400), until=NOON + timedelta(days=401))
    assert not counting("/15/", until=NOON)
    assert not counting("/16/")
