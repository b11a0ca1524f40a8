"""Which pending steps each sealed unit waits for, by the scene's own rules of clearing.

A claim is what one hold keeps of one cell. A step ends claims: clearing a hold ends all of its
own, an exclusion those that its stage clears in the units named or in the zone. Zones add up over
a closed unit, those of earlier surveys included.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell
from service.domain.course import Course, clear
from service.domain.holds import HoldKind
from service.domain.origin import weigh_origin_only
from service.domain.pieces import inner_points
from service.domain.plan import UnitKind
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import HoldsLeft, Why
from service.domain.splitting import split_by_zone
from service.domain.survey import COVERED, clears, zones_since
from service.domain.survey_pending import PendingStep

Claim = tuple[int, UUID]
Ways = list[frozenset[int]]
"""The ways in which something ends, each a set of steps by index, all of them needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNeeds:
    """A sealed unit: for each claim on it the ways that end it; `kept_by` no step ends."""

    unit: str
    ways: tuple[Ways, ...]
    kept_by: frozenset[UUID]


def needs_of(course: Course, steps: Sequence[PendingStep]) -> tuple[UnitNeeds, ...]:
    """What each sealed unit waits for, in the plan's order; crumbs do not count."""
    course = replace(course, scene=_cut_along_zones(course.scene, steps))
    scene = course.scene
    ends = _ends(course, steps)
    by_unit: dict[str, list[Cell]] = {}
    for cell in scene.seal.cells:
        if not cell.crumb:
            by_unit.setdefault(cell.unit, []).append(cell)
    found = (_needs(unit.id, by_unit.get(unit.id, ()), ends) for unit in scene.plan.units())
    return tuple(each for each in found if each.ways or each.kept_by)


def _needs(unit: str, cells: Iterable[Cell], ends: dict[Claim, Ways]) -> UnitNeeds:
    claims = [(cell.id, hold) for cell in cells for hold in sorted(cell.holds)]
    unique = {tuple(ends[claim]): ends[claim] for claim in claims if claim in ends}
    kept_by = frozenset(hold for cell, hold in claims if (cell, hold) not in ends)
    return UnitNeeds(unit=unit, ways=tuple(unique.values()), kept_by=kept_by)


def _cut_along_zones(scene: Scene, steps: Sequence[PendingStep]) -> Scene:
    """The scene with its open cells cut along every zone to come; nothing is released."""
    seal, next_id = scene.seal, scene.record.next_cell
    for step in steps:
        if step.shape is not None:
            cells = [cell for cell in seal.cells if cell.kind is UnitKind.OPEN]
            zone = dict.fromkeys(step.levels, step.shape)
            cut = split_by_zone(cells, scene.plan, zone=zone, next_id=next_id).split
            seal, next_id = seal.joined(cut), next_id + len(cut.made)
    return replace(scene, seal=seal)


def _ends(course: Course, steps: Sequence[PendingStep]) -> dict[Claim, Ways]:
    ends: dict[Claim, Ways] = {}
    for i, step in enumerate(steps):
        claims = _of_hold(course, step.hold_id) if step.hold_id else _of_places(course.scene, step)
        for claim in claims:
            ends.setdefault(claim, []).append(frozenset({i}))
    for claim, way in _together(course.scene, steps):
        ends.setdefault(claim, [way])
    return ends


def _of_hold(course: Course, hold_id: UUID) -> Iterator[Claim]:
    """The claims that end with a hold; with a dispute, those that origin-only then clears."""
    ended = clear(course, [hold_id], why=Why.DECIDED)
    if course.scene.record.holds[hold_id].hold.kind is HoldKind.DISPUTE:
        ended = weigh_origin_only(ended)
    gone: list[HoldsLeft] = list(ended.events[len(course.events) :])
    for event in gone:
        yield from ((cell, hold) for hold, left in event.clearing.left.items() for cell in left)


def _of_places(scene: Scene, step: PendingStep) -> Iterator[Claim]:
    """The claims that an exclusion ends by itself."""
    for record in scene.live():
        if clears(record.hold.kind, step.stage):
            cells = [scene.seal.cell(id) for id in sorted(scene.seal.cells_of(record.hold.id))]
            inside = _inside(cells, step, record, scene)
            yield from ((cell.id, record.hold.id) for cell in inside)


def _inside(
    cells: list[Cell], step: PendingStep, record: HoldRecord, scene: Scene
) -> Iterator[Cell]:
    named = [cell for cell in cells if cell.unit in step.units]
    yield from named
    near = [cell for cell in cells if cell.level in step.levels and cell.unit not in step.units]
    if step.shape is None or not near:
        return
    before = zones_since(scene, record)
    points = inner_points([cell.shape for cell in near])
    for cell, within in zip(near, shapely.intersects(step.shape, points), strict=True):
        if cell.kind is UnitKind.CLOSED:
            within = _covered(cell, [step.shape], before)
        if within:
            yield cell


def _together(scene: Scene, steps: Sequence[PendingStep]) -> Iterator[tuple[Claim, frozenset[int]]]:
    """The claims on closed units that only several zones end together."""
    for record in scene.live():
        zones = {
            i: step
            for i, step in enumerate(steps)
            if step.shape is not None and clears(record.hold.kind, step.stage)
        }
        before = zones_since(scene, record) if len(zones) > 1 else {}
        for id in sorted(scene.seal.cells_of(record.hold.id)) if len(zones) > 1 else ():
            cell = scene.seal.cell(id)
            reaching = {i: x.shape for i, x in zones.items() if _reaches(x, cell)}
            if cell.kind is UnitKind.CLOSED and _covered(cell, reaching.values(), before):
                yield (id, record.hold.id), frozenset(reaching)


def _reaches(step: PendingStep, cell: Cell) -> bool:
    return cell.level in step.levels and shapely.intersection(step.shape, cell.shape).area > 0


def _covered(cell: Cell, zones: Iterable[BaseGeometry], before: dict[str, BaseGeometry]) -> bool:
    zone = shapely.union_all([*zones, *(x for level, x in before.items() if level == cell.level)])
    return bool(shapely.intersection(zone, cell.shape).area >= COVERED * cell.area_m2)
