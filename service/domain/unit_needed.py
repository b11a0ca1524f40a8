"""Which closed units the proposed holds need less than half of, and where to divide them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from service.domain.assessment import ProposedDivision
from service.domain.assessment_rules import DivisionSettings
from service.domain.errors import LineDoesNotDivide
from service.domain.holds import Hold
from service.domain.margins import grow
from service.domain.plan import OpeningKind, Plan, Unit, UnitKind
from service.domain.plane import Axes, main_direction, on_grid
from service.domain.splitting import divide

AT_THE_WALL_M = 0.5
"""A door drawn within this distance of a part opens into it."""
SHORTEST_M = 0.1
"""A shorter stretch only touches a wall."""
DOORS = frozenset({OpeningKind.DOOR, OpeningKind.EXIT})


@dataclass(frozen=True, slots=True)
class Cut:
    """A unit cut along a line: how much is kept for the holds, how much is freed, m²."""

    line: BaseGeometry
    kept_m2: float
    freed_m2: float
    reaches_a_door: bool | None


def propose_divisions(
    plan: Plan,
    wanted: Sequence[tuple[Hold, frozenset[str]]],
    *,
    axes: Axes,
    settings: DivisionSettings,
    scene_id: UUID,
) -> Iterator[ProposedDivision]:
    """Propose a division for each closed unit of which the holds need too little.

    `wanted` are the holds, each with the closed units it claims; a unit that one of them names
    is needed whole. Plane metres.
    """
    for unit in plan.units():
        holds = [hold for hold, units in wanted if unit.id in units]
        if unit.kind is not UnitKind.CLOSED or not holds:
            continue
        if any(unit.id in hold.named_units for hold in holds):
            continue
        need = needed(unit, holds, axes=axes, around_m=settings.around_m)
        best = _best_cut(plan, unit, need, settings)
        if need.area < settings.below * unit.shape.area and best is not None:
            yield ProposedDivision(
                id=uuid5(scene_id, f"division {unit.id}"),
                unit=unit.id,
                line=best.line,
                needed_m2=need.area,
                kept_m2=best.kept_m2,
                freed_m2=best.freed_m2,
                reaches_a_door=best.reaches_a_door,
                ground=settings.ground,
            )


def needed(unit: Unit, holds: Iterable[Hold], *, axes: Axes, around_m: float) -> BaseGeometry:
    """The part of a closed unit that some holds need: their areas, and room about the rest."""
    shapes = []
    for hold in holds:
        for part in shapely.get_parts(shapely.get_parts(hold.shapes)):
            by_m = hold.accuracy_m if shapely.get_dimensions(part) == 2 else around_m
            shapes.append(grow(part, max(by_m, hold.accuracy_m), axes=axes))
    return shapely.intersection(shapely.union_all(shapes), unit.shape)


def _best_cut(plan: Plan, unit: Unit, need: BaseGeometry, settings: DivisionSettings) -> Cut | None:
    """The straight cut along a wall's direction that frees most, a part with a door first."""
    cuts = [
        cut
        for line in _lines(unit, need, settings.clear_m)
        if (cut := _cut(plan, unit, need, line)) is not None and cut.freed_m2 >= settings.frees_m2
    ]
    return max(cuts, key=lambda cut: (cut.reaches_a_door is not False, cut.freed_m2), default=None)


def _lines(unit: Unit, need: BaseGeometry, clear_m: float) -> Iterator[BaseGeometry]:
    """Lines wall to wall beside what is needed, on its four sides."""
    axes = Axes(direction_deg=main_direction([unit.shape]))
    x0, y0, x1, y1 = axes.inward(unit.shape).bounds
    west, south, east, north = axes.inward(need).bounds
    drawn = [LineString([(x, y0), (x, y1)]) for x in (west - clear_m, east + clear_m)]
    drawn += [LineString([(x0, y), (x1, y)]) for y in (south - clear_m, north + clear_m)]
    for line in drawn:
        inside = shapely.intersection(axes.outward(line), unit.shape)
        lines = [x for x in shapely.get_parts(inside) if x.length > SHORTEST_M]
        if lines:
            yield on_grid(shapely.union_all(lines))


def _cut(plan: Plan, unit: Unit, need: BaseGeometry, line: BaseGeometry) -> Cut | None:
    try:
        parts = divide((), plan, unit_id=unit.id, line=line, next_id=1).parts
    except LineDoesNotDivide:
        return None
    free = [part.shape for part in parts if not shapely.intersects(part.shape, need)]
    freed_m2 = sum(shape.area for shape in free)
    return Cut(line, unit.shape.area - freed_m2, freed_m2, _reaches_a_door(plan, unit, free))


def _reaches_a_door(plan: Plan, unit: Unit, parts: list[BaseGeometry]) -> bool | None:
    """Whether one of the parts has a door of the unit; None where the plan shows none."""
    doors = [x.shape for x in plan.openings if x.kind in DOORS and unit.id in x.joins]
    if not doors:
        return None
    near = shapely.union_all(doors)
    return any(shapely.distance(part, near) <= AT_THE_WALL_M for part in parts)
