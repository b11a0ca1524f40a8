"""Where a plan lies: within 5 km of the scene, or moved there rigidly from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from service.domain.bounds import placed
from service.domain.coordinates import Coordinates
from service.domain.errors import Fault, PlanInvalid, PlanTooFar
from service.domain.plane import Plane, on_grid, to_plane
from service.domain.positions import Strand, Tally, read_position
from service.domain.words import Words

REACH_M = 5_000.0
"""How far from the scene's centre its plane is exact (0.4 mm per km)."""
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The plan's middle is put on (lon, lat), WGS 84, and turned, degrees counterclockwise."""

    lon: float
    lat: float
    turn_deg: float = 0.0


def take_placement(sent: object, *, pointer: str) -> Placement:
    """Read {"anchor": [lon, lat], "turn_deg": degrees}. Raises: PlanInvalid, GeometryInvalid."""
    turn: Any = sent.get("turn_deg", 0.0) if isinstance(sent, dict) else None
    good = isinstance(turn, int | float) and not isinstance(turn, bool) and -360 <= turn <= 360
    if not isinstance(sent, dict) or not good or not sent.keys() <= {"anchor", "turn_deg"}:
        raise PlanInvalid(
            Fault(
                pointer,
                Words("定位应为 anchor 与 turn_deg", "a placement has an anchor and a turn_deg"),
                Words(
                    '请给出 {"anchor": [经度, 纬度], "turn_deg": -360 到 360}',
                    'send {"anchor": [lon, lat], "turn_deg": -360 to 360}',
                ),
            )
        )
    here = f"{pointer}/anchor"
    position = Strand.of(read_position(sent.get("anchor"), here, Tally()), here)
    lon, lat = placed(position, crs="WGS84", bounds=True).xy[0].tolist()
    return Placement(lon=lon, lat=lat, turn_deg=float(turn))


def place(
    shapes: Sequence[tuple[str, BaseGeometry]], *, plane: Plane, placement: Placement | None
) -> list[BaseGeometry]:
    """WGS 84 shapes, each with the pointer of its feature, in metres of the scene's plane.

    Raises: PlanTooFar, when a shape reaches more than 5 km from the scene's centre.
    """
    drawn = [shape for _, shape in shapes]
    if placement is None or not drawn:
        for pointer, shape in shapes:
            _must_be_near(pointer, shape, plane)
        return [to_plane(shape, plane=plane) for shape in drawn]
    moved = _moved(drawn, placement, plane)
    for (pointer, _), shape in zip(shapes, moved, strict=True):
        if _farthest(shapely.get_coordinates(shape)) > REACH_M:
            raise _too_far(pointer, _farthest(shapely.get_coordinates(shape)))
    return moved


def _moved(drawn: Sequence[BaseGeometry], placement: Placement, plane: Plane) -> list[BaseGeometry]:
    west, south, east, north = shapely.total_bounds(np.array(drawn, dtype=object))
    own = Plane(lon0=float(west + east) / 2, lat0=float(south + north) / 2)
    anchor = to_plane(shapely.Point(placement.lon, placement.lat), plane=plane)
    turn = np.radians(placement.turn_deg)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    onto = partial(_rigid, matrix=matrix, shift=shapely.get_coordinates(anchor)[0])
    return [on_grid(shapely.transform(to_plane(shape, plane=own), onto)) for shape in drawn]


def _rigid(xy: Coordinates, *, matrix: Coordinates, shift: Coordinates) -> Coordinates:
    return xy @ matrix + shift


def _farthest(xy: Coordinates) -> float:
    """The greatest distance from the plane's centre; what cannot be told is infinitely far."""
    return float(np.nan_to_num(np.hypot(xy[:, 0], xy[:, 1]), nan=np.inf).max(initial=0.0))


def _must_be_near(pointer: str, shape: BaseGeometry, plane: Plane) -> None:
    lon, lat = shapely.get_coordinates(shape).T
    centre = np.full_like(lon, plane.lon0), np.full_like(lat, plane.lat0)
    farthest = float(_EARTH.inv(*centre, lon, lat)[2].max(initial=0.0))
    if farthest > REACH_M:
        raise _too_far(pointer, farthest)


def _too_far(pointer: str, distance_m: float) -> PlanTooFar:
    far = f"{distance_m / 1000:,.1f}"
    return PlanTooFar(
        Fault(
            pointer,
            Words(
                f"该要素距现场中心 {far} 公里，平面图应在 5 公里以内",
                f"this feature lies {far} km from the scene's centre; a plan lies within 5 km",
            ),
            Words(
                "请检查坐标系，或以 placement 给出 anchor（经纬度）与 turn_deg，把图平移到现场",
                "check its coordinate system, or send placement: {anchor: [lng, lat], turn_deg} "
                "to move the plan onto the place",
            ),
        ),
        distance_m=round(distance_m),
        placement={"anchor": ["lng", "lat"], "turn_deg": 0},
    )
