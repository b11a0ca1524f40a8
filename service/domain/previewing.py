"""What a finding would do, by the very path of the truth; what clearing each hold would free."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from service.domain.answering import Answer, answer
from service.domain.course import Course, clear
from service.domain.deciding import decide
from service.domain.errors import Refusal
from service.domain.extensions import approved
from service.domain.findings import Finding
from service.domain.holds import HoldKind
from service.domain.origin import YIELD
from service.domain.reasons import Reason, reason
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import Why
from service.domain.seal import Freed
from service.domain.survey import possible_units
from service.domain.ways_if import WayIf, ended, ways_if_cleared


@dataclass(frozen=True, slots=True, kw_only=True)
class IfCleared:
    """What is released when one live hold is cleared, consequences included.

    `way` is what becomes of ways out; None where it was not weighed (ways_if.py).
    """

    reason: Reason
    area_m2: float
    units: tuple[str, ...]
    way: WayIf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IfExcluded:
    """What is released when a detailed survey excludes the origin in a unit; `opens`: all of it.

    The last unit not excluded is left out while no origin is established: such a survey is refused.
    """

    unit: str
    area_m2: float
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """For every live hold and every pending step at once; areas in m²."""

    version: int
    holds: tuple[IfCleared, ...]
    surveys: tuple[IfExcluded, ...]
    nobody_objects: Freed | None


def preview(
    course: Course, findings: Iterable[Finding], *, extension_id: UUID | None = None
) -> Answer:
    """Say what a set of findings, and then an extension, would change; nothing is changed.

    Whoever asked for the extension may look too, though another officer must approve it.

    Raises: what recording them would raise.
    """
    before = course.scene
    for n, finding in enumerate(findings):
        try:
            course = decide(course, [finding])
        except Refusal as refusal:
            refusal.within(f"/findings/{n}")
            raise
    if extension_id is not None:
        course = approved(course, extension_id, ground="")
    return answer(before, course)


def what_if(course: Course) -> WhatIf:
    """Say for each live hold, each unit and origin-only what would be freed."""
    scene = course.scene
    freed, ways = scene.seal.what_if(), ways_if_cleared(course)
    return WhatIf(
        version=scene.record.version,
        holds=tuple(_if_cleared(course, each, freed, ways) for each in scene.live()),
        surveys=_if_excluded(scene),
        nobody_objects=_if_nobody_objects(course),
    )


def _if_cleared(
    course: Course, record: HoldRecord, freed: dict[UUID, Freed], ways: dict[UUID, WayIf]
) -> IfCleared:
    mine = freed.get(record.hold.id, Freed())
    if record.hold.kind is HoldKind.DISPUTE:
        mine = _between(course.scene, ended(course, record))
    way = ways.get(record.hold.id)
    return IfCleared(reason=reason(record), area_m2=mine.area_m2, units=mine.units, way=way)


def _if_excluded(scene: Scene) -> tuple[IfExcluded, ...]:
    surveyed = {each.hold.id for each in scene.live(*YIELD)}
    areas: dict[str, float] = {}
    for cell in scene.seal.cells:
        if cell.holds <= surveyed:
            areas[cell.unit] = areas.get(cell.unit, 0.0) + cell.area_m2
    kept = {cell.unit for cell in scene.seal.cells if not cell.holds <= surveyed}
    last = frozenset() if scene.origin_is_established else possible_units(scene)
    return tuple(
        IfExcluded(unit=unit, area_m2=area, opens=unit not in kept)
        for unit, area in sorted(areas.items())
        if last != {unit}
    )


def _if_nobody_objects(course: Course) -> Freed | None:
    """What origin-only would free; None while no origin is established."""
    scene = course.scene
    yielding = [each.hold.id for each in scene.live(*YIELD)]
    if not scene.origin_is_established or not yielding:
        return None
    return _between(scene, clear(course, yielding, why=Why.ORIGIN_ONLY).scene)


def _between(before: Scene, scene: Scene) -> Freed:
    """What left the seal, and the units of which nothing is left in it."""
    gone = [cell for cell in before.seal.cells if cell.id not in scene.seal]
    left = {cell.unit for cell in scene.seal.cells}
    units = sorted({cell.unit for cell in gone} - left)
    return Freed(area_m2=sum(cell.area_m2 for cell in gone), units=tuple(units))
