"""Assessing a scene: the answers are weighed, holds proposed, the officer's word on each kept.

An assessment never changes the seal: its accepted proposals open when the seal is set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.answers_missing import still_to_say
from service.domain.assessment import Assessment, Choice, Decision, ProposedDivision
from service.domain.assessment_answers import Answers
from service.domain.assessment_changes import changes_between
from service.domain.assessment_rules import AssessmentRules
from service.domain.calendar import legal_day
from service.domain.choosing import Held, holds_chosen, must_be_proposed
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
    scene, record = course.scene, course.scene.record
    found = propose(_proposing(course, rules), told.answers, on_record)
    divisions = _divisions(scene, holds_chosen(scene, found.proposals, told.outcome), rules)
    outcome = tuple(each for each in told.outcome if _still_meant(each, scene, divisions))
    must_be_proposed(scene, outcome, proposals=found.proposals, divisions=divisions)
    return Assessment(
        revision=1,
        at=course.now,
        by=course.by.id,
        rules_version=rules.version,
        plan_version=record.plan_version,
        divided=len(record.divided),
        answers=told.answers,
        proposals=tuple(found.proposals),
        divisions=divisions,
        left_out=tuple(found.left_out),
        still_to_say=tuple(still_to_say(told.answers, on_record, rules.parts)),
        outcome=outcome,
    )


def _divisions(
    scene: Scene, held: list[Held], rules: AssessmentRules
) -> tuple[ProposedDivision, ...]:
    """Divisions made already stay on the record; others follow from the holds as they are left."""
    proposed = propose_divisions(
        scene.plan,
        held,
        axes=scene.record.plane.axes,
        settings=rules.division,
        scene_id=scene.record.id,
    )
    return (*_carried_out(scene), *proposed)


def _still_meant(choice: Choice, scene: Scene, divisions: tuple[ProposedDivision, ...]) -> bool:
    """Whether a word on a division still is about it.

    Another word in the same outcome may do away with it, or move its line, which nobody has seen.
    """
    before = scene.record.assessment
    were = {each.id: each.line for each in before.divisions} if before else {}
    line = were.get(choice.proposal_id)
    if line is None:
        return True
    now = next((each.line for each in divisions if each.id == choice.proposal_id), None)
    return now is not None and (choice.decision is not Decision.ACCEPTED or now == line)


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
