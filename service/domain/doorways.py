"""Doorways: a plan's doors, stairs, lifts and exits, with the units on each of their sides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from service.domain.plan import GROUND, Opening, OpeningKind, Plan, Unit, UnitKind

NEAR_M = 0.5
"""A door drawn without the units it joins joins the two nearest within this: walls are thinner."""
LEAST_LOSS_M = 0.02
"""A tape that ends at the jamb takes nothing from the door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorway:
    """Where one passes between units of `sides` (None: straight to the outdoors); plane metres.

    `place` is a point, or the line of the threshold; `width_m` is as built, if the plan says it.
    """

    place: BaseGeometry
    sides: tuple[Unit | None, ...]
    width_m: float | None

    def left_m(self, sealed: Mapping[str, BaseGeometry]) -> float:
        """Return how much of the threshold the tape leaves; `inf` when it takes nothing."""
        return min(
            (
                self._left_beside(side, sealed[side.id])
                for side in self.sides
                if side is not None and side.kind is UnitKind.OPEN and side.id in sealed
            ),
            default=inf,
        )

    def _left_beside(self, side: Unit, taped: BaseGeometry) -> float:
        reach = side.shape.distance(self.place) + LEAST_LOSS_M / 2
        if taped.distance(self.place) > reach:
            return inf
        if not self.place.length:
            return 0.0
        left = shapely.difference(self.place, shapely.buffer(taped, reach)).length
        if left > self.place.length - LEAST_LOSS_M:
            return inf
        return float(left / self.place.length * (self.width_m or self.place.length))


def doorways(plan: Plan) -> tuple[Doorway, ...]:
    """Return the plan's doorways that join at least two sides, in its order."""
    known = {unit.id: unit for unit in plan.units()}
    found = (
        Doorway(place=_threshold(x.shape), sides=tuple(_sides(plan, known, x)), width_m=x.width_m)
        for x in plan.openings
    )
    return tuple(doorway for doorway in found if len(doorway.sides) > 1)


def _sides(plan: Plan, known: dict[str, Unit], opening: Opening) -> list[Unit | None]:
    named: list[Unit] = [known[id] for id in dict.fromkeys(opening.joins) if id in known]
    if opening.kind in (OpeningKind.STAIR, OpeningKind.LIFT):
        return [*named, *_on_other_levels(plan, opening, {unit.level for unit in named})]
    if opening.kind is OpeningKind.EXIT:
        inside = [u for u in named if u.id != GROUND] or _nearest(plan, opening, 1, ground=False)
        return [*inside, _outside(known, opening)]
    others = [u for u in _nearest(plan, opening, 3, ground=True) if u not in named]
    return [*named, *others[: max(0, 2 - len(named))]]


def _nearest(plan: Plan, opening: Opening, most: int, *, ground: bool) -> list[Unit]:
    near = plan.near(opening.level, opening.shape, within_m=NEAR_M)
    near = [unit for unit in near if ground or unit.id != GROUND]
    return sorted(near, key=lambda unit: round(unit.shape.distance(opening.shape), 6))[:most]


def _on_other_levels(plan: Plan, opening: Opening, have: set[str]) -> Iterator[Unit]:
    for level in dict.fromkeys((opening.level, *opening.levels)):
        if level in have:
            continue
        near = plan.near(level, opening.shape, within_m=NEAR_M)
        inside = [unit for unit in near if unit.id != GROUND]
        if inside:
            yield min(inside, key=lambda unit: unit.shape.distance(opening.shape.centroid))


def _outside(known: dict[str, Unit], opening: Opening) -> Unit | None:
    """Return the land before an exit, where the plan has it there; else it leads straight out."""
    land = known.get(GROUND)
    if land is None or land.level != opening.level:
        return None
    return land if land.shape.distance(opening.shape) <= 2 * NEAR_M else None


def _threshold(shape: BaseGeometry) -> BaseGeometry:
    """Return a point or a line as it is, and of a polygon the line along its middle."""
    if shape.geom_type != "Polygon":
        return shape
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:4]
    sides = [LineString([corners[i], corners[(i + 1) % 4]]) for i in range(4)]
    short = min((0, 1), key=lambda i: sides[i].length)
    middles = [sides[i].interpolate(0.5, normalized=True) for i in (short, short + 2)]
    return LineString(middles)
