"""Control points as sent: a place in a picture, and the same place on the earth or the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import shapely

from service.domain.errors import Fault, PlanTooFar
from service.domain.plan_fitting import ControlPoint
from service.domain.plan_placing import REACH_M
from service.domain.plane import Plane, to_plane
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PointGiven:
    """`source` in pixels or in the drawing's unit; then `lonlat`, WGS 84 degrees, or `plane_m`."""

    pointer: str
    source: tuple[float, float]
    lonlat: tuple[float, float] | None = None
    plane_m: tuple[float, float] | None = None


def on_plane(
    points: Sequence[PointGiven], *, plane: Plane, unit_m: float = 1.0
) -> tuple[ControlPoint, ...]:
    """The points with their targets in metres of the plane and sources times `unit_m`.

    Raises: PlanTooFar, at a point over 5 km from the scene's centre.
    """
    return tuple(
        ControlPoint(
            pointer=point.pointer,
            source=(point.source[0] * unit_m, point.source[1] * unit_m),
            target=_target(point, plane),
        )
        for point in points
    )


def _target(point: PointGiven, plane: Plane) -> tuple[float, float]:
    if point.lonlat is None:
        x, y = point.plane_m or (0.0, 0.0)
    else:
        x, y = shapely.get_coordinates(to_plane(shapely.Point(point.lonlat), plane=plane))[0]
    if not hypot(x, y) <= REACH_M:
        far = f"{hypot(x, y) / 1000:,.1f}"
        raise PlanTooFar(
            Fault(
                point.pointer,
                Words(
                    f"该控制点距现场中心 {far} 公里",
                    f"this control point lies {far} km from the scene's centre",
                ),
                Words("请检查坐标与坐标系", "check the coordinate and its system"),
            )
        )
    return float(x), float(y)
