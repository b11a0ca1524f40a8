"""From plane metres to the drawing's own units, along the building's axes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

WIDTH = 1000
HEADING = 84
_EDGE = 24
_PADDING_M = 1.5
_LEAST_M = 8.0
_NEARLY_CONVEX = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A window on the plane: turned by `direction_deg`, its top left corner, and its scale.

    `scale` is drawing units a metre; `height` is where the plan ends below.
    """

    direction_deg: float
    left_m: float
    top_m: float
    scale: float
    height: float
    width: int = WIDTH

    def path(self, shape: BaseGeometry) -> str:
        """The shape as an SVG path: rings closed, lines open."""
        parts = shapely.get_parts(shapely.get_parts(self._drawn(shape)))
        return "".join(self._part(part) for part in parts)

    def point(self, xy: npt.NDArray[np.float64]) -> tuple[float, float]:
        """A position in plane metres as x, y of the drawing."""
        drawn = shapely.get_coordinates(self._drawn(shapely.Point(xy)))[0]
        return float(drawn[0]), float(drawn[1])

    def size(self, shape: BaseGeometry) -> tuple[float, float]:
        """Width and height of the room around the place where its name is written."""
        x, y = self.inside(shape)
        drawn = self._drawn(shape)
        west, north, east, south = drawn.bounds
        across = shapely.intersection(drawn, shapely.box(west, y - 1, east, y + 1))
        down = shapely.intersection(drawn, shapely.box(x - 1, north, x + 1, south))
        return _extent(across, x, y)[0], _extent(down, x, y)[1]

    def inside(self, shape: BaseGeometry) -> tuple[float, float]:
        """A place well inside the shape: its middle, or else where the widest circle fits."""
        drawn = self._drawn(shape)
        middle = shapely.centroid(drawn)
        if drawn.area < _NEARLY_CONVEX * shapely.convex_hull(drawn).area:
            circle = shapely.maximum_inscribed_circle(drawn, tolerance=2)
            middle = shapely.Point(shapely.get_coordinates(circle)[0])
        return middle.x, middle.y

    def _drawn(self, shape: BaseGeometry) -> BaseGeometry:
        turned = affinity.rotate(shape, -self.direction_deg, origin=(0, 0))
        corner, flip = (self.left_m, self.top_m), np.array([self.scale, -self.scale])
        offset = np.array([_EDGE, HEADING])
        return shapely.transform(turned, lambda xy: (xy - corner) * flip + offset)

    @staticmethod
    def _part(part: BaseGeometry) -> str:
        rings = shapely.get_rings(part) if part.geom_type == "Polygon" else [part]
        close = "Z" if part.geom_type == "Polygon" else ""
        return "".join(
            "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)) + close
            for ring in rings
        )


def frame_of(shapes: Sequence[BaseGeometry], *, direction_deg: float) -> Frame:
    """The window that holds all shapes (plane metres) with a margin around."""
    turned = [affinity.rotate(shape, -direction_deg, origin=(0, 0)) for shape in shapes]
    bounds = shapely.total_bounds(np.array(turned, dtype=object)) if turned else np.zeros(4)
    west, south, east, north = np.nan_to_num(bounds).tolist()
    width_m = max(east - west, _LEAST_M) + 2 * _PADDING_M
    height_m = max(north - south, _LEAST_M) + 2 * _PADDING_M
    scale = (WIDTH - 2 * _EDGE) / max(width_m, height_m * 0.6)
    slack_m = (WIDTH - 2 * _EDGE) / scale - (east - west)
    return Frame(
        direction_deg=direction_deg,
        left_m=west - slack_m / 2,
        top_m=north + _PADDING_M,
        scale=scale,
        height=HEADING + height_m * scale,
    )


def _extent(shape: BaseGeometry, x: float, y: float) -> tuple[float, float]:
    """Width and height of the part of a shape nearest to a place."""
    parts = shapely.get_parts(shape)
    nearest = parts[int(np.argmin(shapely.distance(parts, shapely.Point(x, y))))]
    west, north, east, south = nearest.bounds
    return east - west, south - north
