"""Drawing the seal for the first time: the accepted proposals open, then the cells are cut."""

from dataclasses import replace
from uuid import UUID

from service.domain.assessment import Assessment
from service.domain.assessment_refusals import AssessmentOutdated, AssessmentUndecided
from service.domain.cell import Cell
from service.domain.course import Course
from service.domain.cutting import cut
from service.domain.dividing import divide_unit
from service.domain.holds_opening import claim_of, place_hold
from service.domain.origin import weigh_origin_only
from service.domain.scene import Scene
from service.domain.scene_events import SealDrawn
from service.domain.scene_refusals import NothingToSeal


def draw_seal(course: Course) -> Course:
    """Open what the assessment proposed and the officer accepted; cut what the live holds claim.

    Raises: NothingToSeal, AssessmentUndecided, AssessmentOutdated, and those of a claim.
    """
    assessment = course.scene.record.assessment
    if assessment is not None:
        _must_be_ready(course.scene, assessment)
        course = open_proposed(course, assessment)
    cells = cells_of_live(course)
    if not cells:
        raise NothingToSeal.at("/seal")
    return course.then(SealDrawn(cells=cells))


def open_proposed(course: Course, assessment: Assessment) -> Course:
    """Divide and open holds as accepted or changed; what is undecided counts as proposed.

    A hold that is open already under its id stays as it was opened.
    """
    for unit_id, line in assessment.lines():
        course = divide_unit(course, unit_id, line)
    for hold in assessment.holds():
        if hold.id not in course.scene.record.holds:
            opened = replace(
                hold,
                named_units=course.scene.parts(hold.named_units),
                not_units=course.scene.parts(hold.not_units),
                opened_by=course.by.id,
                opened_at=course.now,
            )
            course = place_hold(course, opened)
    return weigh_origin_only(course)


def cells_of_live(course: Course) -> tuple[Cell, ...]:
    """The cells that the live holds claim on the present plan."""
    holds = [each.hold for each in course.scene.live()]
    return cut(course.scene.plan, [claim_of(course, hold) for hold in holds])


def is_outdated(scene: Scene, assessment: Assessment) -> bool:
    """Whether the plan has changed since the assessment was made."""
    record = scene.record
    made_on = (assessment.plan_version, assessment.divided)
    return made_on != (record.plan_version, len(record.divided))


def _must_be_ready(scene: Scene, assessment: Assessment) -> None:
    open_ones: tuple[UUID, ...] = assessment.undecided()
    if open_ones:
        raise AssessmentUndecided.at(
            "/assessment/outcome", proposal_ids="、".join(map(str, open_ones))
        )
    if is_outdated(scene, assessment):
        raise AssessmentOutdated.at("/assessment/answers")
