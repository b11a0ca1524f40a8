"""Touch: which closed units a finding reaches, and which part of it lies in open ones."""

import itertools
from dataclasses import dataclass, field
from uuid import UUID

import shapely
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from service.domain.holds import Hold
from service.domain.pieces import MICRON_M, NO_AREA, big_pieces, polygons
from service.domain.plan import Plan, Unit, UnitKind
from service.domain.plane import GRID_M

SHRINK_M = 0.10
"""An area reaches a closed unit when what they share survives shrinking by this."""
REACH_M = 0.10
"""A line reaches it with more than this length; a point in no unit, from within this distance."""
BESIDE_M = 2 * GRID_M
"""What is drawn along a wall is this near to it, once both are on the grid; it overlaps nothing."""
SHARP, NOTHING_M2 = 100.0, 1e-6
NO_LINES = GeometryCollection()
LEAST_LINE_M = 0.02
"""A shorter piece of a line in an open unit comes from the wall it ends at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An overlap too small to count: does the hold reach this closed unit? For the officer.

    `shared_m2` is the overlap of an area, `shared_m` the length of a line; the other is 0.
    """

    hold_id: UUID
    unit_id: str
    shared_m2: float = 0.0
    shared_m: float = 0.0


@dataclass(slots=True)
class Touched:
    """What a finding touches on one level: closed units, questions, its parts in open units.

    `areas` are those of the finding, not cut to any unit.
    """

    whole: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    parts: dict[str, BaseGeometry] = field(default_factory=dict)
    outside_m2: float = 0.0
    areas: BaseGeometry = NO_AREA


@dataclass(frozen=True, slots=True)
class Finding:
    """A hold's geometry, grown by its accuracy, taken apart by dimension."""

    areas: BaseGeometry
    lines: BaseGeometry = NO_LINES
    points: tuple[BaseGeometry, ...] = ()

    @classmethod
    def of(cls, geometry: BaseGeometry) -> "Finding":
        """Take a geometry of any kind apart."""
        if geometry.geom_type == "Polygon":
            return cls(geometry)
        parts = shapely.get_parts(shapely.get_parts(geometry))
        parts = parts[~shapely.is_empty(parts)]
        dimensions = shapely.get_dimensions(parts)
        lines, points = parts[dimensions == 1], parts[dimensions == 0]
        return cls(
            polygons(geometry), shapely.union_all(lines) if len(lines) else NO_LINES, tuple(points)
        )

    def shared_with(self, shape: BaseGeometry) -> BaseGeometry:
        """The part of its areas in a shape."""
        if not shapely.intersects(self.areas, shape):
            return NO_AREA
        return shapely.intersection(self.areas, shape)

    def length_in(self, shape: BaseGeometry) -> float:
        """How much of its lines lies in a shape, metres."""
        return 0.0 if self.lines.is_empty else float(shapely.intersection(self.lines, shape).length)


def touch(plan: Plan, hold: Hold, *, level: str, geometry: BaseGeometry) -> Touched:
    """Return what `geometry` (the hold's shapes grown by its accuracy) touches on a level."""
    finding = Finding.of(geometry)
    touched = Touched(areas=finding.areas)
    units = plan.near(level, _around(geometry))
    pointed = _units_pointed_at(finding, units)
    reached = _reached(finding, [unit for unit in units if unit.kind is UnitKind.CLOSED])
    for unit in units:
        if unit.kind is UnitKind.OPEN:
            part = _part_in(finding, unit, pointed.get(unit.id, []))
            if not part.is_empty:
                touched.parts[unit.id] = part
        elif unit.id in pointed or unit.id in reached:
            touched.whole.add(unit.id)
        elif unit.id not in hold.not_units:
            touched.questions += _questions(finding, unit, hold)
    if level != plan.ground_level:
        inside = shapely.union_all([unit.shape for unit in units])
        touched.outside_m2 = shapely.difference(finding.areas, inside).area
    return touched


