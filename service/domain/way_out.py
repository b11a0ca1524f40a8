"""Way out: which unsealed units the seal shuts in, and which sealed units block them.

A unit is named when it reached the outdoors before the seal and does not any more except through
it (`open, no way in`), or only by a passage under 1.2 m that was wider before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.doorways import doorways
from service.domain.passages import OUTDOORS, Passages, Space, floors, passages, spaces_at
from service.domain.plan import GROUND, OpeningKind, Plan, UnitKind

PASSAGE_M = 1.2
WIDTHS_M = (PASSAGE_M, 0.9, 0.6)
"""A unit keeps its way out at the widest of these that it had: old corridors may be narrower."""
ANY_M = 0.05
"""Open units are connected where they share this much edge; nothing narrower is a passage."""
LEAST_M2 = 0.25
LEAST_M = 0.3
"""What is smaller or narrower of an open unit is a crumb: nobody is shut in there."""


class Way(StrEnum):
    """What is left of a way out: none but through the seal, or a passage that is too narrow."""

    NONE = "none"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutIn:
    """An unsealed unit, wholly or in part without its way out, and the sealed units in the way."""

    unit_id: str
    way: Way
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """The units shut in, by id. `known` is False for a plan without doors: nothing can be said.

    `undrawn` are closed units for which the plan draws no way out even without a seal.
    """

    known: bool
    shut_in: tuple[ShutIn, ...] = ()
    undrawn: tuple[str, ...] = ()


NOT_KNOWN = WayOut(known=False)
"""Nothing can be said of ways out, or nothing has been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """The scene at one width, without the seal and with it."""

    width_m: float
    before: Passages
    after: Passages


def find_way_out(plan: Plan, sealed: Mapping[str, BaseGeometry]) -> WayOut:
    """Say which unsealed units no longer reach the outdoors, or by under 1.2 m only.

    `sealed` is unit id → what is sealed of it, plane metres (a closed unit counts whole). Indoor
    open units are connected where they share 5 cm of edge; the land only by doors and exits. A
    door counts at the width left by tape; besides, at the width the plan gives it.
    """
    if not shows_doors(plan):
        return NOT_KNOWN
    taped = {unit: shape for unit, shape in sorted(sealed.items()) if not shape.is_empty}
    found: dict[str, ShutIn] = {}
    none, *narrower = _comparisons(plan, taped)
    for unit, blocked_by in _lost(none):
        found[unit] = ShutIn(unit_id=unit, way=Way.NONE, blocked_by=blocked_by)
    for as_built in (False, True):
        named: set[str] = set()
        for compared in narrower[as_built::2]:
            had = _units_out(compared.before) - named
            for unit, blocked_by in _lost(compared):
                if unit in had and unit not in found:
                    found[unit] = ShutIn(unit_id=unit, way=Way.NARROW, blocked_by=blocked_by)
            named |= had
    return WayOut(
        known=True,
        shut_in=tuple(found[unit] for unit in sorted(found)),
        undrawn=_undrawn(plan, none.before),
    )


def shows_doors(plan: Plan) -> bool:
    """Whether anything can be said of ways out: the plan has a door or an exit."""
    return any(x.kind in (OpeningKind.DOOR, OpeningKind.EXIT) for x in plan.openings)


def _comparisons(plan: Plan, sealed: Mapping[str, BaseGeometry]) -> Iterator[_Compared]:
    """Yield the scene for any passage at all, then for each width with doors as taped, as built."""
    doors = doorways(plan)
    states = [(taped, floors(plan, taped)) for taped in ({}, sealed)]
    for width_m in (ANY_M, *WIDTHS_M):
        spaces = [spaces_at(plan, left, taped, width_m=width_m) for taped, left in states]
        for as_built in (False,) if width_m == ANY_M else (False, True):
            before, after = (
                passages(plan, found, doors, taped, width_m=width_m, as_built=as_built)
                for found, (taped, _) in zip(spaces, states, strict=True)
            )
            yield _Compared(width_m=width_m, before=before, after=after)


def _units_out(scene: Passages) -> set[str]:
    return {unit for i in scene.out() if i != OUTDOORS for unit in scene.spaces[i].units}


def _lost(compared: _Compared) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the units with a free space that reached the outdoors before the seal, and what blocks.

    A unit with several such spaces comes once, with all that blocks any of them.
    """
    after, blocked = compared.after, dict[str, set[str]]()
    had = _WithWayOut(compared.before)
    out = set(after.out())
    for i, space in enumerate(after.spaces):
        if i in out or space.sealed:
            continue
        together = after.reached(i)
        out |= together
        lost = [after.spaces[k] for k in together if had.hold(after.spaces[k])]
        lost = [each for each in lost if not _is_crumb(each, compared.width_m)]
        blocked_by = after.blocking(together) if lost else ()
        for unit in {unit for each in lost for unit in each.units} - {GROUND}:
            blocked.setdefault(unit, set()).update(blocked_by)
    for unit in sorted(blocked):
        yield unit, tuple(sorted(blocked[unit]))


class _WithWayOut:
    """The spaces that reach the outdoors, to be found by place."""

    def __init__(self, scene: Passages) -> None:
        had = [scene.spaces[i] for i in sorted(scene.out()) if i != OUTDOORS]
        levels = {space.level for space in had}
        self._trees = {
            level: STRtree([space.shape for space in had if space.level == level])
            for level in levels
        }

    def hold(self, space: Space) -> bool:
        """Whether the place of a space, a point inside it, lies in one of them."""
        inner = shapely.point_on_surface(space.shape)
        tree = self._trees.get(space.level)
        return tree is not None and bool(tree.query(inner, predicate="intersects").size)


def _is_crumb(space: Space, width_m: float) -> bool:
    if space.kind is UnitKind.CLOSED or width_m > ANY_M:
        return False
    core = shapely.buffer(space.shape, (width_m - LEAST_M) / 2)
    return bool(space.shape.area < LEAST_M2 or core.is_empty)


def _undrawn(plan: Plan, before: Passages) -> tuple[str, ...]:
    out = _units_out(before)
    return tuple(u.id for u in plan.units() if u.kind is UnitKind.CLOSED and u.id not in out)
