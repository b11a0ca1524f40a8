"""Dents of a ring that a tape runs straight across: shallow ones, and narrow ones."""

from math import hypot, pi, tau

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Corners = NDArray[np.float64]

DENT_M = 0.33
"""A dent is filled when the bridge over it is nowhere farther than this from the shape."""
LEVEL_M = 0.003
"""A dent this shallow comes from drawing to a millimetre, whatever it lies beside."""


def dents_filled(xy: Corners, *, shape: BaseGeometry) -> Corners:
    """Return a ring of `shape` without its shallow and its narrow dents."""
    ring = xy
    kept: set[tuple[float, ...]] = set()
    while len(ring) > 3:
        inner = np.flatnonzero(turns_of(ring) < -1e-9).tolist()
        at = next((i for i in inner if tuple(ring[i].tolist()) not in kept), None)
        if at is None:
            break
        gone = _bridged(ring, at, shape)
        if not gone:
            kept.add(tuple(ring[at].tolist()))
        ring = np.delete(ring, gone, axis=0)
    # A bridge may run across a part of the ring that reaches in from farther round.
    return ring if shapely.Polygon(ring).is_valid else xy


def _bridged(ring: Corners, at: int, shape: BaseGeometry) -> list[int]:
    """The corners of a dent that a bridge between its two shoulders skips; none where too far.

    Beside a deeper dent a corner is skipped that is almost on a straight side.
    """
    xy, n = ring.tolist(), len(ring)
    left, right, found = at - 1, at + 1, False
    while not found and right - left < n - 2:
        if _cross(xy[(left - 1) % n], xy[left % n], xy[right % n]) < 0:
            left -= 1
        elif _cross(xy[left % n], xy[right % n], xy[(right + 1) % n]) < 0:
            right += 1
        else:
            found = True
    a, b = ring[left % n], ring[right % n]
    on_it = shapely.points(a + np.linspace(0, 1, 9)[1:-1, None] * (b - a))
    if found and shapely.distance(on_it, shape).max() <= DENT_M:
        return [i % n for i in range(left + 1, right)]
    (x, y), (u, v) = xy[at - 1], xy[(at + 1) % n]
    off = abs(_cross([x, y], xy[at], [u, v])) / (hypot(u - x, v - y) or 1e-12)
    return [at] if off <= LEVEL_M else []


def _cross(a: list[float], b: list[float], c: list[float]) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def turns_of(ring: Corners) -> NDArray[np.float64]:
    """By how much a ring turns left at each corner, radians in [-pi, pi)."""
    steps = np.roll(ring, -1, axis=0) - ring
    ways = np.arctan2(steps[:, 1], steps[:, 0])
    found: NDArray[np.float64] = (ways - np.roll(ways, 1) + pi) % tau - pi
    return found
