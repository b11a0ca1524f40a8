"""Tape: the claim in open units as a shape that two people can tape.

Each ring is taped by lines that touch it (tape_drawing.py). Where those leave a short side or too
many corners, sides are merged outward (tape_corners.py), and what is still thin is grown by an
octagon. Convex hulls are no good: up to 173 % extra on an L.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from service.domain.pieces import polygon_parts
from service.domain.plane import Axes
from service.domain.tape_corners import MOST_CORNERS, SHORT_M, Point, merged_outward
from service.domain.tape_dents import STRAIGHT, dents_filled, floored, turns_of
from service.domain.tape_drawing import Drawn

REACH_M = 0.5
"""Tape reaches at most this far beyond the claim."""
WITHIN_M = REACH_M - 0.0015
THIN_M = 0.15
"""Shrunk by this and grown back, a taped shape loses nothing."""
LEAST_HOLE_M2 = 1.01
"""One square metre, as drawn to a few millimetres."""
NARROW_M = 0.5
"""A narrower hole is filled, whatever its area."""
NOTHING_M2 = 1e-5
MICRON_M = 1e-6


def tape(shape: BaseGeometry, *, axes: Axes) -> BaseGeometry:
    """Return a shape around `shape` that can be taped, in the scene's axes, to 1 µm.

    It contains the shape and reaches at most 0.5 m beyond it; no side under 0.5 m save the end
    of a narrower strip, nothing lost by shrinking 0.15 m and growing back with mitres, no hole
    under 1 m²; at most 16 corners a ring. Reach, holes and thickness are always kept. There are
    more corners, or a shorter side, only where nothing more can be left out or filled within the
    reach: 24 in 25 random shapes have neither. Plane metres.
    """
    bare = _canonical(axes.inward(shape))
    found = _as_lines(bare)
    if not _few_and_long(found):
        found = _merged(found, _within_reach(bare))
    rounds = 2
    while rounds and (thin := _thin(found)):
        octagons = shapely.buffer(thin, THIN_M * 1.05, quad_segs=2)
        found = _merged(shapely.union_all([found, *octagons]), _within_reach(bare))
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
    return shapely.simplify(whole.normalize(), 2 * MICRON_M, preserve_topology=False)


def _without_small_holes(part: BaseGeometry) -> BaseGeometry:
    if not shapely.get_num_interior_rings(part):
        return part
    kept = [x for x in part.interiors if shapely.Polygon(x).area >= LEAST_HOLE_M2]
    return part if len(kept) == len(part.interiors) else shapely.Polygon(part.exterior, kept)


def _within_reach(bare: BaseGeometry) -> BaseGeometry:
    """Return what a tape may cover, prepared."""
    allowed = shapely.buffer(bare, WITHIN_M, quad_segs=8)
    shapely.prepare(allowed)
    return allowed


def _as_lines(bare: BaseGeometry) -> BaseGeometry:
    """Return the parts, each drawn by lines that touch it; tapes that meet are drawn once more."""
    parts = polygon_parts(shapely.orient_polygons(bare))
    shapely.prepare(parts)
    found = [_one_part(part, part) for part in parts]
    if len(found) == 1:
        return found[0]
    whole = shapely.union_all(found)
    if len(polygon_parts(whole)) == len(parts):
        return whole
    shapely.prepare(bare)
    joint = polygon_parts(shapely.orient_polygons(_canonical(whole)))
    return shapely.union_all([_one_part(part, bare) for part in joint])


def _one_part(part: BaseGeometry, bare: BaseGeometry) -> BaseGeometry:
    """Draw one polygon around `bare` by lines; merge its sides where those reach too far."""
    outer, is_surely_near = _drawn(part.exterior, bare)
    if is_surely_near and part is bare and not part.interiors:
        return shapely.Polygon(outer)
    holes = [hole for x in part.interiors if _is_hole(hole := _drawn(x, bare)[0])]
    found = shapely.Polygon(outer, holes)
    within = _within_reach(bare)
    if found.is_valid and shapely.covers(found, part) and shapely.covers(within, found):
        return found
    found = shapely.buffer(shapely.Polygon(outer, part.interiors), 4 * MICRON_M, join_style="mitre")
    if found.is_valid and shapely.covers(found, part) and shapely.covers(within, found):
        return _merged(found, within)
    return _merged(shapely.buffer(part, 4 * MICRON_M, join_style="mitre"), within)


def _drawn(ring: BaseGeometry, bare: BaseGeometry) -> tuple[NDArray[np.float64], bool]:
    """Draw a ring; say whether it had no dents and so reaches as far as its corners do."""
    drawn_xy = shapely.get_coordinates(ring)[:-1]
    xy = drawn_xy
    if (turns_of(xy) < -STRAIGHT).any():
        xy = floored(dents_filled(xy, shape=bare))
    drawn = Drawn(xy=xy, shape=bare, reach_m=WITHIN_M)
    corners = np.round(drawn.tape(), 6)
    is_surely_near = xy is drawn_xy and not drawn.has_dents and drawn.in_reach
    return corners, is_surely_near


def _is_hole(ring: NDArray[np.float64]) -> bool:
    """Say whether a ring still runs clockwise, and is worth leaving open."""
    hole = shapely.Polygon(ring)
    wide = not shapely.buffer(hole, -NARROW_M / 2, join_style="mitre").is_empty
    return wide and not hole.exterior.is_ccw and hole.area >= LEAST_HOLE_M2


def _few_and_long(shape: BaseGeometry) -> bool:
    """Say whether no ring has more than 16 corners, or a side under 0.5 m."""
    for ring in shapely.get_rings(polygon_parts(shape)):
        steps = np.diff(shapely.get_coordinates(ring), axis=0)
        if len(steps) > MOST_CORNERS or np.hypot(*steps.T).min() < SHORT_M:
            return False
    return True


def _thin(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts that are lost by shrinking a shape and growing it back with mitres."""
    shrunk = shapely.buffer(shape, -THIN_M, join_style="mitre")
    back = shapely.buffer(shrunk, THIN_M + MICRON_M, join_style="mitre")
    if shapely.covers(back, shape):
        return []
    parts = polygon_parts(shapely.difference(shape, back))
    return [part for part in parts if part.area > NOTHING_M2 / 10]


def _merged(shape: BaseGeometry, allowed: BaseGeometry, *, few: bool = True) -> BaseGeometry:
    """Merge the sides of every ring outward; a hole stays at least 1 m²."""
    parts = []
    for part in polygon_parts(shapely.orient_polygons(_canonical(shape))):
        outer = merged_outward(_corners_of(part.exterior), allowed=allowed, few=few)
        holes = [
            merged_outward(_corners_of(x), allowed=allowed, least_m2=LEAST_HOLE_M2, few=few)
            for x in part.interiors
        ]
        parts.append(shapely.Polygon(outer, holes))
    return _canonical(parts[0] if len(parts) == 1 else shapely.union_all(parts))


def _corners_of(ring: BaseGeometry) -> list[Point]:
    return [(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]
