"""What stays uncertain of a mended plan: left as it is drawn, and said.

Metres of the scene's plane; the open ground around the building is never in doubt.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon, STRtree

from service.domain.closing import narrower_than, union
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
    found = narrower_than(union(shapes), WIDEST_GAP_M)
    slits = [slit for slit in found if slit.area > _TOUCHING_M * WIDEST_GAP_M]
    beside: dict[int, list[int]] = {}
    near = STRtree(slits).query(shapes, predicate="dwithin", distance=_TOUCHING_M)
    for unit, slit in near.T.tolist():
        beside.setdefault(slit, []).append(unit)
    for each in sorted({tuple(sorted(pair)) for pair in beside.values() if len(pair) > 1}):
        notes.add(
            "单元之间有 1 至 5 厘米的缝隙，按墙处理，请核对",
            "gaps of 1 to 5 cm between units were left as walls; check them",
            " | ".join(units[i].id for i in each),
        )


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
    found = [
        (unit, Polygon(ring))
        for unit in units
        for part in polygon_parts(unit.shape)
        for ring in part.interiors
    ]
    bare = {i: hole.area for i, (_, hole) in enumerate(found)}
    shapes = np.array([unit.shape for unit in units], dtype=object)
    holes = np.array([hole for _, hole in found], dtype=object)
    for here, i in STRtree(holes).query(shapes, predicate="intersects").T.tolist():
        if units[here] is not found[i][0]:
            bare[i] -= shapely.intersection(holes[i], shapes[here]).area
    for i, area in bare.items():
        if area > LEAST_HOLE_M2:
            notes.add(
                "单元内的空洞不属于任何单元",
                "holes in units belong to none",
                f"{found[i][0].id} ({area:.2f} m², {level.name})",
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
