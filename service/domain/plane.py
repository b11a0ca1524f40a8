"""The scene's plane: metres around its centre, and the scene's own axes."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

GRID_M = 0.001
"""What comes in is put on this grid; what is derived stays in doubles."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The scene's own axes: an origin in plane metres and the direction of x, degrees from east."""

    x: float = 0.0
    y: float = 0.0
    direction_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A transverse Mercator plane centred on the scene (WGS 84 degrees), k = 1, and its axes.

    Fixed when the scene is opened; scale error under 0.4 mm per km within 5 km.
    """

    lon0: float
    lat0: float
    axes: Axes = Axes()


def to_plane(geometry: BaseGeometry, *, plane: Plane) -> BaseGeometry:
    """Project WGS 84 longitude/latitude to plane metres on the 1 mm grid."""
    raise NotImplementedError


def to_wgs84(geometry: BaseGeometry, *, plane: Plane) -> BaseGeometry:
    """Project plane metres to WGS 84 longitude/latitude, nine decimals (0.1 mm)."""
    raise NotImplementedError
