"""The plan, setting the seal, and dividing a closed unit."""

from dataclasses import replace

from service.domain.course import Course
from service.domain.cutting import cut
from service.domain.findings import SealSet, UnitDivided
from service.domain.holds_opening import claim_of, lay_claim
from service.domain.mending import Mend
from service.domain.plan import Plan
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import CellsSplit, HoldPlaced, PlanDivided, PlanSet, SealDrawn
from service.domain.scene_refusals import (
    NothingToSeal,
    PlanLosesHold,
    SealAlreadySet,
    SealIsAnExtension,
)
from service.domain.splitting import divide


def plan_set(course: Course, plan: Plan, mends: tuple[Mend, ...]) -> Course:
    """Set a version of the plan; what was decided on an earlier one stays as it was.

    Before the seal is set, the live holds are laid on the new plan. Raises: PlanLosesHold.
    """
    scene = course.scene
    if scene.is_sealed:
        return course.then(PlanSet(plan=plan, working=_working(scene, plan), mends=mends))
    for each in scene.live():
        _must_have(plan, each)
    course = course.then(PlanSet(plan=plan, working=plan, mends=mends))
    return _lay_again(course)


def seal_set(course: Course, finding: SealSet) -> Course:
    """Set the seal from the live holds.

    Raises: SealAlreadySet, SealIsAnExtension (after a simplified registration), NothingToSeal.
    """
    if course.scene.is_sealed:
        raise SealAlreadySet.at("/seal")
    if course.scene.record.after_registration:
        raise SealIsAnExtension.at("/seal")
    return draw_seal(course.then(finding))


def draw_seal(course: Course) -> Course:
    """Cut the cells that the live holds claim. Raises: NothingToSeal."""
    holds = [each.hold for each in course.scene.live()]
    cells = cut(course.scene.plan, [claim_of(course, hold) for hold in holds])
    if not cells:
        raise NothingToSeal.at("/seal")
    return course.then(SealDrawn(cells=cells))


def unit_divided(course: Course, finding: UnitDivided) -> Course:
    """Divide a closed unit: its cell is split, nothing is released.

    Raises: UnitUnknown, UnitNotClosed, LineDoesNotDivide.
    """
    division = divide(
        course.scene.seal.cells,
        course.scene.plan,
        unit_id=finding.unit_id,
        line=finding.shape,
        next_id=course.scene.record.next_cell,
    )
    course = course.then(finding)
    course = course.then(PlanDivided(unit_id=division.unit_id, parts=division.parts))
    course = _renamed(course, division.unit_id)
    if division.split.made:
        return course.then(CellsSplit(split=division.split))
    return course if course.scene.is_sealed else _lay_again(course)


def _lay_again(course: Course) -> Course:
    for each in tuple(course.scene.live()):
        course = lay_claim(course, each.hold, claim_of(course, each.hold))
    return course


def _renamed(course: Course, unit_id: str) -> Course:
    """Let holds that name the unit, or list it outside, name its parts instead."""
    parts = course.scene.parts([unit_id])
    for each in tuple(course.scene.live()):
        named = {*each.hold.named_units, *each.hold.not_units, *each.outside}
        if unit_id in named:
            course = course.then(_naming_parts(course.scene, each, unit_id, parts))
    return course


def _naming_parts(
    scene: Scene, record: HoldRecord, unit_id: str, parts: tuple[str, ...]
) -> HoldPlaced:
    def renamed(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new for id in ids for new in (parts if id == unit_id else (id,)))

    hold = replace(
        record.hold,
        named_units=renamed(record.hold.named_units),
        not_units=renamed(record.hold.not_units),
    )
    outside = {id: shape for id, shape in record.outside.items() if id != unit_id}
    if unit_id in record.outside:
        outside |= {part: scene.plan.unit(part).shape for part in parts}
    return HoldPlaced(
        hold=hold,
        questions=record.questions,
        outside=outside,
        claims_nothing=record.claims_nothing,
    )


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
