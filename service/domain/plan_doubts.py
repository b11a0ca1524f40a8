"""What stays uncertain of a mended plan: left as it is drawn, and said.

Metres of the scene's plane; the open ground around the building is never in doubt.
"""

from collections.abc import Iterator, Sequence

import shapely
from shapely import Polygon, STRtree

from service.domain.pieces import polygon_parts
from service.domain.plan import GROUND, Level, Plan, Unit, UnitKind
from service.domain.plan_notes import Notes
from service.domain.words import Words

WIDEST_GAP_M = 0.05
"""A gap from 1 cm (closed by mending) to this is too narrow for a wall, and may be an error."""
NARROW_M = 0.3
LEAST_HOLE_M2 = 0.01
_TOUCHING_M = 0.002


def doubts(plan: Plan) -> tuple[Words, ...]:
    """Every doubt, each with the units it is about."""
    notes = Notes()
    for level in plan.levels:
        units = [unit for unit in level.units if unit.id != GROUND]
        _gaps(units, notes)
        _shapes(units, notes)
        _holes(level, units, notes)
    _doors(plan, notes)
    return notes.told()


def _gaps(units: Sequence[Unit], notes: Notes) -> None:
    """Slits of 1 to 5 cm between two units: what closing the union by 5 cm would fill."""
    if len(units) < 2:
        return
    shapes = [unit.shape for unit in units]
    tree = STRtree(shapes)
    said = set()
    for slit in _slits(shapes):
        beside = sorted(tree.query(slit, predicate="dwithin", distance=_TOUCHING_M).tolist())
        pair = tuple(units[i].id for i in beside)
        if len(pair) > 1 and pair not in said:
            said.add(pair)
            notes.add(
                "单元之间有 1 至 5 厘米的缝隙，按墙处理，请核对",
                "gaps of 1 to 5 cm between units were left as walls; check them",
                " | ".join(pair),
            )


def _slits(shapes: Sequence[shapely.Geometry]) -> Iterator[shapely.Geometry]:
    union = shapely.union_all(shapes)
    grown = shapely.buffer(union, WIDEST_GAP_M / 2, join_style="mitre")
    closed = shapely.buffer(grown, -WIDEST_GAP_M / 2, join_style="mitre")
    for part in shapely.get_parts(shapely.difference(closed, union)):
        if part.area > _TOUCHING_M * WIDEST_GAP_M:
            yield part


def _shapes(units: Sequence[Unit], notes: Notes) -> None:
    thin = shapely.is_empty(shapely.buffer([unit.shape for unit in units], -NARROW_M / 2))
    for unit, narrow in zip(units, thin.tolist(), strict=True):
        if narrow:
            notes.add(
                "单元窄于 0.3 米，可能是绘图残片",
                "units narrower than 0.3 m may be scraps of drawing",
                unit.id,
            )
        parts = len(polygon_parts(unit.shape))
        if parts > 1:
            notes.add(
                "单元由几块组成，按一个单元处理",
                "units in several pieces are sealed as one",
                f"{unit.id} ({parts})",
            )


def _holes(level: Level, units: Sequence[Unit], notes: Notes) -> None:
    """Holes in a unit that no other unit fills: they belong to nobody, and are never sealed."""
    holes = [
        (unit.id, Polygon(ring))
        for unit in units
        for part in polygon_parts(unit.shape)
        for ring in part.interiors
    ]
    if not holes:
        return
    union = shapely.union_all([unit.shape for unit in units])
    for id, hole in holes:
        area = shapely.difference(hole, union).area
        if area > LEAST_HOLE_M2:
            notes.add(
                "单元内的空洞不属于任何单元",
                "holes in units belong to none",
                f"{id} ({area:.2f} m², {level.name})",
            )


def _doors(plan: Plan, notes: Notes) -> None:
    joined = {id for opening in plan.openings for id in opening.joins if not opening.levels}
    shut = [unit.id for unit in plan.units() if unit.kind is UnitKind.CLOSED]
    if shut and not joined:
        notes.add(
            "平面图没有门，无法判断出路",
            "no doors are drawn: whether there is a way out cannot be told",
        )
        return
    for id in shut:
        if id not in joined:
            notes.add("单元没有门，出路不明", "units without a door: their way out is unknown", id)
