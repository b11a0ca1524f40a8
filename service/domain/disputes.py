"""What is kept for an objection: a stated area, or by default origin, cause and the own unit."""

from dataclasses import replace

import shapely

from service.domain.cell import Split
from service.domain.claims import must_be_on
from service.domain.course import Course
from service.domain.findings import ObjectionDecided
from service.domain.holds import Hold, HoldKind
from service.domain.holds_opening import place_hold
from service.domain.plan import UnitKind
from service.domain.scene import Objection, Scene
from service.domain.scene_events import CellsSplit, HoldPlaced, Outside
from service.domain.scene_refusals import NothingToKeep

DEFAULT = (HoldKind.AREA_OF_ORIGIN, HoldKind.CAUSE_AREA)


def keep_for(course: Course, objection: Objection, finding: ObjectionDecided) -> Course:
    """Open the hold of a dispute.

    Raises: SealNotSet, NothingToKeep, LevelsMissing, UnitUnknown, LevelUnknown.
    """
    course.scene.must_be_sealed()
    hold = Hold(
        id=finding.id,
        kind=HoldKind.DISPUTE,
        shapes=finding.shape or shapely.GeometryCollection(),
        levels=finding.levels,
        named_units=finding.named_units,
        opened_by=course.by.id,
        opened_at=course.now,
        ground=finding.ground,
    )
    stated = finding.shape is not None or finding.named_units
    course = _stated(course, hold) if stated else _default(course, objection, hold)
    kept = course.scene.record.holds[hold.id]
    if not course.scene.seal.cells_of(hold.id) and not kept.outside:
        raise NothingToKeep.at("/geometry")
    return course


def _stated(course: Course, hold: Hold) -> Course:
    must_be_on(course.scene.plan, hold)
    levels = {course.scene.plan.unit(id).level: None for id in hold.named_units}
    return place_hold(course, replace(hold, levels=hold.levels or tuple(levels)))


def _default(course: Course, objection: Objection, hold: Hold) -> Course:
    """Join the very cells of origin and cause, and those of the objector's own units."""
    scene = course.scene
    own = _units_of(scene, objection)
    kept = {id for each in scene.live(*DEFAULT) for id in scene.seal.cells_of(each.hold.id)}
    kept |= {cell.id for cell in scene.seal.cells if cell.unit in own}
    joined = tuple(sorted(kept))
    cells = [scene.seal.cell(id) for id in joined]
    hold = replace(
        hold,
        shapes=shapely.union_all([shapely.from_wkb(cell.wkb) for cell in cells]),
        levels=tuple(sorted({cell.level for cell in cells})),
        named_units=tuple(sorted({c.unit for c in cells if c.kind is UnitKind.CLOSED} | own)),
    )
    course = course.then(HoldPlaced(hold=hold, outside=_open_already(scene, own)))
    split = Split(joined=joined, parents={}, outside={})
    return course.then(CellsSplit(split=split, hold_id=hold.id)) if joined else course


def _units_of(scene: Scene, objection: Objection) -> frozenset[str]:
    """The objector's units, as they are divided now."""
    listed = scene.record.parties or ()
    own = [id for each in listed if each.party_id == objection.party_id for id in each.unit_ids]
    return frozenset(scene.parts(own)) & {unit.id for unit in scene.plan.units()}


def _open_already(scene: Scene, own: frozenset[str]) -> Outside:
    """What of the objector's units is not sealed: it would need an extension."""
    outside = {}
    for id in sorted(own):
        cells = [shapely.from_wkb(cell.wkb) for cell in scene.seal.cells if cell.unit == id]
        rest = scene.plan.unit(id).shape - shapely.union_all(cells)
        if rest.area > 0.01:
            outside[id] = rest
    return outside
