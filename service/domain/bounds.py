"""Whether a position lies where it can: in China, or at least on the earth; axes not swapped."""

import numpy as np
import numpy.typing as npt
import shapely

from service.domain.coordinates import GRIDS, Coordinates, central_meridian, to_wgs84
from service.domain.positions import Strand, wrong
from service.domain.words import Words

CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north of the box around China, in degrees."""
_EARTH = (-180.0, -90.0, 180.0, 90.0)
_GRID_REACH_DEG = 3.0
"""How far from its central meridian a 3-degree zone is still believed."""


def placed(strand: Strand, *, crs: str, bounds: bool) -> Strand:
    """The strand in WGS 84 degrees.

    Raises: GeometryInvalid, at the first position that lies outside, or is (lat, lon).
    """
    lonlat = _converted(strand.xy, crs)
    outside = ~_within(lonlat, crs=crs, bounds=bounds)
    if outside.any():
        first = int(outside.argmax())
        swapped = _converted(strand.xy[first : first + 1, ::-1], crs)
        if _within(swapped, crs=crs, bounds=bounds).all():
            raise _swapped(strand.pointer_to(first), crs)
        raise _outside(strand.pointer_to(first), strand.xy[first], crs, bounds)
    return Strand(pointer=strand.pointer, xy=lonlat, places=strand.places)


def _converted(xy: Coordinates, crs: str) -> Coordinates:
    """Equal positions stay equal: each is converted once."""
    different, back = np.unique(xy, axis=0, return_inverse=True)
    points = to_wgs84(shapely.multipoints(different), crs)
    lonlat: Coordinates = shapely.get_coordinates(points)[back]
    return lonlat


def _within(lonlat: Coordinates, *, crs: str, bounds: bool) -> npt.NDArray[np.bool_]:
    west, south, east, north = CHINA if bounds else _EARTH
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    within = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if crs in GRIDS:
        within &= np.abs(lon - central_meridian(crs)) <= _GRID_REACH_DEG
    inside: npt.NDArray[np.bool_] = within
    return inside


def _swapped(pointer: str, crs: str) -> Exception:
    order = Words("[东坐标, 北坐标]", "[easting, northing]")
    if crs not in GRIDS:
        order = Words("[经度, 纬度]", "[longitude, latitude]")
    return wrong(
        pointer,
        Words("坐标顺序颠倒：纬度写在了前面", "the axes are swapped: latitude comes first"),
        Words(f"请按 {order.zh} 的顺序给出", f"send {order.en}"),
    )


def _outside(pointer: str, xy: Coordinates, crs: str, bounds: bool) -> Exception:
    at = f"{xy[0]:.10g}, {xy[1]:.10g}"
    west, south, east, north = CHINA if bounds else _EARTH
    box_zh = f"东经 {west:g}–{east:g}°、北纬 {south:g}–{north:g}°"
    box_en = f"{west:g} to {east:g}° E, {south:g} to {north:g}° N"
    if not bounds:
        box_zh, box_en = "地球表面", "the earth"
    return wrong(
        pointer,
        Words(f"坐标（{at}）超出范围（{box_zh}）", f"{at} lies outside the bounds ({box_en})"),
        Words(
            f"请检查坐标，以及坐标系是否确为 {crs}",
            f"check the coordinate, and whether its system is {crs} indeed",
        ),
    )
