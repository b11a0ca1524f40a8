"""Assessing a scene: the answers are weighed, holds proposed, the officer's word on each kept.

An assessment never changes the seal: its accepted proposals open when the seal is set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.answers_missing import still_to_say
from service.domain.assessment import Assessment, Choice, ProposedDivision
from service.domain.assessment_answers import Answers
from service.domain.assessment_changes import changes_between
from service.domain.assessment_rules import AssessmentRules
from service.domain.calendar import legal_day
from service.domain.choosing import must_be_sound
from service.domain.course import Course
from service.domain.places_told import must_be_told
from service.domain.proposing import OnRecord, Proposing, propose
from service.domain.scene import Scene
from service.domain.scene_events import SceneAssessed
from service.domain.unit_needed import propose_divisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the officer sends: answers, and so far as there is one the outcome; plane metres.

    `sent` is the body as it came, canonical JSON: it is kept beside what was derived from it.
    """

    sent: str = ""
    answers: Answers
    outcome: tuple[Choice, ...] = ()


def assess(course: Course, told: Told, *, rules: AssessmentRules, on_record: OnRecord) -> Course:
    """Assess the scene, or revise its assessment; saying again what stands changes nothing.

    Raises: those of answers (places_told.py) and of an outcome (choosing.py).
    """
    scene, before = course.scene, course.scene.record.assessment
    must_be_told(told.answers, scene.plan, taken=_taken(scene))
    made = _made(course, told, rules, on_record)
    must_be_sound(scene, made)
    if before is not None:
        changes = tuple(changes_between(before, made))
        if not changes:
            return course
        made = replace(made, revision=before.revision + 1, changes=changes)
    return course.then(SceneAssessed(assessment=made, sent=told.sent))


def _taken(scene: Scene) -> set[UUID]:
    """The ids of holds that no assessment proposed: an answer may not take one over."""
    before = scene.record.assessment
    proposed = {id for _, id in before.answers.ids()} if before else set()
    return scene.record.holds.keys() - proposed


def _made(course: Course, told: Told, rules: AssessmentRules, on_record: OnRecord) -> Assessment:
    record = course.scene.record
    found = propose(_proposing(course, rules), told.answers, on_record)
    claims = [(x.hold, frozenset(one.unit for one in x.claimed)) for x in found.proposals]
    divisions = propose_divisions(
        course.scene.plan,
        claims,
        axes=record.plane.axes,
        settings=rules.division,
        scene_id=record.id,
    )
    return Assessment(
        revision=1,
        at=course.now,
        by=course.by.id,
        rules_version=rules.version,
        plan_version=record.plan_version,
        divided=len(record.divided),
        answers=told.answers,
        proposals=tuple(found.proposals),
        divisions=(*_carried_out(course.scene), *divisions),
        left_out=tuple(found.left_out),
        still_to_say=tuple(still_to_say(told.answers, on_record, rules.parts)),
        outcome=told.outcome,
    )


def _carried_out(scene: Scene) -> Iterator[ProposedDivision]:
    """The divisions of the assessment before that have been made: they stay on its record."""
    before = scene.record.assessment
    for each in before.divisions if before else ():
        if each.unit in scene.record.divided:
            yield each


def _proposing(course: Course, rules: AssessmentRules) -> Proposing:
    return Proposing(
        plan=course.scene.plan,
        axes=course.scene.record.plane.axes,
        rules=rules.on(legal_day(course.now)),
        by=course.by.id,
        at=course.now,
    )
