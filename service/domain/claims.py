"""Claims: what one live hold needs of each unit (touch, margin and tape)."""

import itertools
from dataclasses import dataclass, field
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.errors import Fault, FixTooCoarse, GroundNamed
from service.domain.holds import COARSEST_FIX_M, Hold
from service.domain.margins import grow, within_walls
from service.domain.pieces import is_convex, joined, polygon_parts, together
from service.domain.plan import GROUND, Plan, UnitKind
from service.domain.plane import Axes
from service.domain.tape import REACH_M, tape
from service.domain.touch import Question, Touched, touch
from service.domain.words import Words

__all__ = ["Claim", "Question", "claim", "must_be_on", "must_be_placed"]

MEETS_M2 = 1e-6
"""A piece of tape that shares less than this with the claim lies behind a wall, and is dropped."""

BEYOND_M2 = 1e-5
"""Tape that reaches too far by less than this comes from rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one hold needs: closed units whole, and a shape in each open unit, plane metres.

    `bare` is the finding in an open unit grown by its margin; `taped` is `bare` made into a shape
    that two people can tape. Both have the same keys. A hold that reaches nothing is reported.
    `outside_m2` is what lies outside every unit, level id → m², on levels above or below ground.
    """

    hold_id: UUID
    whole: frozenset[str]
    bare: dict[str, BaseGeometry]
    taped: dict[str, BaseGeometry]
    questions: tuple[Question, ...] = ()
    outside_m2: dict[str, float] = field(default_factory=dict)

    @property
    def reaches_nothing(self) -> bool:
        """Whether the hold claims no unit at all."""
        return not self.whole and not self.bare

    @property
    def units(self) -> frozenset[str]:
        """Every unit claimed, closed and open."""
        return self.whole | self.taped.keys()


def claim(plan: Plan, hold: Hold, *, axes: Axes) -> Claim:
    """Return what the hold needs of each unit, on its levels. Pure and deterministic.

    Raises: FixTooCoarse, UnitUnknown, LevelUnknown, GroundNamed.
    """
    must_be_placed(hold)
    geometry = grow(hold.shapes, hold.accuracy_m, axes=axes)
    touched = {x: touch(plan, hold, level=x, geometry=geometry) for x in hold.levels}
    _add_named(plan, hold, touched)
    bare: dict[str, BaseGeometry] = {}
    taped: dict[str, BaseGeometry] = {}
    for level, found in touched.items():
        grown = found.areas
        if hold.margin_m > 0 and found.parts:
            grown = grow(together(found.parts.values()), hold.margin_m, axes=axes)
        cut = within_walls(plan, level, found.parts, grown, margin_m=hold.margin_m)
        bare |= cut
        taped |= _taped(plan, cut, grown, axes=axes)
    return Claim(
        hold_id=hold.id,
        whole=frozenset().union(*(found.whole for found in touched.values())),
        bare=bare,
        taped=taped,
        questions=tuple(x for found in touched.values() for x in found.questions),
        outside_m2={k: found.outside_m2 for k, found in touched.items() if found.outside_m2 > 0},
    )


def must_be_placed(hold: Hold) -> None:
    """Refuse a fix worse than 2 m: it would shut half a building. Raises: FixTooCoarse."""
    if hold.accuracy_m > COARSEST_FIX_M:
        fault = Fault(
            "/accuracy_m",
            Words("定位精度低于 2 米", "the fix is worse than 2 m"),
            Words("请在平面图上手工标定位置", "place it on the plan by hand"),
        )
        raise FixTooCoarse(fault, accuracy_m=hold.accuracy_m)


def must_be_on(plan: Plan, hold: Hold) -> None:
    """Refuse levels and units that the plan does not have. Raises: LevelUnknown, UnitUnknown."""
    for n, level in enumerate(hold.levels):
        plan.on(level, pointer=f"/levels/{n}")
    for name in ("named_units", "not_units"):
        for n, unit in enumerate(getattr(hold, name)):
            plan.unit(unit, pointer=f"/{name}/{n}")


def _add_named(plan: Plan, hold: Hold, touched: dict[str, Touched]) -> None:
    """Claim the units that the officer names, closed or open, whatever is drawn."""
    for n, unit in enumerate(map(plan.unit, hold.named_units)):
        found = touched.setdefault(unit.level, Touched())
        found.questions = [x for x in found.questions if x.unit_id != unit.id]
        if unit.kind is UnitKind.CLOSED:
            found.whole.add(unit.id)
        elif unit.id == GROUND:
            fault = Fault(
                f"/named_units/{n}",
                Words("室外场地没有边界", "the open ground has no end"),
                Words("请画出需要封闭的范围", "draw the area to be kept shut"),
            )
            raise GroundNamed(fault)
        else:
            found.parts[unit.id] = unit.shape
            found.areas = shapely.union(found.areas, unit.shape)


def _taped(
    plan: Plan, bare: dict[str, BaseGeometry], grown: BaseGeometry, *, axes: Axes
) -> dict[str, BaseGeometry]:
    """Tape what is claimed on a level, cut the tape to the units claimed, drop what lies apart.

    The finding is taped as it was grown, not yet cut by the walls: its corners behind them need no
    posts, and a wall's corner none either. Where that tape would reach too far into a unit, round
    the end of a wall, what was claimed is taped as it was cut.
    """
    if not bare:
        return {}
    claimed = list(bare.values())
    parts = polygon_parts(grown)
    if len(parts) > 1:
        parts = [
            x for x in parts if shapely.area(shapely.intersection(x, claimed)).max() > MEETS_M2
        ]
    found = _cut(plan, bare, tape(joined(parts), axes=axes))
    if _within_reach(found, bare):
        return found
    return _cut(plan, bare, tape(together(claimed), axes=axes))


def _within_reach(taped: dict[str, BaseGeometry], bare: dict[str, BaseGeometry]) -> bool:
    """Say whether a tape stays within 0.5 m of the claim; a coarse circle answers nearly always."""
    far = [unit for unit, shape in taped.items() if not _corners_reach(shape, bare[unit])]
    if not far:
        return True
    claim = joined([part for each in bare.values() for part in polygon_parts(each)])
    for quad_segs in (6, 64):
        within = shapely.buffer(claim, REACH_M, quad_segs=quad_segs)
        shapely.prepare(within)
        if all(shapely.covers(within, taped[unit]) for unit in far):
            return True
    beyond = shapely.area(shapely.difference([taped[unit] for unit in far], within))
    return bool(beyond.max() <= BEYOND_M2)


def _corners_reach(taped: BaseGeometry, claimed: BaseGeometry) -> bool:
    """Whether the claim is convex, and so is as far from the tape as from one of its corners."""
    return is_convex(claimed) and bool(
        shapely.distance(shapely.points(shapely.get_coordinates(taped)), claimed).max() <= REACH_M
    )


def _cut(plan: Plan, bare: dict[str, BaseGeometry], shape: BaseGeometry) -> dict[str, BaseGeometry]:
    taped = {}
    for unit_id, claimed in bare.items():
        pieces = polygon_parts(shapely.intersection(shape, plan.unit(unit_id).shape))
        if len(pieces) > 1:
            meets = shapely.area(shapely.intersection(claimed, pieces)) > MEETS_M2
            pieces = list(itertools.compress(pieces, meets))
        taped[unit_id] = joined(pieces)
    return taped
