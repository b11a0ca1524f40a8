"""A station's month: its figures read from what is kept beside 300 scenes, and from their events.

Each scene has 100 events on the market's plan and is sealed still. `figures()` is part of
`scripts/bench past`.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.rules import rulebook
from scripts.bench_outcome import read
from scripts.bench_past import a_finding
from scripts.bench_sealing import at_least, compared
from scripts.market_plan import SAMPLE
from scripts.outcome_course import set_seal
from scripts.outcome_fires import draw_fire
from scripts.outcome_people import LEAD, id_of, officer
from service.domain.calendar import legal_day
from service.domain.course import Course
from service.domain.deciding import decide
from service.domain.figures import Figures, figures_of, total
from service.domain.people import Post, PostKind
from service.domain.powers import Role
from service.domain.scene_fold import Happened, replay
from service.domain.seal_cost import counted
from service.operations.read_month_figures import read_month_figures
from service.operations.scene_desk import happened, keep
from storage.database import Database
from storage.migrate import migrate

SCENES, EVENTS = 300, 100
SUPERVISOR = officer("supervisor", Role.SUPERVISOR)
CORPS = Post(
    id=SUPERVISOR.post_id,
    parent_id=None,
    path="/",
    kind=PostKind.CORPS,
    name="corps",
    short_name="corps",
    division_code="150000",
    phone="",
)


def _one_scene() -> Course:
    """Opened, sealed, and gone on with: all the events that each scene has."""
    plan, plane = read(SAMPLE)
    sealed = set_seal(plan, plane, draw_fire(plan, 3, seed=1))
    events = tuple(event for _, event in sealed.events)
    course = Course(scene=sealed.scene, by=LEAD, now=sealed.fire.sealed_at, events=events)
    while len(course.events) < EVENTS:
        course = decide(course, [a_finding(len(course.events), sealed.fire.reached[0])])
    return course


def _another(course: Course, number: int) -> Course:
    """The same at an incident of its own."""
    ids = {"scene_id": id_of(f"scene {number}"), "incident_id": id_of(f"incident {number}")}
    events = (replace(course.events[0], **ids), *course.events[1:])
    told = (
        Happened(version=n, event=event, at=course.now, by=LEAD.id)
        for n, event in enumerate(events, start=1)
    )
    return replace(course, scene=replay(told), events=events)


@contextmanager
def _month() -> Iterator[tuple[Database, datetime]]:
    """So many scenes on record, sealed on one day; the end of the next."""
    with tempfile.TemporaryDirectory(prefix="handback-") as folder:
        url = f"sqlite:///{Path(folder) / 'handback.db'}"
        migrate(url)
        one = _one_scene()
        now = one.now
        database = Database(url, rules=rulebook(), clock=lambda: now)
        database.write(lambda work: work.people.put_post(CORPS))
        for number in range(SCENES):
            database.write(lambda work, n=number: keep(None, _another(one, n), work=work))
        now += timedelta(days=1)
        yield database, now
        database.engine.dispose()


def _of_events(work: Any) -> Figures:
    """The same sums from every event of every scene."""
    costs = [counted(happened(id_of(f"scene {number}"), work=work))[0] for number in range(SCENES)]
    each = [figures_of(cost, until=work.now) for cost in costs]
    return total(each, since=costs[0].opened_at, until=work.now)


def figures() -> dict[str, dict[str, object]]:
    """Seconds; `baseline` counts the same from the events of every scene."""
    with _month() as (database, now):
        month = legal_day(now).replace(day=1)
        ours, base, ratios = compared(
            lambda: database.read(lambda work: _kept(work, month)),
            lambda: database.read(_of_events),
            pairs=3,
        )
    name = f"a month of {SCENES} scenes of {EVENTS} events, vs their events alone"
    return {name: at_least(ours, base, ratios, 10)}


def _kept(work: Any, month: date) -> Figures:
    found = read_month_figures(month, post_id=None, officer=SUPERVISOR, work=work)
    if found.scenes != SCENES:
        raise AssertionError(found)
    return found.figures
