"""An evacuation plan photographed on the wall, laid under a level: looked at, never decided on.

It is a record of its own beside the scene: laying, moving or taking one away leaves plan, holds
and seal as they are.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.plan_control_points import PointGiven, on_plane
from service.domain.plan_fitting import Fit, FitKind, fit
from service.domain.plane import Plane, to_wgs84


@dataclass(frozen=True, slots=True, kw_only=True)
class Underlay:
    """A photo of the incident under a level of the scene, by a fit of its pixels (y down).

    Pixels are those of the photo as its previews show it, turned as the camera was held.
    """

    id: UUID
    version: int
    scene_id: UUID
    photo_id: UUID
    width_px: int
    height_px: int
    level: str
    points: tuple[PointGiven, ...]
    fit: Fit

    def corners(self, plane: Plane) -> BaseGeometry:
        """The photo's corners in WGS 84: top left, top right, bottom right, bottom left."""
        wide, high = self.width_px, self.height_px
        corners = shapely.multipoints([(0, 0), (wide, 0), (wide, high), (0, high)])
        return to_wgs84(self.fit.onto(corners), plane=plane)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderlayLaid:
    """An underlay was laid, or laid anew."""

    NAME: ClassVar[str] = "underlay-laid"
    VERSION: ClassVar[int] = 1
    underlay: Underlay


UNDERLAY_EVENTS = (UnderlayLaid,)


def fitted(points: tuple[PointGiven, ...], *, kind: FitKind, plane: Plane) -> Fit:
    """Fit the photo's pixels to the plane.

    Raises: PlanTooFar, PointsTooFew, PointsCoincide, PointsCollinear, PointsMirrored.
    """
    placed = on_plane(points, plane=plane)
    return fit(placed, kind=kind, y_is_down=True, pointer="/points")
