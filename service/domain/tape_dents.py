"""Dents of a ring that a tape runs straight across: shallow ones, and narrow ones."""

from math import hypot, pi, tau

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Corners = NDArray[np.float64]
Point = tuple[float, float]

STRAIGHT = 1e-9
"""A ring that turns right by more than this, radians, has an inner corner."""
DENT_M = 0.37
"""A dent is filled when the bridge over it is nowhere farther than this from the shape."""
CLEFT = -2.4
"""An inner corner that turns by more leaves a cleft, narrower than 42°."""
FLOOR_M = 0.51
"""A cleft is filled up to where it is so wide."""
HIGH_M = 2.0
"""Higher up a millimetre across a cleft is a centimetre along it: there no floor is laid."""
EIGHTHS = np.linspace(0, 1, 9)[1:-1]
LEVEL_M = 0.003
"""A dent this shallow comes from drawing to a millimetre, whatever it lies beside."""


def dents_filled(xy: Corners, *, shape: BaseGeometry) -> Corners:
    """Return a ring of `shape` without its shallow and its narrow dents."""
    ring = xy
    kept: set[tuple[float, ...]] = set()
    while len(ring) > 3:
        gone = _next_dent(ring, kept, shape)
        if not gone:
            break
        ring = np.delete(ring, gone, axis=0)
    # A bridge may run across a part of the ring that reaches in from farther round.
    return ring if ring is xy or shapely.Polygon(ring).is_valid else xy


def _next_dent(ring: Corners, kept: set[tuple[float, ...]], shape: BaseGeometry) -> list[int]:
    """The corners of the first dent to be filled; `kept` are inner corners that stay."""
    xy: list[tuple[float, float]] | None = None
    for at in np.flatnonzero(turns_of(ring) < -STRAIGHT).tolist():
        corner = tuple(ring[at].tolist())
        if corner not in kept:
            xy = xy or [(x, y) for x, y in ring.tolist()]
            gone = _bridged(xy, at, shape)
            if gone:
                return gone
            kept.add(corner)
    return []


def floored(ring: Corners) -> Corners:
    """Return a ring with a floor in each cleft, where it is wide enough for a side of tape.

    Two margins that meet leave one that narrows to nothing between their arcs.
    """
    left_off = 0
    while (at := _next_cleft(ring, left_off)) is not None:
        floor = _floor(ring, at)
        if floor is None:
            left_off = at + 1
        else:
            ring, left_off = floor, 0
    return ring


def _next_cleft(ring: Corners, left_off: int) -> int | None:
    return next((i for i in np.flatnonzero(turns_of(ring) < CLEFT).tolist() if i >= left_off), None)


def _floor(ring: Corners, at: int) -> Corners | None:
    """Cut off a cleft's end where its sides are 0.5 m apart; None where they never are."""
    n = len(ring)
    pin = ring[at]
    sides = [ring[(at + way * np.arange(n // 2)) % n] - pin for way in (-1, 1)]
    up = sum(side[1] / hypot(*side[1]) for side in sides)
    for _ in range(2):  # the second time along the cleft as it is where the floor is laid
        up = up / hypot(*up)
        heights, offs = zip(*(_climbing(side, up) for side in sides), strict=True)
        at_m = np.sort(np.concatenate(heights))
        at_m = at_m[at_m <= min(HIGH_M, *(h[-1] for h in heights))]
        width = np.abs(np.interp(at_m, heights[0], offs[0]) - np.interp(at_m, heights[1], offs[1]))
        if width[-1] < FLOOR_M:
            return None
        i = int(np.argmax(width >= FLOOR_M))
        high = float(np.interp(FLOOR_M, width[i - 1 : i + 1], at_m[i - 1 : i + 1]))
        across = np.array([up[1], -up[0]])
        ends = [
            high * up + np.interp(high, h, o) * across for h, o in zip(heights, offs, strict=True)
        ]
        up = ends[0] + ends[1]
    skipped = [int(np.searchsorted(h, high)) - 1 for h in heights]
    gone = [(at + i) % n for i in range(-skipped[0], skipped[1] + 1)]
    kept = [(at + skipped[1] + 1 + i) % n for i in range(n - len(gone))]
    return np.vstack([pin + ends[0], pin + ends[1], ring[kept]])


def _climbing(side: Corners, up: Corners) -> tuple[Corners, Corners]:
    """How high each corner of a cleft's side is, as far as it climbs, and how far to the right."""
    heights, offs = side @ up, side @ np.array([up[1], -up[0]])
    falls = np.flatnonzero(np.diff(heights) <= 0)
    upto = int(falls[0]) + 1 if len(falls) else len(heights)
    return heights[:upto], offs[:upto]


def _bridged(xy: list[Point], at: int, shape: BaseGeometry) -> list[int]:
    """The corners of a dent that a bridge between its two shoulders skips; none where too far.

    Beside a deeper dent a corner is skipped that is almost on a straight side.
    """
    n = len(xy)
    left, right, found = at - 1, at + 1, False
    while not found and right - left < n - 2:
        if _cross(xy[(left - 1) % n], xy[left % n], xy[right % n]) < 0:
            left -= 1
        elif _cross(xy[left % n], xy[right % n], xy[(right + 1) % n]) < 0:
            right += 1
        else:
            found = True
    a, b = np.array([xy[left % n], xy[right % n]])
    on_it = shapely.points(a + EIGHTHS[:, None] * (b - a))
    if found and shapely.distance(on_it, shape).max() <= DENT_M:
        return [i % n for i in range(left + 1, right)]
    (x, y), (u, v) = xy[at - 1], xy[(at + 1) % n]
    off = abs(_cross((x, y), xy[at], (u, v))) / (hypot(u - x, v - y) or 1e-12)
    return [at] if off <= LEVEL_M else []


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def ways_of(ring: Corners) -> NDArray[np.float64]:
    """The direction of the side that begins at each corner of a ring, radians."""
    steps = np.concatenate((ring[1:], ring[:1])) - ring
    found: NDArray[np.float64] = np.arctan2(steps[:, 1], steps[:, 0])
    return found


def turns_between(ways: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how much each side turns left from the one before it, radians in [-pi, pi)."""
    found: NDArray[np.float64] = (ways - np.concatenate((ways[-1:], ways[:-1])) + pi) % tau - pi
    return found


def turns_of(ring: Corners) -> NDArray[np.float64]:
    """By how much a ring turns left at each corner, radians in [-pi, pi)."""
    return turns_between(ways_of(ring))
