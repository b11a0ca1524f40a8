"""The plan, and setting the seal."""

from dataclasses import replace

from service.domain.course import Course
from service.domain.dividing import lay_again
from service.domain.drawing_seal import draw_seal
from service.domain.findings import SealReviewed, SealSet
from service.domain.mending import Mend
from service.domain.plan import Plan
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import PlanSet
from service.domain.scene_refusals import PlanLosesHold, SealAlreadySet, SealIsAnExtension
from service.domain.words import Words


def seal_reviewed(course: Course, finding: SealReviewed) -> Course:
    """Record that the seal was looked at again and stays. Raises: SealNotSet."""
    course.scene.must_be_sealed()
    return course.then(finding)


def plan_set(
    course: Course, plan: Plan, mends: tuple[Mend, ...], notes: tuple[Words, ...] = ()
) -> Course:
    """Set a version of the plan; what was decided on an earlier one stays as it was.

    Before the seal is set, the live holds are laid on the new plan. Raises: PlanLosesHold.
    """
    scene = course.scene
    if scene.is_sealed:
        working = _working(scene, plan)
        return course.then(PlanSet(plan=plan, working=working, mends=mends, notes=notes))
    for each in scene.live():
        _must_have(plan, each)
    course = course.then(PlanSet(plan=plan, working=plan, mends=mends, notes=notes))
    return lay_again(course)


def seal_set(course: Course, finding: SealSet) -> Course:
    """Set the seal: the accepted proposals of the assessment open, and all live holds count.

    Raises: SealAlreadySet, SealIsAnExtension (after a simplified registration), NothingToSeal,
    AssessmentUndecided, AssessmentOutdated.
    """
    if course.scene.is_sealed:
        raise SealAlreadySet.at("/seal")
    if course.scene.record.after_registration:
        raise SealIsAnExtension.at("/seal")
    return draw_seal(course.then(finding))


def _must_have(plan: Plan, record: HoldRecord) -> None:
    hold = record.hold
    levels = {level.id for level in plan.levels}
    units = {unit.id for unit in plan.units()}
    if not (levels.issuperset(hold.levels) and units.issuperset(hold.named_units)):
        raise PlanLosesHold.at("", hold_id=hold.id)


def _working(scene: Scene, plan: Plan) -> Plan:
    """The new plan, save the levels on which something is sealed or still claimed."""
    bound = {cell.level for cell in scene.seal.cells}
    bound |= {level for each in scene.live() for level in each.hold.levels}
    kept = {level.id: level for level in scene.plan.levels if level.id in bound}
    levels = tuple(kept.pop(level.id, level) for level in plan.levels)
    return replace(plan, levels=levels + tuple(kept.values()))
