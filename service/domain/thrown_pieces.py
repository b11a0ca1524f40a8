"""How far an explosion reaches: as far as its thrown pieces lie.

Closed units count where the seat and the pieces lie, and between them. In the open, where more
may lie unseen, it is the whole circle about the seat out to the farthest piece; a wall stops it.
"""

from collections.abc import Sequence
from math import acos, ceil, cos, pi

import numpy as np
import shapely
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from service.domain.margins import grow, reached_from
from service.domain.plan import Plan, UnitKind
from service.domain.plane import Axes

SLACK_M = 0.25
"""The corners of the circle lie at most this far beyond it."""
LINE_M = 0.01
"""A seat and pieces in one line have no area: it is taken this wide to see where it is open."""


def thrown_reach(
    plan: Plan, level: str, seat: BaseGeometry, pieces: Sequence[BaseGeometry], *, axes: Axes
) -> BaseGeometry:
    """The shape to hold on a level, plane metres: the hull, and the circle in open units.

    Raises: LevelUnknown.
    """
    if not pieces:
        return seat
    hull = shapely.convex_hull(GeometryCollection([seat, *pieces]))
    middle = shapely.centroid(seat)
    farthest_m = max(shapely.hausdorff_distance(middle, piece) for piece in pieces)
    wide = hull if shapely.get_dimensions(hull) == 2 else grow(hull, LINE_M, axes=axes)
    parts = _in_the_open(plan, level, wide)
    if not parts or farthest_m <= 0:
        return hull
    circle = shapely.union_all([_around(middle, farthest_m, axes), *parts.values()])
    return shapely.union_all([hull, *reached_from(plan, level, parts, circle).values()])


def _around(middle: BaseGeometry, radius_m: float, axes: Axes) -> BaseGeometry:
    """A circle as few straight sides go round it, in the scene's axes: it will be taped anyway."""
    sides = max(8, ceil(pi / acos(radius_m / (radius_m + SLACK_M))))
    ways = 2 * pi / sides * np.arange(sides)
    corners = np.column_stack([np.cos(ways), np.sin(ways)]) * radius_m / cos(pi / sides)
    around = shapely.polygons(shapely.get_coordinates(axes.inward(middle)) + corners)
    return axes.outward(around)


def _in_the_open(plan: Plan, level: str, hull: BaseGeometry) -> dict[str, BaseGeometry]:
    """What of the hull lies in each open unit; where it only touches one, nothing does."""
    found = {}
    for unit in plan.near(level, hull):
        atoms = shapely.get_parts(shapely.intersection(hull, unit.shape))
        inside = [x for x in atoms if shapely.get_dimensions(x) == 2]
        if unit.kind is UnitKind.OPEN and inside:
            found[unit.id] = GeometryCollection(inside)
    return found
