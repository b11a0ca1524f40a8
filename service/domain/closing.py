"""Growing, shrinking and closing a level's shapes ring by ring: what is nearer than a width.

GEOS buffers and subtracts a geometry of many pieces in time that grows with the square of their
number (5,000 rooms with walls between take a minute); piece by piece the same is done in a second.
Corners are mitred, so that they stay corners.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.pieces import polygon_parts


def narrower_than(shape: BaseGeometry, width_m: float) -> list[BaseGeometry]:
    """Return what closing a shape by half a width adds to it: its gaps and slits, as polygons."""
    closed = offset(offset(shape, width_m / 2), -width_m / 2)
    return _without(polygon_parts(closed), polygon_parts(shape))


def offset(shape: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return polygons grown by a distance, or shrunk where it is negative; corners are mitred."""
    parts = polygon_parts(shape)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    is_hole = np.concatenate(([False], part_of[1:] == part_of[:-1])) if len(part_of) else part_of
    distances = np.where(is_hole, -distance_m, distance_m)
    with np.errstate(all="ignore"):  # GEOS divides by no length at corners folded onto themselves
        moved = shapely.buffer(shapely.polygons(rings), distances, join_style="mitre")
    solid, holes = moved[~is_hole], moved[is_hole]
    for i in np.unique(part_of[is_hole]):
        mine = holes[part_of[is_hole] == i]
        solid[i] = shapely.difference(solid[i], union(mine))
    return union(solid)


def union(shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> BaseGeometry:
    """Unite polygons, those that do not meet apart from one another."""
    return shapely.disjoint_subset_union_all(shapes)


def _without(shapes: Sequence[BaseGeometry], taken: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the polygons of shapes that do not overlap, without those that are taken."""
    over: dict[int, list[int]] = {}
    for i, j in STRtree(taken).query(shapes, predicate="intersects").T.tolist():
        over.setdefault(i, []).append(j)
    there: NDArray[np.object_] = np.asarray(taken, dtype=object)
    left = [
        shapely.difference(each, shapely.multipolygons(there[over[i]])) if i in over else each
        for i, each in enumerate(shapes)
    ]
    return [part for each in left for part in polygon_parts(each)]
