"""The seal a second time: slow, obvious, straight from the definitions, without cells.

It shares nothing with the service but the plan, the holds and the tape function.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil
from uuid import UUID

import shapely
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from service.domain.holds import Hold
from service.domain.plan import Plan, Unit, UnitKind
from service.domain.plane import Axes
from service.domain.tape import tape

Sealed = dict[str, dict[UUID, BaseGeometry]]
"""Unit id → hold → the part of the unit which that hold keeps shut."""


def slow_seal(plan: Plan, holds: tuple[Hold, ...], axes: Axes) -> Sealed:
    """Return, for every unit, what each hold keeps shut."""
    sealed: Sealed = defaultdict(dict)
    for hold in holds:
        for level in hold.levels:
            for unit_id, shape in _held(plan, hold, level, axes).items():
                sealed[unit_id][hold.id] = shape
    return sealed


def _held(plan: Plan, hold: Hold, level: str, axes: Axes) -> dict[str, BaseGeometry]:
    units = plan.on(level).units
    finding = _grown(hold.shapes, hold.accuracy_m, axes)
    held = {unit.id: unit.shape for unit in units if _closed_and_reached(finding, unit, units)}
    open_units = {unit.id: unit.shape for unit in units if unit.kind is UnitKind.OPEN}
    parts = {x: _part(finding, shape, units) for x, shape in open_units.items()}
    grown = shapely.union_all(_polygons(finding))
    if hold.margin_m:
        grown = _grown(_together(parts.values()), hold.margin_m, axes)
        bare = _meeting(parts, {x: grown & shape for x, shape in open_units.items()})
    else:
        bare = {x: _polygons(part) for x, part in parts.items()}
    bare = {x: [p for p in pieces if p.area > 0.01] for x, pieces in bare.items()}
    claimed = [piece for pieces in bare.values() for piece in pieces]
    if claimed:
        met = [p for p in _polygons(grown) if any((p & piece).area > 1e-6 for piece in claimed)]
        taped = _cut(tape(shapely.union_all(met), axes=axes), bare, open_units)
        reach = shapely.union_all([piece.buffer(0.5, 64) for piece in claimed])
        if any((shape - reach).area > 1e-5 for shape in taped.values()):
            taped = _cut(tape(_together(claimed), axes=axes), bare, open_units)
        held |= taped
    return held


def _cut(taped: BaseGeometry, bare: dict[str, list[BaseGeometry]],
         open_units: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:  # fmt: skip
    found = {
        x: [p for p in _polygons(taped & open_units[x])
            if any((p & piece).area > 1e-6 for piece in mine)]
        for x, mine in bare.items()
    }  # fmt: skip
    return {x: shapely.union_all(pieces) for x, pieces in found.items() if pieces}


def _together(parts: Iterable[BaseGeometry]) -> BaseGeometry:
    """One shape, noded at 1 µm: cut along a common wall, the parts' edges differ by rounding."""
    return shapely.set_precision(shapely.union_all(list(parts), grid_size=1e-6), 0)


def _grown(shape: BaseGeometry, by_m: float, axes: Axes) -> BaseGeometry:
    segments = ceil(32 * by_m**0.5)
    return axes.outward(axes.inward(shape).buffer(by_m, segments)) if by_m else shape


def _atoms(shape: BaseGeometry) -> list[BaseGeometry]:
    return [x for x in shapely.get_parts(shapely.get_parts(shape)) if not x.is_empty]


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    return [x for x in _atoms(shape) if x.geom_type == "Polygon"]


def _points_in(finding: BaseGeometry, shape: BaseGeometry, units: tuple[Unit, ...]) -> list:
    """The points inside the shape (2 mm off its edge), or, inside no unit, within 0.10 m."""

    def inside(point: BaseGeometry, area: BaseGeometry) -> bool:
        return bool(area.covers(point) and area.boundary.distance(point) > 0.002)

    return [
        shapely.get_point(shapely.shortest_line(shape, point), 0)
        for point in _atoms(finding)
        if point.geom_type == "Point"
        and (
            inside(point, shape)
            or (shape.distance(point) <= 0.10 and not any(inside(point, u.shape) for u in units))
        )
    ]


def _closed_and_reached(finding: BaseGeometry, unit: Unit, units: tuple[Unit, ...]) -> bool:
    if unit.kind is not UnitKind.CLOSED:
        return False
    area = shapely.union_all(_polygons(finding)) & unit.shape
    line = shapely.union_all([x for x in _atoms(finding) if x.geom_type == "LineString"])
    along = line & unit.shape.buffer(0.002, join_style="mitre")
    return bool(
        not area.buffer(-0.10).is_empty
        or (line & unit.shape).length > 0.10
        or along.length > 0.104
        or _points_in(finding, unit.shape, units)
    )


def _part(finding: BaseGeometry, shape: BaseGeometry, units: tuple[Unit, ...]) -> BaseGeometry:
    pieces = _polygons(shapely.union_all(_polygons(finding)) & shape)
    areas = [wide for p in pieces if p.area > 0.01 for wide in _wide(p) if wide.area > 0.01]
    line = shapely.union_all([x for x in _atoms(finding) if x.geom_type == "LineString"])
    near = shape.buffer(0.002, join_style="mitre")
    lines = [x for x in _atoms(line & near) if x.length > 0.02]
    return GeometryCollection([*areas, *lines, *_points_in(finding, shape, units)])


def _wide(piece: BaseGeometry) -> list[BaseGeometry]:
    """A piece less its slivers under 4 mm, if it has any."""
    sharp = {"join_style": "mitre", "mitre_limit": 100}
    opened = piece.buffer(-0.002, **sharp).buffer(0.002, **sharp)
    return [piece] if (piece - opened).area <= 1e-6 else _polygons(piece & opened)


def _meeting(
    parts: dict[str, BaseGeometry], cut: dict[str, BaseGeometry]
) -> dict[str, list[BaseGeometry]]:
    """Keep the pieces that meet the finding, by spreading until nothing more is reached."""
    pieces = [(unit_id, piece) for unit_id, shape in cut.items() for piece in _polygons(shape)]
    kept = {
        i for i, (unit_id, piece) in enumerate(pieces)
        if any(_lies_in(atom, piece) for atom in _atoms(parts[unit_id]))
    }  # fmt: skip
    while True:
        more = {
            j for j, (owner, piece) in enumerate(pieces)
            if j not in kept
            and any(
                pieces[i][0] != owner
                and (pieces[i][1].buffer(1e-5, join_style="mitre") & piece.boundary).length >= 0.048
                for i in kept
            )
        }  # fmt: skip
        if not more:
            break
        kept |= more
    found: dict[str, list[BaseGeometry]] = {unit_id: [] for unit_id in cut}
    for i in sorted(kept):
        found[pieces[i][0]].append(pieces[i][1])
    return found


def _lies_in(atom: BaseGeometry, piece: BaseGeometry) -> bool:
    if atom.geom_type == "Polygon":
        return bool((atom & piece).area > 1e-6)
    if atom.geom_type == "LineString":
        return bool((atom & piece.buffer(1e-9)).length > min(1e-6, atom.length / 2))
    return bool(piece.distance(atom) < 1e-9)
