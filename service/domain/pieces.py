"""Pieces of geometry: their polygons, and points that are surely inside them."""

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

LEAST_PIECE_M2 = 0.01
"""In open units every piece over this counts."""
MICRON_M = 1e-6
NO_AREA = MultiPolygon()
SPIKE_M = 1e-6
"""An inner point nearer than this to the boundary may lie in a spike of no width."""


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, its points and lines left out."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = polygon_parts(geometry)
    return shapely.union_all(parts) if parts else NO_AREA


def polygon_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the single polygons that a geometry is made of, at any depth; no empty ones."""
    if geometry.geom_type == "Polygon":
        return [] if geometry.is_empty else [geometry]
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def inner_points(faces: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    """Return a point inside each face, well off its boundary.

    `point_on_surface` may fall into a spike of no width along a wall; there the middle of the
    roundest triangle of the face is taken. (The maximum inscribed circle is found only to within
    a thousandth of the extent: in a sliver along a wall it ends on a corner.)
    """
    array = np.asarray(faces, dtype=object)
    points = cast(NDArray[np.object_], shapely.point_on_surface(array))
    near = shapely.distance(points, shapely.boundary(array)) < SPIKE_M
    for i in np.flatnonzero(near):
        triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(array[i]))
        roundness = shapely.area(triangles) / shapely.length(triangles)
        points[i] = shapely.centroid(triangles[np.argmax(roundness)])
    return points


def big_pieces(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the polygons that count in an open unit: those over 0.01 m²."""
    return [part for part in polygon_parts(geometry) if part.area > LEAST_PIECE_M2]


def is_convex(geometry: BaseGeometry) -> bool:
    """Say whether it is one polygon without holes that turns one way at every corner."""
    if geometry.geom_type != "Polygon" or shapely.get_num_interior_rings(geometry):
        return False
    steps = np.diff(shapely.get_coordinates(geometry), axis=0)
    after = np.concatenate((steps[1:], steps[:1]))
    turns = steps[:, 0] * after[:, 1] - steps[:, 1] * after[:, 0]
    return bool((turns >= 0).all() or (turns <= 0).all())


def together(pieces: Iterable[BaseGeometry]) -> BaseGeometry:
    """Unite what was cut along common walls, noded at 1 µm.

    Edges that differ by a rounding only make GEOS lose pieces, or half a buffer, without a word.
    """
    return shapely.set_precision(shapely.union_all(list(pieces), grid_size=MICRON_M), 0)


def joined(pieces: Sequence[BaseGeometry]) -> BaseGeometry:
    """Put polygons that do not overlap into one geometry."""
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)
