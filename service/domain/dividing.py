"""Dividing a closed unit: its cell is split, nothing is released."""

from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from service.domain.course import Course
from service.domain.findings import UnitDivided
from service.domain.holds_opening import claim_of, lay_claim
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import CellsSplit, HoldPlaced, PlanDivided
from service.domain.splitting import divide


def unit_divided(course: Course, finding: UnitDivided) -> Course:
    """Divide a closed unit by a finding.

    Raises: UnitUnknown, UnitNotClosed, LineDoesNotDivide.
    """
    return divide_unit(course.then(finding), finding.unit_id, finding.shape)


def divide_unit(course: Course, unit_id: str, line: BaseGeometry) -> Course:
    """Let parts take the place of a unit, in the plan, in the holds and in the seal.

    Raises: UnitUnknown, UnitNotClosed, LineDoesNotDivide.
    """
    division = divide(
        course.scene.seal.cells,
        course.scene.plan,
        unit_id=unit_id,
        line=line,
        next_id=course.scene.record.next_cell,
    )
    course = course.then(PlanDivided(unit_id=division.unit_id, parts=division.parts))
    course = _renamed(course, division.unit_id)
    if division.split.made:
        return course.then(CellsSplit(split=division.split))
    return course if course.scene.is_sealed else lay_again(course)


def lay_again(course: Course) -> Course:
    """Lay the live holds again on a plan that has changed, before the seal is set."""
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
