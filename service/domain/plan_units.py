"""The units of a plan, and the openings between them, from its features."""

from collections.abc import Sequence
from typing import Any

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.plan import GROUND, Opening, OpeningKind, Unit, UnitKind
from service.domain.plan_features import PlanFeature, text_of
from service.domain.plan_kinds import LINKS, OPENINGS, UNITS, FeatureKind
from service.domain.plan_notes import Notes
from service.domain.plan_storeys import Shapes, Storeys

BESIDE_M = 0.6
"""A door joins the two units nearest to it within this (the thickness of a wall)."""
LEAST_WIDTH_M, MOST_WIDTH_M = 0.3, 30.0
"""A shorter line marks where a door is, and does not say how wide."""


def units_of(
    features: Sequence[PlanFeature], shapes: Shapes, storeys: Storeys, notes: Notes
) -> tuple[Unit, ...]:
    """The units; stairs are open floor, lifts closed, beside being openings."""
    found = []
    for feature in features:
        if feature.meant.kind not in UNITS | LINKS or feature.id is None:
            continue
        if shapes[feature.pointer].is_empty:
            notes.add(
                "小于毫米的要素，未采用", "smaller than a millimetre, left out", feature.label
            )
            continue
        if feature.name is None:
            notes.add(
                "没有名称，以编号为名", "units without a name are called by their id", feature.id
            )
        shut = feature.meant.kind in (FeatureKind.CLOSED, FeatureKind.LIFT)
        found.append(
            Unit(
                id=feature.id,
                level=storeys.of(feature),
                kind=UnitKind.CLOSED if shut else UnitKind.OPEN,
                name=feature.name or feature.id,
                shape=shapes[feature.pointer],
            )
        )
    return tuple(found)


def openings_of(
    features: Sequence[PlanFeature],
    shapes: Shapes,
    storeys: Storeys,
    units: Sequence[Unit],
    notes: Notes,
) -> tuple[Opening, ...]:
    """Doors and exits with the units they join; stairs and lifts with the levels they link."""
    beside = _Beside(units)
    ids = {unit.id for unit in units} | {GROUND}
    links = [x for x in features if x.meant.kind in LINKS and x.id in ids]
    linked = _linked(links, shapes, storeys)
    found = []
    for feature in features:
        kind, shape, id = feature.meant.kind, shapes.get(feature.pointer), feature.id
        if shape is None or id is None or shape.is_empty:
            continue
        if feature in links:
            opening = Opening(
                id=f"{id}-link",
                level=storeys.of(feature),
                kind=OpeningKind(kind),
                shape=shape,
                joins=(id,),
                levels=linked[id],
            )
            found.append(opening)
        elif kind in OPENINGS:
            level = storeys.of(feature)
            joins = _told_joins(feature, ids, notes) or beside.of(shape, level)
            if kind is FeatureKind.EXIT and len(joins) == 1:
                joins = (*joins, GROUND)
            if not joins:
                notes.add("门附近没有单元", "doors beside no unit", feature.label)
            found.append(
                Opening(
                    id=id,
                    level=level,
                    kind=OpeningKind(kind),
                    shape=shape,
                    joins=joins,
                    width_m=_width_m(feature.sent, shape),
                )
            )
    return tuple(found)


class _Beside:
    """The units beside an opening, level by level."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.by_level: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_level.setdefault(unit.level, []).append(unit)
        self.trees = {
            level: STRtree([unit.shape for unit in mine]) for level, mine in self.by_level.items()
        }

    def of(self, shape: BaseGeometry, level: str) -> tuple[str, ...]:
        """The ids of the two nearest, the nearest first; ties in the plan's order."""
        if level not in self.trees:
            return ()
        near = sorted(self.trees[level].query(shape, predicate="dwithin", distance=BESIDE_M))
        units = [self.by_level[level][index] for index in near]
        middle = shapely.centroid(shape)
        nearest = sorted(units, key=lambda unit: round(shapely.distance(unit.shape, middle), 3))
        return tuple(unit.id for unit in nearest[:2])


def _told_joins(feature: PlanFeature, ids: set[str], notes: Notes) -> tuple[str, ...]:
    told = feature.sent.get("joins")
    named = [text for one in told if (text := text_of(one))] if isinstance(told, list) else []
    for unknown in (name for name in named if name not in ids):
        notes.add("门所通单元不存在", "doors join units that are not there", unknown)
    return tuple(name for name in named if name in ids)


def _linked(
    links: Sequence[PlanFeature], shapes: Shapes, storeys: Storeys
) -> dict[str, tuple[str, ...]]:
    """The levels of each stair or lift: those told, or where one of its kind lies above or below.

    Two are one when they share half of the smaller.
    """
    order = [level.id for level in storeys.levels]
    lying = [storeys.of(one) for one in links]
    drawn = [shapes[one.pointer] for one in links]
    tree = STRtree(drawn)
    found = {}
    for number, one in enumerate(links):
        told = one.sent.get("levels")
        named = (
            [storeys.by_word.get(text_of(word)) for word in told] if isinstance(told, list) else []
        )
        levels = {level for level in named if level} | {lying[number]}
        for other in tree.query(drawn[number], predicate="intersects").tolist():
            above = links[other].meant.kind is one.meant.kind and lying[other] not in levels
            if above and _share(drawn[number], drawn[other]):
                levels.add(lying[other])
        found[one.id or ""] = tuple(level for level in order if level in levels)
    return found


def _share(one: BaseGeometry, other: BaseGeometry) -> bool:
    smaller = min(one.area, other.area)
    return bool(shapely.intersection(one, other).area * 2 >= smaller)


def _width_m(sent: dict[str, Any], shape: BaseGeometry) -> float | None:
    """The clear width told, or the length drawn; None when neither says."""
    told = sent.get("width_m")
    if isinstance(told, int | float) and not isinstance(told, bool):
        return float(told) if LEAST_WIDTH_M <= told <= MOST_WIDTH_M else None
    west, south, east, north = shape.bounds
    drawn = float(((east - west) ** 2 + (north - south) ** 2) ** 0.5)
    return round(drawn, 3) if LEAST_WIDTH_M <= drawn <= MOST_WIDTH_M else None
