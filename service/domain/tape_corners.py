"""Corners of a tape: sides of a ring merged outward until few and long ones are left.

A ring runs with its inside to the left: an outer ring counter-clockwise, a hole clockwise. Every
move only adds to the inside, so that what was inside stays inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import dist, inf

import shapely
from shapely.geometry.base import BaseGeometry

MOST_CORNERS = 16
SIDE_M = 0.5
SHORT_M = 0.495
"""No side is shorter, save the end of a narrower strip: half a metre, as drawn to a few mm."""
TRIFLE_M2 = 0.01
"""A move that adds less than this is made even when there are few corners."""
TIED, TIED_M2 = 0.05, 0.005
"""Costs that differ by less than a twentieth, or by less than this, are equal: ties by index."""
SHARP = 0.87
"""The cosine of the sharpest corner that a move may make: 30°."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """Replace `count` corners by `corners`, adding the triangle `added`; against a short side."""

    cost: float
    count: int
    corners: tuple[Point, ...]
    added: tuple[Point, Point, Point]
    short: bool


def merged_outward(
    corners: list[Point], *, allowed: BaseGeometry, least_m2: float = 0.0, few: bool = True
) -> list[Point]:
    """Return a ring with fewer, longer sides around `corners`, all of it within `allowed`.

    `allowed` is prepared; `least_m2` is the area that a hole keeps. The cheapest move is made
    first, ties by index. At most 16 corners are left, unless every further move reaches too far;
    not `few`: as many as there are, only short sides and trifles are merged.
    """
    most = MOST_CORNERS if few else len(corners)
    merging = Merging(corners=corners, allowed=allowed, least_m2=least_m2, most=most)
    while merging.move_once():
        pass
    return merging.corners


@dataclass(slots=True, kw_only=True)
class Merging:
    """One ring on its way to few and long sides; `refused` moves are not tried again."""

    corners: list[Point]
    allowed: BaseGeometry
    least_m2: float
    most: int
    refused: set[tuple[Point, ...]] = field(default_factory=set)
    known: dict[tuple[Point, ...], list[tuple[int, Move]]] = field(default_factory=dict)

    def move_once(self) -> bool:
        """Make the cheapest move that is needed and may be made; say whether there was one."""
        many = len(self.corners) > self.most
        left = list(self._needed(any_side=many))
        while left:
            bound = min(cost for cost, *_ in left) * (1 + TIED) + TIED_M2
            found = next(x for x in left if x[0] <= bound)
            _, i, k, move = found
            if self._may(i + k, move):
                self.corners = self._after(i + k, move)
                return True
            left.remove(found)
        return False

    def _needed(self, *, any_side: bool) -> Iterator[tuple[float, int, int, Move]]:
        """Yield the moves not refused: all of them, or trifles and those against short sides."""
        ring, n = self.corners, len(self.corners)
        if n < 4:
            return
        for i in range(n):
            side = (ring[i - 1], ring[i], ring[(i + 1) % n], ring[(i + 2) % n])
            if side not in self.known:
                self.known[side] = moves_at(*side)
            for k, move in self.known[side]:
                wanted = any_side or move.short or move.cost < TRIFLE_M2
                if wanted and move.added not in self.refused:
                    yield move.cost, i, k, move

    def _may(self, start: int, move: Move) -> bool:
        """Say whether a move stays in reach, crosses nothing and leaves a hole large enough."""
        if move.cost <= 1e-9 or shapely.covers(self.allowed, shapely.polygons(move.added)):
            ring = shapely.polygons(self._after(start, move))
            if ring.is_valid and ring.area >= self.least_m2:
                return True
        self.refused.add(move.added)
        return False

    def _after(self, start: int, move: Move) -> list[Point]:
        """Return the corners after a move; the first stays the first where it can."""
        n = len(self.corners)
        start %= n
        end = start + move.count
        if end <= n:
            return [*self.corners[:start], *move.corners, *self.corners[end:]]
        return [*move.corners, *self.corners[end - n : start]]


def moves_at(a: Point, b: Point, c: Point, d: Point) -> list[tuple[int, Move]]:
    """Return the moves at the side b→c, each with where it starts: 0 at b, 1 at c."""
    before, after, short = cross(a, b, c), cross(b, c, d), dist(b, c) < SHORT_M
    moves = []
    if before > 0 and after > 0:
        tip = meeting(a, b, d, c)
        if tip:
            cost = abs(cross(b, tip, c)) / 2
            moves.append((0, Move(cost, 2, (tip,), (b, tip, c), short)))
    if before <= 0:
        moves.append((0, Move(-before / 2, 1, (), (a, b, c), short)))
    if after <= 0 and short:
        moves.append((1, Move(-after / 2, 1, (), (b, c, d), short)))
        moves += [(1, move) for move in slid(b, c, d)]
    if before <= 0 and short:
        moves += [(0, move) for move in slid(c, b, a)]
    return moves


def slid(near: Point, corner: Point, far: Point) -> list[Move]:
    """Slide an inner corner along its longer side until the short side is long enough."""
    length, short = dist(corner, far), dist(near, corner)
    if length < SHORT_M:
        return []
    ux, uy = (far[0] - corner[0]) / length, (far[1] - corner[1]) / length
    along = (corner[0] - near[0]) * ux + (corner[1] - near[1]) * uy
    step = -along + (along * along + (SIDE_M + 1e-4) ** 2 - short * short) ** 0.5
    if length - step < SHORT_M:
        return []
    to = (corner[0] + ux * step, corner[1] + uy * step)
    return [Move(abs(cross(near, corner, to)) / 2, 1, (to,), (near, corner, to), True)]


def cross(a: Point, b: Point, c: Point) -> float:
    """Return twice the signed area of a triangle: positive when it turns left at b."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def meeting(a: Point, b: Point, d: Point, c: Point) -> Point | None:
    """Return where a→b carried on meets d→c carried on; None when apart, parallel or too sharp."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - d[0], c[1] - d[1]
    turn = uy * vx - ux * vy
    size = dist(a, b) * dist(c, d) or inf
    if turn <= 1e-9 * size or ux * vx + uy * vy > SHARP * size:
        return None
    t = ((c[1] - b[1]) * vx - (c[0] - b[0]) * vy) / turn
    return (b[0] + ux * t, b[1] + uy * t)