def _around(geometry: BaseGeometry) -> BaseGeometry:
    """A rectangle in which lies whatever the geometry may touch; an empty one is around nothing."""
    west, south, east, north = geometry.bounds
    return shapely.box(west - REACH_M, south - REACH_M, east + REACH_M, north + REACH_M)


def _reached(finding: Finding, closed: list[Unit]) -> set[str]:
    """The closed units that the areas and lines of a finding reach.

    What two areas share survives shrinking where the two, shrunk, meet: so nothing is cut.
    """
    found = {unit.id for unit in closed if _lines_reach(finding, unit)}
    if not finding.areas.is_empty:
        core = shapely.buffer(finding.areas, -SHRINK_M - MICRON_M)
        shapely.prepare(core)
        near = [unit for unit in closed if shapely.intersects(core, unit.shape)]
        cores = shapely.buffer([unit.shape for unit in near], -SHRINK_M)
        meets = shapely.intersects(core, cores)
        found |= {unit.id for unit in itertools.compress(near, meets)}
    return found


def _lines_reach(finding: Finding, unit: Unit) -> bool:
    if finding.lines.is_empty:
        return False
    beside = shapely.buffer(unit.shape, BESIDE_M, join_style="mitre")
    return bool(
        finding.length_in(unit.shape) > REACH_M
        or shapely.intersection(finding.lines, beside).length > REACH_M + 2 * BESIDE_M
    )


def _questions(finding: Finding, unit: Unit, hold: Hold) -> list[Question]:
    """Ask about an overlap that is too small to count, but no mere rounding to the grid."""
    area = finding.shared_with(unit.shape)
    length = finding.length_in(unit.shape)
    if area.is_empty and length <= BESIDE_M:
        return []
    if shapely.buffer(area, -GRID_M, quad_segs=2).is_empty and length <= BESIDE_M:
        return []
    return [Question(hold_id=hold.id, unit_id=unit.id, shared_m2=area.area, shared_m=length)]


def _units_pointed_at(finding: Finding, units: list[Unit]) -> dict[str, list[BaseGeometry]]:
    """Give each point to the unit it is inside, or, inside none, to every unit within 0.10 m."""
    found: dict[str, list[BaseGeometry]] = {}
    shapes = [unit.shape for unit in units]
    for point in finding.points:
        beside = shapely.distance(point, shapes) <= REACH_M
        inside = shapely.intersects(point, shapes)
        inside &= shapely.distance(point, shapely.boundary(shapes)) > BESIDE_M
        for unit, hit in zip(units, inside if inside.any() else beside, strict=True):
            if hit:
                line = shapely.shortest_line(unit.shape, point)
                found.setdefault(unit.id, []).append(shapely.get_point(line, 0))
    return found


def _part_in(finding: Finding, unit: Unit, points: list[BaseGeometry]) -> BaseGeometry:
    """Return the part of a finding in an open unit: pieces over 0.01 m², lines and points.

    What is no wider than rounding to the grid makes it is no piece; a line along a wall is one.
    """
    area = finding.shared_with(unit.shape)
    areas = [wide for piece in big_pieces(area) for wide in _wide(piece)]
    if finding.lines.is_empty:
        return areas[0] if len(areas) == 1 and not points else GeometryCollection([*areas, *points])
    near = shapely.buffer(unit.shape, BESIDE_M, join_style="mitre")
    line = shapely.get_parts(shapely.intersection(finding.lines, near))
    return GeometryCollection([*areas, *(x for x in line if x.length > LEAST_LINE_M), *points])


def _wide(piece: BaseGeometry) -> list[BaseGeometry]:
    """Leave out what is no wider than two drawings of one wall may lie apart.

    A margin would grow round the sliver along a wall that rounding to the grid has made or not.
    """
    core = shapely.buffer(piece, -BESIDE_M, join_style="mitre", mitre_limit=SHARP)
    back = shapely.buffer(core, BESIDE_M, join_style="mitre", mitre_limit=SHARP)
    if shapely.difference(piece, back).area <= NOTHING_M2:
        return [piece]
    return big_pieces(shapely.intersection(piece, back))
