"""The scene's plane: metres around its centre, and the scene's own axes.

One transverse Mercator plane (k = 1 at the centre) a scene, fixed when the scene is opened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, degrees

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

Projection = Callable[[NDArray[np.float64]], NDArray[np.float64]]

GRID_M = 0.001
"""What comes in is put on this grid; what is derived stays in doubles."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The scene's own axes: an origin in plane metres and the direction of x, degrees from east."""

    x: float = 0.0
    y: float = 0.0
    direction_deg: float = 0.0

    def inward(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return the geometry in these axes."""
        turn = self._turn()
        return shapely.transform(geometry, lambda xy: (xy - (self.x, self.y)) @ turn)

    def outward(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry given in these axes in the plane again."""
        turn = self._turn().T
        return shapely.transform(geometry, lambda xy: xy @ turn + (self.x, self.y))

    def _turn(self) -> NDArray[np.float64]:
        cos, sin = np.cos(np.radians(self.direction_deg)), np.sin(np.radians(self.direction_deg))
        return np.array([[cos, -sin], [sin, cos]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A transverse Mercator plane centred on the scene (WGS 84 degrees), k = 1, and its axes.

    Fixed when the scene is opened; scale error under 0.4 mm per km within 5 km.
    """

    lon0: float
    lat0: float
    axes: Axes = Axes()


def to_plane(geometry: BaseGeometry, *, plane: Plane) -> BaseGeometry:
    """Project WGS 84 longitude/latitude to plane metres on the 1 mm grid; z is dropped."""
    return on_grid(shapely.transform(geometry, _projector(plane.lon0, plane.lat0, "FORWARD")))


def to_wgs84(geometry: BaseGeometry, *, plane: Plane) -> BaseGeometry:
    """Project plane metres to WGS 84 longitude/latitude, nine decimals (0.1 mm)."""
    return shapely.transform(geometry, _projector(plane.lon0, plane.lat0, "INVERSE"))


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """Put a geometry that comes in on the 1 mm grid; a ring that crosses itself is kept as it is.

    The grid is taken off again at once: left on, it would round every later overlay silently.
    """
    if not geometry.is_valid:
        return shapely.transform(geometry, lambda xy: np.round(xy, 3))
    return shapely.set_precision(shapely.set_precision(geometry, GRID_M), 0)


def plane_around(geometries: Iterable[BaseGeometry]) -> Plane:
    """Return a plane centred on WGS 84 geometries, its axes along their longest edges."""
    found = list(geometries)
    west, south, east, north = shapely.total_bounds(found).tolist()
    plane = Plane(lon0=round((west + east) / 2, 7), lat0=round((south + north) / 2, 7))
    drawn = [to_plane(geometry, plane=plane) for geometry in found]
    axes = Axes(direction_deg=main_direction(drawn))
    return Plane(lon0=plane.lon0, lat0=plane.lat0, axes=axes)


def main_direction(geometries: Iterable[BaseGeometry]) -> float:
    """Return the direction of most edge length, degrees from east in [0, 90).

    Edges a quarter turn apart count as one: the mean of four times the angle, by length.
    """
    steps = [np.empty((0, 2))]
    for part in shapely.get_parts(shapely.get_rings(shapely.get_parts(list(geometries)))):
        steps.append(np.diff(shapely.get_coordinates(part), axis=0))
    x, y = np.concatenate(steps).T
    mean = np.sum(np.hypot(x, y) * np.exp(4j * np.arctan2(y, x)))
    return round(degrees(atan2(mean.imag, mean.real)) / 4, 6) % 90.0


@lru_cache(maxsize=256)
def _projector(lon0: float, lat0: float, direction: str) -> Projection:
    text = f"+proj=tmerc +lat_0={lat0!r} +lon_0={lon0!r} +k=1 +ellps=WGS84 +units=m"
    transformer = Transformer.from_crs("EPSG:4326", text, always_xy=True)

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = transformer.transform(xy[:, 0], xy[:, 1], direction=direction)
        found = np.column_stack([x, y])
        return found if direction == "FORWARD" else np.round(found, 9)

    return project
