"""Tape: the claim in open units as a shape that two people can tape.

Arcs become tangents in the scene's axes (tape_arcs.py), sides are merged outward until few enough
and long ones are left (tape_corners.py), and what is still thin is grown by an octagon. Convex
hulls are no good: up to 173 % extra on an L.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.pieces import polygon_parts
from service.domain.plane import Axes
from service.domain.tape_arcs import LEVEL_M, levelled, without_arcs
from service.domain.tape_corners import Point, merged_outward

REACH_M = 0.5
"""Tape reaches at most this far beyond the claim."""
THIN_M = 0.15
"""Shrunk by this and grown back, a taped shape loses nothing."""
LEAST_HOLE_M2 = 1.0
NOTHING_M2 = 1e-5
MICRON_M = 1e-6
AROUND_M = LEVEL_M + 8 * MICRON_M
"""So much is added for what levelling and rounding take away."""
DIRECTIONS = (8, 16, 32)
"""Arcs become tangents in so many directions: the fewest that stay in reach."""


def tape(shape: BaseGeometry, *, axes: Axes) -> BaseGeometry:
    """Return a shape around `shape` that can be taped, in the scene's axes, to 1 µm.

    It contains the shape and reaches at most 0.5 m beyond it; no side under 0.5 m save the end
    of a narrower strip, nothing lost by shrinking 0.15 m and growing back with mitres, no hole
    under 1 m²; at most 16 corners a ring, unless that would reach too far. Plane metres.
    """
    bare = _canonical(axes.inward(shape))
    allowed = shapely.buffer(bare, REACH_M - 0.005, quad_segs=6)
    shapely.prepare(allowed)
    found, rounds = _canonical(_merged(_around(bare, allowed), allowed)), 2
    while rounds and (thin := _thin(found)):
        octagons = shapely.buffer(thin, THIN_M * 1.05, quad_segs=2)
        found = _canonical(_merged(shapely.union_all([found, *octagons]), allowed))
        rounds -= 1
    return axes.outward(found)


def _canonical(shape: BaseGeometry) -> BaseGeometry:
    """Round to 1 µm, fill small holes, order parts and rings, drop corners on straight sides.

    So equal shapes give equal tapes, whatever they were put together from.
    """
    rounded = shapely.transform(shape, lambda xy: np.round(xy, 6))
    valid = rounded if rounded.is_valid else shapely.make_valid(rounded)
    filled = [_without_small_holes(part) for part in polygon_parts(valid)]
    whole = filled[0] if len(filled) == 1 else shapely.union_all(filled)
    return shapely.simplify(whole.normalize(), 2 * MICRON_M)


def _around(bare: BaseGeometry, allowed: BaseGeometry) -> BaseGeometry:
    """Return the shape levelled, and grown by what levelling takes away."""
    parts = []
    for part in polygon_parts(shapely.orient_polygons(bare)):
        rings = [levelled(_corners_of(x)) for x in (part.exterior, *part.interiors)]
        level = shapely.Polygon(rings[0], rings[1:])
        parts.append(level if level.is_valid and shapely.covers(allowed, level) else part)
    around = shapely.buffer(shapely.union_all(parts), AROUND_M, join_style="mitre")
    return around if shapely.covers(around, bare) else shapely.union(around, bare)


def _corners_of(ring: BaseGeometry) -> list[Point]:
    return [(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]


def _without_small_holes(part: BaseGeometry) -> BaseGeometry:
    kept = [x for x in part.interiors if shapely.Polygon(x).area >= LEAST_HOLE_M2]
    return part if len(kept) == len(part.interiors) else shapely.Polygon(part.exterior, kept)


def _thin(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts that are lost by shrinking a shape and growing it back with mitres."""
    shrunk = shapely.buffer(shape, -THIN_M, join_style="mitre")
    back = shapely.buffer(shrunk, THIN_M + MICRON_M, join_style="mitre")
    parts = polygon_parts(shapely.difference(shape, back))
    return [part for part in parts if part.area > NOTHING_M2 / 10]


def _merged(shape: BaseGeometry, allowed: BaseGeometry) -> BaseGeometry:
    """Make arcs straight and merge the sides of every ring outward; a hole stays at least 1 m²."""
    parts = []
    for part in polygon_parts(shapely.orient_polygons(shape)):
        outer = _ring(part.exterior, allowed, hole=False)
        holes = [_ring(x, allowed, hole=True) for x in part.interiors]
        parts.append(shapely.Polygon(outer, holes))
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _ring(ring: BaseGeometry, allowed: BaseGeometry, *, hole: bool) -> list[Point]:
    corners = _corners_of(ring)
    straight = _with_tangents(corners, allowed, hole=hole)
    return merged_outward(straight, allowed=allowed, least_m2=LEAST_HOLE_M2 if hole else 0.0)


def _with_tangents(corners: list[Point], allowed: BaseGeometry, *, hole: bool) -> list[Point]:
    """Return the ring with tangents for its arcs, or as it is when they would reach too far."""
    before = shapely.Polygon(corners)
    for directions in DIRECTIONS:
        found = without_arcs(corners, directions=directions)
        if found is corners:
            break
        after = shapely.Polygon(found if len(found) > 2 else ())
        if not after.is_valid or after.is_empty or after.exterior.is_ccw == hole:
            continue
        inner, outer = (after, before) if hole else (before, after)
        ring = shapely.buffer(outer, MICRON_M, join_style="mitre")
        if shapely.covers(ring, inner) and shapely.covers(allowed, after.exterior):
            large = not hole or after.area >= LEAST_HOLE_M2
            return found if large else corners
    return corners
