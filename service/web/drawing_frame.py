"""From plane metres to the drawing's own units, along the building's axes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from service.domain.plane import main_direction

WIDTH = 1000
HEADING = 96
_EDGE = 24
_PADDING_M = 1.5
_LEAST_M = 8.0
_TALLEST = 2.0
_CLEARLY = 1.25
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

    def room(self, shape: BaseGeometry) -> tuple[float, float]:
        """Width and height of the room around the place where its name is written."""
        x, y = self.inside(shape)
        drawn = self._drawn(shape)
        west, north, east, south = drawn.bounds
        down = _line(drawn, (x, north, x, south), x, y).bounds
        high = 2 * min(y - down[1], down[3] - y)
        rows = (y + step * high for step in (-0.35, 0.0, 0.35))
        across = [_line(drawn, (west, row, east, row), x, row).bounds for row in rows]
        return 2 * min(min(x - each[0], each[2] - x) for each in across), high

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
            "M" + " ".join(f"{x:.0f},{y:.0f}" for x, y in shapely.get_coordinates(ring)) + close
            for ring in rings
        )


def upright(shapes: Iterable[BaseGeometry]) -> float:
    """The direction, degrees from east, that lets the building stand: its long side up the page.

    A phone is taller than it is wide, and names of units are written across: so both fit.
    """
    found = list(shapes)
    flat = main_direction(found)
    west, south, east, north = _turned_bounds(found, flat)
    lies = east - west > _CLEARLY * (north - south)
    stands = north - south > _CLEARLY * (east - west)
    if not lies and not stands:
        return flat if flat <= 45 else flat - 90
    return flat - 90 if lies else flat


def frame_of(
    shapes: Sequence[BaseGeometry], *, direction_deg: float, beside: Sequence[BaseGeometry] = ()
) -> Frame:
    """The window that holds all shapes (plane metres) with a margin around.

    It has the scale at which those `beside` would fit as well: levels are drawn alike.
    """
    widest = _turned_bounds([*shapes, *beside], direction_deg)
    width_m = max(widest[2] - widest[0], _LEAST_M) + 2 * _PADDING_M
    height_m = max(widest[3] - widest[1], _LEAST_M) + 2 * _PADDING_M
    scale = (WIDTH - 2 * _EDGE) / max(width_m, height_m / _TALLEST)
    west, south, east, north = _turned_bounds(shapes, direction_deg)
    height_m = max(north - south, _LEAST_M) + 2 * _PADDING_M
    slack_m = (WIDTH - 2 * _EDGE) / scale - (east - west)
    return Frame(
        direction_deg=direction_deg,
        left_m=west - slack_m / 2,
        top_m=north + _PADDING_M,
        scale=scale,
        height=HEADING + height_m * scale,
    )


def _turned_bounds(shapes: Sequence[BaseGeometry], direction_deg: float) -> list[float]:
    turned = [affinity.rotate(shape, -direction_deg, origin=(0, 0)) for shape in shapes]
    bounds = shapely.total_bounds(np.array(turned, dtype=object)) if turned else np.zeros(4)
    return [float(each) for each in np.nan_to_num(bounds)]


def _line(
    drawn: BaseGeometry, ends: tuple[float, float, float, float], x: float, y: float
) -> BaseGeometry:
    """The part of a line across a shape that is nearest to a place."""
    parts = shapely.get_parts(
        shapely.intersection(drawn, shapely.linestrings([ends[:2], ends[2:]]))
    )
    return parts[int(np.argmin(shapely.distance(parts, shapely.Point(x, y))))]
