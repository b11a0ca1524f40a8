"""The simulated fires of scripts/bench outcome: repeatable, and priced as the service prices."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scripts.bench_outcome import bench, read, simulate
from scripts.market_plan import SAMPLE
from scripts.outcome_fires import ASSUMPTIONS, draw_fire
from scripts.outcome_people import LEAD
from scripts.outcome_survey import worked
from service.domain.figures import figures
from service.domain.scene_fold import Happened

DOC = Path(__file__).resolve().parents[1] / "docs" / "outcome.md"
DAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_same_seed_gives_the_same_figures() -> None:
    one, other = (bench(fires=8, seed=5) for _ in range(2))
    assert one == other
    assert {figure["aim"] for figure in one.figures.values()} == {"<= 0.5", "<= 0.85"}


def test_no_seal_costs_more_than_one_that_never_shrinks() -> None:
    plan, plane = read(SAMPLE)
    for number in range(6):
        told = simulate(plan, plane, draw_fire(plan, number, seed=1))
        for cheaper in (told.ours, told.rooms):
            assert cheaper.unit_hours <= told.never.unit_hours + 1e-6
            assert cheaper.m2_hours <= told.never.m2_hours + 1e-3
        assert told.ours.unit_hours >= told.own_room_hours - 1e-6


def test_its_prices_are_those_of_the_scenes_own_figures() -> None:
    plan, plane = read(SAMPLE)
    fire = next(f for n in range(99) if not (f := draw_fire(plan, n, seed=1)).screen)
    told = simulate(plan, plane, fire)
    happened = [
        Happened(version=n, event=event, at=at, by=LEAD.id)
        for n, (at, event) in enumerate(told.events, start=1)
    ]
    found = figures(happened, until=happened[-1].at)
    assert found.sealed_m2_hours == pytest.approx(told.ours.m2_hours)
    assert found.closed_unit_hours == pytest.approx(told.ours.unit_hours)
    assert found.never_shrank_m2_hours == pytest.approx(told.never.m2_hours)
    assert found.never_shrank_closed_unit_hours == pytest.approx(told.never.unit_hours)


def test_work_rests_from_the_evening_to_the_morning() -> None:
    assert worked(DAY, 2 * HOUR) == DAY + 2 * HOUR
    assert worked(DAY + 8 * HOUR, 2 * HOUR) == DAY + 25 * HOUR
    assert worked(DAY + 20 * HOUR, HOUR) == DAY + 25 * HOUR


def test_every_assumption_is_told_in_the_docs() -> None:
    told = " ".join(DOC.read_text().split())
    for each in ASSUMPTIONS:
        assert each in told
