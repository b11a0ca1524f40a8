"""Tape: the claim in open units as a shape that two people can tape.

Thin parts are grown by an octagon, gaps too narrow to walk in are closed, and then sides are
merged outward (tape_corners.py) until few enough are left. Convex hulls are no good: up to
173 % extra on an L.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.pieces import polygon_parts
from service.domain.plane import Axes
from service.domain.tape_corners import SHORT_M, merged_outward

REACH_M = 0.5
"""Tape reaches at most this far beyond the claim."""
THIN_M = 0.15
"""Shrunk by this and grown back, a taped shape loses nothing."""
LEAST_HOLE_M2 = 1.0
NOTHING_M2 = 1e-5
MICRON_M = 1e-6
MANY = 24
"""A shape with more vertices than this is first simplified, and grown by as much."""
ROUGH_M = 0.03


def tape(shape: BaseGeometry, *, axes: Axes) -> BaseGeometry:
    """Return a shape around `shape` that can be taped, in the scene's axes, to 1 µm.

    It contains the shape and reaches at most 0.5 m beyond it; no side under 0.5 m save the end
    of a narrower strip, nothing lost by shrinking 0.15 m and growing back with mitres, no hole
    under 1 m²; at most 16 corners a ring, unless that would reach too far. Plane metres.
    """
    bare = _without_small_holes(_canonical(axes.inward(shape)))
    allowed = shapely.buffer(bare, REACH_M - 0.005)
    shapely.prepare(allowed)
    found = bare
    for _ in range(3):
        found = _merged(_thickened(found), allowed)
        if _thin(found).area <= NOTHING_M2 and not _has_short_sides(found):
            break
    return axes.outward(_canonical(found))


def _canonical(shape: BaseGeometry) -> BaseGeometry:
    """Round to 1 µm, begin each ring at its westmost corner, drop corners on straight sides.

    So equal shapes give equal tapes, whatever they were put together from.
    """
    rounded = shapely.transform(shape, lambda xy: np.round(xy, 6))
    valid = rounded if rounded.is_valid else shapely.make_valid(rounded)
    whole = shapely.union_all(polygon_parts(valid)).normalize()
    return shapely.simplify(whole, 2 * MICRON_M)


def _thin(shape: BaseGeometry) -> BaseGeometry:
    """Return what is lost by shrinking a shape and growing it back with mitres."""
    shrunk = shapely.buffer(shape, -THIN_M, join_style="mitre")
    return shapely.difference(shape, shapely.buffer(shrunk, THIN_M + MICRON_M, join_style="mitre"))


def _has_short_sides(shape: BaseGeometry) -> bool:
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon_parts(shape))]
    return any(np.hypot(*np.diff(xy, axis=0).T).min() < SHORT_M for xy in rings)


def _thickened(shape: BaseGeometry) -> BaseGeometry:
    """Grow thin parts by an octagon, close narrow gaps, fill small holes; microns for rounding."""
    thin = [part for part in polygon_parts(_thin(shape)) if part.area > NOTHING_M2 / 10]
    octagons = shapely.buffer(thin, THIN_M * 1.05, quad_segs=2)
    whole = shapely.union_all([shape, *octagons])
    if shapely.get_num_coordinates(whole) > MANY:
        rough = shapely.buffer(shapely.simplify(whole, ROUGH_M), ROUGH_M, join_style="mitre")
        # Simplifying may drop a ring's first corner from further off than it says.
        whole = whole if shapely.difference(whole, rough).area > 0 else rough
    grown = shapely.buffer(whole, THIN_M, join_style="mitre")
    closed = shapely.buffer(grown, 8 * MICRON_M - THIN_M, join_style="mitre")
    around = shapely.buffer(whole, 8 * MICRON_M, join_style="mitre")
    return _without_small_holes(_canonical(shapely.union(closed, around)))


def _without_small_holes(shape: BaseGeometry) -> BaseGeometry:
    parts = [
        shapely.Polygon(
            part.exterior,
            [x for x in part.interiors if shapely.Polygon(x).area >= LEAST_HOLE_M2],
        )
        for part in polygon_parts(shape)
    ]
    return shapely.union_all(parts)


def _merged(shape: BaseGeometry, allowed: BaseGeometry) -> BaseGeometry:
    """Merge the sides of every ring outward; a hole stays at least 1 m²."""
    parts = []
    for part in polygon_parts(shapely.orient_polygons(shape)):
        outer = merged_outward(shapely.get_coordinates(part.exterior), allowed=allowed)
        holes = [
            merged_outward(shapely.get_coordinates(x), allowed=allowed, least_m2=LEAST_HOLE_M2)
            for x in part.interiors
        ]
        parts.append(shapely.Polygon(outer, holes))
    return shapely.union_all(parts)
