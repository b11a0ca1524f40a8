"""A scene on record with as many events as asked for: few holds, and surveys without end."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from shapely import Point

from service.domain.course import Course
from service.domain.deciding import begin, decide
from service.domain.findings import Finding, Outcome
from service.domain.holds import HoldKind
from service.operations.scene_desk import keep
from tests.scene_builders import (
    LEAD,
    NOON,
    Building,
    a_hold,
    a_sealed_market,
    a_survey,
    evidence,
    no_objection,
)

TOGETHER = 50
"""So many findings go into one transaction."""
MINUTE = timedelta(minutes=1)


def a_long_scene(database: Any, *, events: int) -> UUID:
    """Put it on record, a minute between two transactions; its id."""
    building = a_sealed_market().parties("bao", "chen")
    kept = Course(
        scene=building.scene,
        by=LEAD,
        now=NOON,
        events=tuple(each.event for each in building.happened),
    )
    usual, time = database.clock, NOON
    database.clock = lambda: time
    database.write(lambda work: keep(None, kept, work=work))
    scene, findings = building.scene, _findings(building)
    while scene.version < events:
        time += MINUTE
        scene = database.write(lambda work, scene=scene: _keep_some(work, scene, findings))
    database.clock = usual
    return scene.record.id


def _keep_some(work: Any, scene: Any, findings: Iterator[Finding]) -> Any:
    for _ in range(TOGETHER):
        course = decide(begin(scene, by=LEAD, now=work.now), [next(findings)])
        keep(scene, course, work=work)
        scene = course.scene
    return scene


def _findings(building: Building) -> Iterator[Finding]:
    """Evidence found and taken now and then, at first; surveys and statements all the time."""
    number = 0
    while True:
        number += 1
        if number % 10 == 1 and number < 200:
            yield a_hold(f"trace-{number}", HoldKind.EVIDENCE, Point(3 + number / 50, 16))
        elif number % 10 == 6 and number < 200:
            yield evidence(f"trace-{number - 5}")
        elif number % 3 == 0:
            yield no_objection("bao", at=number)
        else:
            yield a_survey("101", outcome=Outcome.POSSIBLE, at=number)


def last_moment(events: int) -> Any:
    """No later than the last transaction of such a scene."""
    return NOON + MINUTE * (events // TOGETHER)
