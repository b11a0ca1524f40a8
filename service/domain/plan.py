"""The plan of a scene: levels, their units, and the openings between them.

Everything here is in metres of the scene's plane (see plane.py). A plan comes in as a
DrawnPlan, as somebody drew it; mending.py makes a Plan of it, whose units neither overlap nor
gape and whose common edges have common vertices.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.scene_refusals import LevelUnknown, UnitUnknown

GROUND = "ground"
"""The id of the land around the building: one open unit on the ground level."""


class UnitKind(StrEnum):
    """How a unit can be shut: wholly, by its doors, or anywhere, by tape."""

    CLOSED = "closed"
    OPEN = "open"


class OpeningKind(StrEnum):
    """What joins two units, two levels, or a unit and the outdoors."""

    DOOR = "door"
    STAIR = "stair"
    LIFT = "lift"
    EXIT = "exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A room, shop, flat, hall or yard on one level; `shape` is Polygon or MultiPolygon, metres."""

    id: str
    level: str
    kind: UnitKind
    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A door, stair, lift or exit: `joins` unit ids; a stair or lift also names its `levels`."""

    id: str
    level: str
    kind: OpeningKind
    shape: BaseGeometry
    joins: tuple[str, ...] = ()
    width_m: float | None = None
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One storey; `ordinal` 0 is the ground; `outline` is the building's, walls included."""

    id: str
    name: str
    ordinal: int
    units: tuple[Unit, ...] = ()
    outline: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPlan:
    """A plan as somebody drew it: it may overlap, gape and cross itself. Metres of the plane."""

    levels: tuple[Level, ...] = ()
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A mended plan: the units of a level share edges and nothing else. Metres of the plane."""

    levels: tuple[Level, ...]
    openings: tuple[Opening, ...] = ()

    @property
    def ground_level(self) -> str:
        """The id of the level that lies on the ground."""
        return ground_of(self.levels).id

    def units(self) -> Iterator[Unit]:
        """Every unit, level by level, in the plan's order."""
        return (unit for level in self.levels for unit in level.units)

    def unit(self, unit_id: str, *, pointer: str = "") -> Unit:
        """Return the unit of that id, which was named at the pointer. Raises: UnitUnknown."""
        if unit_id not in self._unit_by_id:
            raise UnitUnknown.at(pointer, unit_id=unit_id)
        return self._unit_by_id[unit_id]

    def on(self, level_id: str, *, pointer: str = "") -> Level:
        """Return the level of that id, which was named at the pointer. Raises: LevelUnknown."""
        if level_id not in self._level_by_id:
            raise LevelUnknown.at(pointer, level_id=level_id)
        return self._level_by_id[level_id]

    def near(self, level_id: str, shape: BaseGeometry, *, within_m: float = 0.0) -> list[Unit]:
        """Return the units of a level within a distance of the shape, in the plan's order."""
        level = self.on(level_id)
        tree = self._trees[level_id]
        if within_m > 0:
            found = tree.query(shape, predicate="dwithin", distance=within_m)
        else:
            found = tree.query(shape, predicate="intersects")
        return [level.units[i] for i in sorted(found.tolist())]

    def with_parts(self, unit_id: str, parts: tuple[Unit, ...]) -> "Plan":
        """Return the plan with a unit's parts in its place (a division). Raises: UnitUnknown."""
        level = self.on(self.unit(unit_id).level)
        kept = ((unit,) if unit.id != unit_id else parts for unit in level.units)
        divided = replace(level, units=tuple(chain.from_iterable(kept)))
        return replace(self, levels=tuple(divided if x is level else x for x in self.levels))

    @cached_property
    def _unit_by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units()}

    @cached_property
    def _level_by_id(self) -> dict[str, Level]:
        return {level.id: level for level in self.levels}

    @cached_property
    def _trees(self) -> dict[str, STRtree]:
        return {level.id: STRtree([u.shape for u in level.units]) for level in self.levels}


def ground_of(levels: tuple[Level, ...]) -> Level:
    """Return the level on the ground: ordinal 0, or else the lowest above, or the highest below."""
    return min(levels, key=lambda level: (level.ordinal < 0, abs(level.ordinal)))
