"""Where one can pass: the spaces of a scene, free or sealed, and what links them, at one width.

The floor left in open units is shrunk by half a passage's width: what stays in one piece can be
crossed at that width. Closed units are reached over doors. Metres of the scene's plane.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.doorways import Doorway
from service.domain.pieces import big_pieces, polygon_parts
from service.domain.plan import GROUND, Plan, Unit, UnitKind

BESIDE_M = 1e-4
"""Pieces cut along one edge differ by rounding only."""
TOLERANCE_M = 0.01
"""A passage of exactly the width asked counts, and one a hair narrower too."""
ASKEW = 1.15
"""In a corner, or before a door drawn as a point, one stands a little farther off."""
OUTDOORS = -1

Sealed = Mapping[str, BaseGeometry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A closed unit, a piece of taped floor, or a piece of free floor shrunk by half a width."""

    level: str
    units: tuple[str, ...]
    shape: BaseGeometry
    sealed: bool
    kind: UnitKind


@dataclass(frozen=True, kw_only=True)
class Passages:
    """Spaces by index, and which stand beside which; OUTDOORS beside those that open to it."""

    spaces: tuple[Space, ...]
    beside: dict[int, set[int]]

    def out(self) -> frozenset[int]:
        """Return the free spaces from which the outdoors are reached, never through the seal."""
        return self.reached(OUTDOORS)

    def reached(self, start: int) -> frozenset[int]:
        """Return the free spaces reached from one, and itself."""
        return self._walk(start, self._sealed)

    @cached_property
    def _sealed(self) -> frozenset[int]:
        return frozenset(i for i, space in enumerate(self.spaces) if space.sealed)

    def blocking(self, inside: frozenset[int]) -> tuple[str, ...]:
        """Return the sealed units around spaces shut in together that lead on outdoors.

        Where none does (between tape and exit the floor left is too narrow), those beside them.
        """
        outside = self._walk(OUTDOORS, inside)
        beside = {b for a in inside for b in self.beside.get(a, ())}
        met = beside & outside or beside & self._sealed
        return tuple(sorted({unit for i in met - {OUTDOORS} for unit in self.spaces[i].units}))

    def _walk(self, start: int, never: frozenset[int]) -> frozenset[int]:
        seen, waiting = {start}, [start]
        while waiting:
            for new in self.beside.get(waiting.pop(), ()):
                if new not in seen and new not in never:
                    seen.add(new)
                    waiting.append(new)
        return frozenset(seen)


def floors(plan: Plan, sealed: Sealed) -> dict[str, list[BaseGeometry]]:
    """Return per level what is left open of its open units, indoors and on the land apart.

    A building's outer wall may be drawn without thickness, so the land is entered by exits only.
    """
    left: dict[str, list[BaseGeometry]] = {}
    for level in plan.levels:
        open_units = [u for u in level.units if u.kind is UnitKind.OPEN]
        rests = {u.id: _rest(u, sealed) for u in open_units}
        land = [rests.pop(GROUND)] if GROUND in rests else []
        grown = [shapely.buffer(x, BESIDE_M, join_style="mitre") for x in rests.values()]
        left[level.id] = [shapely.union_all(grown), *land]
    return left


def spaces_at(
    plan: Plan, left: dict[str, list[BaseGeometry]], sealed: Sealed, *, width_m: float
) -> tuple[Space, ...]:
    """Return the spaces of the scene for passages of a width, in a fixed order."""
    by_half = (width_m - TOLERANCE_M) / 2
    found: list[Space] = []
    for level in plan.levels:
        found += (_closed(u, sealed) for u in level.units if u.kind is UnitKind.CLOSED)
        open_units = [u for u in level.units if u.kind is UnitKind.OPEN]
        for is_land, floor in enumerate(left[level.id]):
            among = [u for u in open_units if (u.id == GROUND) == bool(is_land)]
            cores = polygon_parts(shapely.buffer(floor, -by_half, quad_segs=8))
            found += (_core(core, among, level.id) for core in cores)
        found += (piece for u in open_units for piece in _taped(u, sealed))
    return tuple(found)


