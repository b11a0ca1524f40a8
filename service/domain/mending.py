"""Mending a plan as it is drawn into one whose units share edges and nothing else.

A level is taken apart into its faces: everything drawn is noded at 1 mm and polygonized, and
each face goes to one unit. Overlaps, gaps and nesting are so settled by one rule.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.closing import narrower_than, offset, union
from service.domain.errors import UnitTwice
from service.domain.mends import Mend, MendKind, mended
from service.domain.pieces import inner_points, polygon_parts, polygons
from service.domain.plan import GROUND, DrawnPlan, Level, Plan, Unit, UnitKind, ground_of
from service.domain.plan_limits import must_be_few
from service.domain.plane import GRID_M, on_grid

__all__ = ["Mend", "MendKind", "mend_plan"]

GAP_M = 0.01
"""Gaps narrower than this are closed."""
SEEN_M = 1e-5
"""What is narrower comes from the arithmetic; what is narrower than the grid is not reported."""
WALL_M = 1.0
"""When no outline is drawn, units nearer than this to each other stand in one building."""
JOG_M = 3 * GRID_M
"""Corners nearer than this to the line past them come from the grid."""
LAND = shapely.box(-10_000, -10_000, 10_000, 10_000)
"""The ground has no end: it reaches twice as far as the plane is exact."""
NOWHERE = MultiPolygon()


def mend_plan(drawn: DrawnPlan) -> tuple[Plan, tuple[Mend, ...]]:
    """Return the plan without overlaps and gaps, and everything that was mended.

    Gaps under 1 cm are closed; closed units beat open ones, smaller beat larger; everything is
    noded at 1 mm. On the ground level the land outside the outline becomes the unit "ground".

    Raises: UnitTwice, PlanInvalid.
    """
    _each_id_once(drawn)
    levels = drawn.levels or (Level(id=GROUND, name="地面", ordinal=0),)
    ground = ground_of(levels).id
    mends: list[Mend] = []
    done = tuple(_mend_level(x, mends=mends, on_ground=x.id == ground) for x in levels)
    return Plan(levels=done, openings=drawn.openings), tuple(mends)


def _each_id_once(drawn: DrawnPlan) -> None:
    seen: set[str] = {GROUND}
    for unit in (unit for level in drawn.levels for unit in level.units):
        if unit.id in seen:
            raise UnitTwice(unit_id=unit.id, level=unit.level)
        seen.add(unit.id)


def _mend_level(level: Level, *, mends: list[Mend], on_ground: bool) -> Level:
    """Give each face of the level to one unit; what is left outside is the land, on the ground."""
    outline = None if level.outline is None else _made_valid(level.outline)
    drawn = list(_valid_units(level, mends))
    if not drawn and outline is not None:
        whole = Unit(
            id=f"{level.id}.floor",
            level=level.id,
            kind=UnitKind.OPEN,
            name=level.name,
            shape=outline,
        )
        drawn = [whole]
    drawn.sort(key=lambda unit: (unit.kind is UnitKind.OPEN, unit.shape.area))
    taken = _with_gaps_closed(drawn, level, mends)
    if outline is None and drawn:
        outline = _outline_of(taken, level.id, mends)
    lines = [*taken, outline or NOWHERE, *([LAND] if on_ground else [])]
    owned, bare = _faces(lines, drawn, taken, level, mends)
    order = {unit.id: i for i, unit in enumerate(level.units)}
    units = sorted(owned, key=lambda unit: order.get(unit.id, 0))
    if on_ground:
        units.append(_land(bare, outline or NOWHERE, level))
    return replace(level, units=tuple(units), outline=outline)


def _valid_units(level: Level, mends: list[Mend]) -> Iterator[Unit]:
    """Yield the units on the grid, crossing rings made valid, what has no area left out."""
    for unit in level.units:
        shape = _made_valid(unit.shape)
        if not unit.shape.is_valid or shape.is_empty:
            kind = MendKind.NO_AREA if shape.is_empty else MendKind.INVALID
            mends.append(mended(kind, level.id, (unit.id,), shape.area))
        if not shape.is_empty:
            yield replace(unit, level=level.id, shape=shape)


def _made_valid(shape: BaseGeometry) -> BaseGeometry:
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    return polygons(on_grid(polygons(valid)))


def _with_gaps_closed(drawn: list[Unit], level: Level, mends: list[Mend]) -> list[BaseGeometry]:
    """Return each unit's shape with the part of the gaps it takes: the first unit beside wins.

    A gap is what closing the union by half its width adds (mitred, so that corners stay).
    """
    if not drawn:
        return []
    taken = [unit.shape for unit in drawn]
    # Not put on the grid first: a gap of half a millimetre would be lost, and stop a margin.
    found = narrower_than(union(taken), GAP_M)
    gaps = np.array([gap for gap in found if gap.area > SEEN_M * gap.length], dtype=object)
    pairs = STRtree(gaps).query(taken, predicate="dwithin", distance=GAP_M)
    must_be_few(pairs, taken, level)
    for gap, beside in _grouped(pairs[::-1]):
        if gaps[gap].area > GRID_M * gaps[gap].length / 2:
            ids = tuple(drawn[i].id for i in beside)
            mends.append(mended(MendKind.GAP, level.id, ids, gaps[gap].area))
    left = gaps.copy()
    for i, beside in _grouped(pairs):
        parts = _within_reach(left[beside], drawn[i].shape)
        left[beside] = [polygons(each) for each in shapely.difference(left[beside], parts)]
        taken[i] = polygons(shapely.union_all([taken[i], *parts], grid_size=GRID_M))
    return [polygons(shapely.set_precision(shape, 0)) for shape in taken]


def _within_reach(gaps: NDArray[np.object_], shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the part of each gap that is near a unit: mostly the whole of it."""
    reach = shapely.buffer(shape, GAP_M * 1.01, join_style="mitre")
    shapely.prepare(reach)
    whole = shapely.covers(reach, gaps)
    return [
        gap if is_whole else polygons(shapely.intersection(gap, reach))
        for gap, is_whole in zip(gaps, whole.tolist(), strict=True)
    ]


