"""Tape: the claim in open units as a shape that two people can tape."""

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.plane import Axes


def tape(shape: BaseGeometry, *, axes: Axes) -> BaseGeometry:
    """Return a shape around `shape` that can be taped, in the scene's axes, to 1 µm.

    It contains the shape and reaches at most 0.5 m beyond it; at most 16 corners a ring, no side
    under 0.5 m save the end of a narrower strip, nothing lost by shrinking 0.15 m and growing
    back with mitres, no hole under 1 m². Plane metres; Polygon or MultiPolygon.
    """
    return axes.outward(shapely.buffer(axes.inward(shape), 0.15, quad_segs=2))