def passages(
    plan: Plan,
    spaces: tuple[Space, ...],
    doors: Sequence[Doorway],
    sealed: Sealed,
    *,
    width_m: float,
    as_built: bool,
) -> Passages:
    """Link the spaces; `as_built`: a door known to be narrower than the width does not count."""
    links = list(_over_tape(spaces, width_m))
    at = _by_unit(spaces)
    for door in doors:
        left_m = door.left_m(sealed)
        if as_built and door.width_m is not None:
            left_m = min(left_m, door.width_m)
        passable = left_m >= width_m - TOLERANCE_M
        sides = [_at_door(door, side, spaces, at, width_m) for side in door.sides]
        pairs = (pair for one, other in combinations(sides, 2) for pair in product(one, other))
        links += (pair for pair in pairs if passable or any(_is_sealed(spaces, i) for i in pair))
    links += _to_the_far_edge(plan, spaces, at, width_m)
    beside: dict[int, set[int]] = {}
    for a, b in links:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    return Passages(spaces=spaces, beside=beside)


def _rest(unit: Unit, sealed: Sealed) -> BaseGeometry:
    return shapely.difference(unit.shape, sealed[unit.id]) if unit.id in sealed else unit.shape


def _closed(unit: Unit, sealed: Sealed) -> Space:
    return Space(
        level=unit.level,
        units=(unit.id,),
        shape=unit.shape,
        sealed=unit.id in sealed,
        kind=unit.kind,
    )


def _core(core: BaseGeometry, among: list[Unit], level: str) -> Space:
    shapely.prepare(core)
    units = tuple(u.id for u in among if shapely.intersects(core, u.shape))
    return Space(level=level, units=units, shape=core, sealed=False, kind=UnitKind.OPEN)


def _taped(unit: Unit, sealed: Sealed) -> Iterator[Space]:
    for piece in big_pieces(sealed[unit.id]) if unit.id in sealed else ():
        yield Space(
            level=unit.level, units=(unit.id,), shape=piece, sealed=True, kind=UnitKind.OPEN
        )


def _by_unit(spaces: tuple[Space, ...]) -> dict[str, list[int]]:
    at: dict[str, list[int]] = {}
    for i, space in enumerate(spaces):
        for unit in space.units:
            at.setdefault(unit, []).append(i)
    return at


def _is_sealed(spaces: tuple[Space, ...], index: int) -> bool:
    return index != OUTDOORS and spaces[index].sealed


def _reach(space: Space, width_m: float) -> float:
    """Return how far a space may end from what it touches: free floor was shrunk."""
    return BESIDE_M if space.sealed else ASKEW * width_m / 2 + BESIDE_M


def _over_tape(spaces: tuple[Space, ...], width_m: float) -> Iterator[tuple[int, int]]:
    """Yield taped floor with the free and the taped floor beside it: what the tape closes off."""
    floor = [i for i, space in enumerate(spaces) if space.kind is UnitKind.OPEN]
    tree = STRtree([spaces[i].shape for i in floor])
    farthest = ASKEW * width_m / 2 + BESIDE_M
    for i in (i for i in floor if spaces[i].sealed):
        near = tree.query(spaces[i].shape, predicate="dwithin", distance=farthest)
        for j in (floor[k] for k in near.tolist()):
            same = spaces[i].level == spaces[j].level and i != j
            if same and spaces[i].shape.distance(spaces[j].shape) <= _reach(spaces[j], width_m):
                yield i, j


def _at_door(
    door: Doorway,
    side: Unit | None,
    spaces: tuple[Space, ...],
    at: dict[str, list[int]],
    width_m: float,
) -> list[int]:
    """Return the spaces of one side that a doorway opens to."""
    if side is None:
        return [OUTDOORS]
    mine = at.get(side.id, [])
    if side.kind is UnitKind.CLOSED:
        return mine
    gap = side.shape.distance(door.place)
    return [
        i for i in mine if spaces[i].shape.distance(door.place) <= gap + _reach(spaces[i], width_m)
    ]


def _to_the_far_edge(
    plan: Plan, spaces: tuple[Space, ...], at: dict[str, list[int]], width_m: float
) -> Iterator[tuple[int, int]]:
    """Yield the pieces of the land that reach its far edge: from there one is away."""
    for i in at.get(GROUND, []):
        land = max(polygon_parts(plan.unit(GROUND).shape), key=lambda part: part.area)
        if shapely.distance(land.exterior, spaces[i].shape) <= _reach(spaces[i], width_m):
            yield i, OUTDOORS