def _grouped(pairs: NDArray[np.int64]) -> Iterator[tuple[int, list[int]]]:
    """Yield each of the first of the pairs, in order, with its seconds in theirs."""
    for first, some in groupby(sorted(pairs.T.tolist()), key=itemgetter(0)):
        yield first, [second for _, second in some]


def _outline_of(taken: list[BaseGeometry], level: str, mends: list[Mend]) -> BaseGeometry:
    """Take the units and the walls between them for the building, when no outline is drawn."""
    whole = union(taken)
    # A side of a millimetre, as drawing to the grid leaves, would bevel the mitre at its corner.
    grown = offset(shapely.simplify(whole, JOG_M), WALL_M / 2)
    shrunk = offset(shapely.simplify(grown, JOG_M), -WALL_M / 2)
    closed = union([*polygon_parts(shrunk), *polygon_parts(whole)])
    filled = [shapely.Polygon(part.exterior) for part in polygon_parts(closed)]
    outline = on_grid(union(filled))
    mends.append(mended(MendKind.OUTLINE, level, (), max(0.0, outline.area - whole.area)))
    return outline


def _faces(
    lines: list[BaseGeometry],
    drawn: list[Unit],
    taken: list[BaseGeometry],
    level: Level,
    mends: list[Mend],
) -> tuple[list[Unit], list[BaseGeometry]]:
    """Node everything at 1 mm, give each face to the first unit over it; return the rest too."""
    noded = shapely.union_all([shapely.boundary(line) for line in lines], grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    over: dict[int, list[int]] = {i: [] for i in range(len(faces))}
    hits = STRtree(taken).query(inner_points(faces), predicate="intersects")
    for face, unit in hits.T.tolist():
        over[face].append(unit)
    _give_slivers(faces, taken, over, level)
    mine: dict[int, list[BaseGeometry]] = {i: [] for i in range(len(drawn))}
    lost: dict[tuple[int, int], float] = {}
    for i, units in over.items():
        first, *others = sorted(units) or [-1]
        mine.setdefault(first, []).append(faces[i])
        for other in others:
            lost[first, other] = lost.get((first, other), 0.0) + faces[i].area
    for (first, other), area in sorted(lost.items()):
        pair = (drawn[first].id, drawn[other].id)
        mends.append(mended(MendKind.OVERLAP, level.id, pair, area))
    bare = mine.pop(-1, [])
    return list(_owned(drawn, mine, level.id, mends)), bare


def _give_slivers(
    faces: NDArray[np.object_],
    taken: list[BaseGeometry],
    over: dict[int, list[int]],
    level: Level,
) -> None:
    """Give each face of nobody that is narrower than a gap to the first unit it has an edge with.

    Two drawings of one wall, each put on the grid, lie up to a millimetre apart: too little for a
    gap to be seen on the grid, and enough to stop a margin as a wall does.
    """
    bare = np.array([i for i, units in over.items() if not units], dtype=int)
    narrow = shapely.area(faces[bare]) <= GAP_M * shapely.length(faces[bare])
    bare = bare[narrow]
    bare = bare[shapely.is_empty(shapely.buffer(faces[bare], -GAP_M / 2, join_style="mitre"))]
    units = np.asarray(taken, dtype=object)
    pairs = STRtree(faces[bare]).query(units, predicate="dwithin", distance=GRID_M)
    must_be_few(pairs, taken, level)
    for unit, slivers in _grouped(pairs):
        near = shapely.buffer(taken[unit], GRID_M, join_style="mitre")
        for here in (int(bare[i]) for i in slivers):
            if not over[here]:
                edge = shapely.intersection(shapely.boundary(faces[here]), near).length
                if edge >= shapely.length(faces[here]) / 3:
                    over[here].append(unit)


def _owned(
    drawn: list[Unit], mine: dict[int, list[BaseGeometry]], level: str, mends: list[Mend]
) -> Iterator[Unit]:
    for i, unit in enumerate(drawn):
        if not mine[i]:
            mends.append(mended(MendKind.SWALLOWED, level, (unit.id,), unit.shape.area))
            continue
        yield replace(unit, shape=_ungridded(mine[i]))


def _land(bare: list[BaseGeometry], outline: BaseGeometry, level: Level) -> Unit:
    """Return the open ground: the faces that are neither a unit nor inside the outline."""
    shapely.prepare(outline)
    inside = shapely.intersects(outline, inner_points(bare))
    faces = [face for face, within in zip(bare, inside, strict=True) if not within]
    return Unit(
        id=GROUND, level=level.id, kind=UnitKind.OPEN, name="室外场地", shape=_ungridded(faces)
    )


def _ungridded(faces: list[BaseGeometry]) -> BaseGeometry:
    """Join faces; every node stays a vertex, and the 1 mm tag of the noding goes."""
    return shapely.set_precision(shapely.union_all(faces), 0)
