"""Survey finished: only an exclusion clears, from the stage that its kind of hold asks for."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.course import Course, leave
from service.domain.findings import Outcome, Stage, SurveyFinished
from service.domain.holds import HoldKind
from service.domain.plan import Plan, UnitKind
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import CellsSplit, Outside, Why
from service.domain.scene_refusals import LastUnitNotExcluded, LevelsMissing, NothingSurveyed
from service.domain.splitting import split_by_zone

CLEARS_FROM = {HoldKind.BURNED_AREA: Stage.PRELIMINARY, HoldKind.CAUSE_AREA: Stage.DETAILED}
"""The stage from which an exclusion clears a kind of hold; other kinds it never clears."""

COVERED = 0.99
"""A closed unit counts as surveyed when the zones cover this share of it."""

LEAST_M2 = 0.01
"""What is left outside the seal and smaller than this is not listed."""

_STAGES = list(Stage)


def survey_finished(course: Course, finding: SurveyFinished) -> Course:
    """Record a survey, and let the holds it excludes leave what it covers.

    Raises: SealNotSet, NothingSurveyed, LevelsMissing, UnitUnknown, LevelUnknown,
    LastUnitNotExcluded.
    """
    _must_name_places(course.scene, finding)
    before = possible_units(course.scene)
    course = course.then(finding)
    holds = tuple(_excluded_by(course.scene, finding))
    if finding.outcome is not Outcome.EXCLUDED or not holds:
        return course
    course = _leave_open_cells(course, finding, holds)
    course = _leave_closed_units(course, finding, holds)
    if before and not course.scene.origin_is_established and not possible_units(course.scene):
        raise LastUnitNotExcluded.at("/units", units=sorted(before))
    return course


def clears(kind: HoldKind, stage: Stage) -> bool:
    """Whether an exclusion at this stage clears that kind of hold."""
    least = CLEARS_FROM.get(kind)
    return least is not None and _STAGES.index(stage) >= _STAGES.index(least)


def _must_name_places(scene: Scene, finding: SurveyFinished) -> None:
    scene.must_be_sealed()
    if not finding.units and finding.shape is None:
        raise NothingSurveyed.at("/units")
    if finding.shape is not None and not finding.levels:
        raise LevelsMissing.at("/levels")
    for n, unit in enumerate(finding.units):
        scene.plan.unit(unit, pointer=f"/units/{n}")
    for n, level in enumerate(finding.levels):
        scene.plan.on(level, pointer=f"/levels/{n}")


def possible_units(scene: Scene) -> frozenset[str]:
    """The units where the fire may still have begun: a hold that surveys clear is on them."""
    ids = {each.hold.id for each in scene.live(*CLEARS_FROM)}
    cells = (scene.seal.cell(id) for hold in ids for id in scene.seal.cells_of(hold))
    return frozenset(cell.unit for cell in cells if not cell.crumb)


def _excluded_by(scene: Scene, finding: SurveyFinished) -> Iterator[HoldRecord]:
    """The live holds that it clears: those that whoever surveyed could know of."""
    known = scene.version if finding.made_on is None else finding.made_on
    live = (each for each in scene.live() if each.since <= known)
    return (each for each in live if clears(each.hold.kind, finding.stage))


def _leave_open_cells(
    course: Course, finding: SurveyFinished, holds: tuple[HoldRecord, ...]
) -> Course:
    seal = course.scene.seal
    ids = {each.hold.id for each in holds}
    claimed = {id for hold in ids for id in seal.cells_of(hold)}
    cells = [seal.cell(id) for id in sorted(claimed) if seal.cell(id).kind is UnitKind.OPEN]
    cut = split_by_zone(
        cells,
        course.scene.plan,
        zone=_zone(finding),
        named_units=finding.units,
        next_id=course.scene.record.next_cell,
    )
    if cut.split.made:
        course = course.then(CellsSplit(split=cut.split))
    outside = {
        each.hold.id: less
        for each in holds
        if (less := _less_open(course.scene.plan, each.outside, finding)) is not each.outside
    }
    return leave(course, ids, cells=cut.inside, outside=outside, why=Why.SURVEY)


def _leave_closed_units(
    course: Course, finding: SurveyFinished, holds: tuple[HoldRecord, ...]
) -> Course:
    zones = {each.hold.id: zones_since(course.scene, each) for each in holds}
    for each in holds:
        seal, id = course.scene.seal, each.hold.id
        cells = (seal.cell(cell) for cell in sorted(seal.cells_of(id)))
        inside = split_by_zone(
            [cell for cell in cells if cell.kind is UnitKind.CLOSED],
            course.scene.plan,
            zone=zones[id],
            named_units=finding.units,
            next_id=course.scene.record.next_cell,
        ).inside
        was = course.scene.record.holds[id].outside
        less = _less_closed(course.scene.plan, was, finding, zones[id])
        outside = {} if less is was else {id: less}
        course = leave(course, [id], cells=inside, outside=outside, why=Why.SURVEY)
    return course


def _zone(finding: SurveyFinished) -> Outside:
    return {} if finding.shape is None else dict.fromkeys(finding.levels, finding.shape)


def zones_since(scene: Scene, record: HoldRecord) -> Outside:
    """All that has been excluded for this hold since it was opened, level → area."""
    zones: dict[str, list[BaseGeometry]] = {}
    for survey in scene.record.surveyed:
        if survey.version > record.since and clears(record.hold.kind, survey.stage):
            for level, shape in survey.zone.items():
                zones.setdefault(level, []).append(shape)
    return {level: shapely.union_all(shapes) for level, shapes in zones.items()}


def _less_open(plan: Plan, outside: Outside, finding: SurveyFinished) -> Outside:
    """What stays listed outside of the open units; the same mapping when nothing changes."""
    zone, less = _zone(finding), dict(outside)
    for id, shape in outside.items():
        unit = plan.unit(id)
        if unit.kind is UnitKind.OPEN and (id in finding.units or unit.level in zone):
            rest = shapely.Polygon() if id in finding.units else shape - zone[unit.level]
            less[id] = rest
    less = {id: rest for id, rest in less.items() if rest.area > LEAST_M2}
    return outside if _same_area(less, outside) else less


def _less_closed(plan: Plan, outside: Outside, finding: SurveyFinished, zone: Outside) -> Outside:
    less = {
        id: shape
        for id, shape in outside.items()
        if plan.unit(id).kind is UnitKind.OPEN
        or not (id in finding.units or _is_covered(shape, zone.get(plan.unit(id).level)))
    }
    return outside if len(less) == len(outside) else less


def _is_covered(shape: BaseGeometry, zone: BaseGeometry | None) -> bool:
    return zone is not None and shape.intersection(zone).area >= COVERED * shape.area


def _same_area(one: Outside, other: Outside) -> bool:
    return one.keys() == other.keys() and all(one[id].area == other[id].area for id in one)
