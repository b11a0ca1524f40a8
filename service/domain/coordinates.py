"""Coordinate systems met in China, to and from WGS 84 longitude and latitude in degrees.

GCJ-02 (Amap, Tencent) and BD-09 (Baidu) follow the published formulas; their inverses have no
closed form and are iterated to 1e-9 degrees. CGCS2000 has drifted from today's WGS 84 by most of
a metre: it is treated as equal, and adds 1 m to the accuracy. Coordinates are (lon, lat), or
(easting, northing) in metres for the Gauss-Krüger grids EPSG:4513 to EPSG:4554.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

Coordinates = npt.NDArray[np.float64]
Conversion = Callable[[Coordinates], Coordinates]
AnyGeometry = TypeVar("AnyGeometry", bound=BaseGeometry)

GRIDS = frozenset(f"EPSG:{code}" for code in range(4513, 4555))
_CGCS2000_DEGREES = frozenset({"CGCS2000", "EPSG:4490"})
SYSTEMS = frozenset({"WGS84", "GCJ02", "BD09"}) | _CGCS2000_DEGREES | GRIDS

CGCS2000_DRIFT_M = 1.0
_STEP_DEG = 1e-9
_MOST_STEPS = 30
# The ellipsoid of the GCJ-02 formula (Krasovsky 1940), and the box outside which it does nothing.
_A_M, _EE = 6378245.0, 0.00669342162296594323
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
_BD_TURN = np.pi * 3000.0 / 180.0


def to_wgs84(geometry: AnyGeometry, crs: str) -> AnyGeometry:
    """The geometry, given in `crs` (one of SYSTEMS), in WGS 84 degrees."""
    return _moved(geometry, _into_wgs84(crs))


def from_wgs84(geometry: AnyGeometry, crs: str) -> AnyGeometry:
    """The geometry, given in WGS 84 degrees, in `crs` (one of SYSTEMS)."""
    return _moved(geometry, _out_of_wgs84(crs))


def added_accuracy_m(crs: str) -> float:
    """What reading `crs` as WGS 84 adds to a position's accuracy, in metres."""
    return CGCS2000_DRIFT_M if crs in _CGCS2000_DEGREES | GRIDS else 0.0


@lru_cache(maxsize=len(GRIDS))
def central_meridian(crs: str) -> float:
    """The central meridian, in degrees, of a Gauss-Krüger grid (one of GRIDS)."""
    operation = CRS(crs).coordinate_operation
    named = {parameter.name: parameter.value for parameter in operation.params}  # type: ignore[union-attr]
    return float(named["Longitude of natural origin"])


def wgs84_to_gcj02(lonlat: Coordinates) -> Coordinates:
    """GCJ-02 from WGS 84, shape (n, 2); outside China nothing moves."""
    inside = _inside_china(lonlat)[:, np.newaxis]
    return np.where(inside, lonlat + _gcj02_offset(lonlat), lonlat)


def gcj02_to_wgs84(lonlat: Coordinates) -> Coordinates:
    """WGS 84 from GCJ-02, shape (n, 2), by iteration; outside China nothing moves."""
    found = _inverted(lambda guess: guess + _gcj02_offset(guess), lonlat)
    return np.where(_inside_china(found)[:, np.newaxis], found, lonlat)


def gcj02_to_bd09(lonlat: Coordinates) -> Coordinates:
    """BD-09 from GCJ-02, shape (n, 2)."""
    x, y = lonlat[:, 0], lonlat[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_TURN)
    return np.column_stack((radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006))


def bd09_to_gcj02(lonlat: Coordinates) -> Coordinates:
    """GCJ-02 from BD-09, shape (n, 2), by iteration."""
    return _inverted(gcj02_to_bd09, lonlat)


def _into_wgs84(crs: str) -> Conversion:
    if crs in GRIDS:
        return partial(_projected, _grid(crs), inverse=False)
    return {
        "GCJ02": gcj02_to_wgs84,
        "BD09": lambda lonlat: gcj02_to_wgs84(bd09_to_gcj02(lonlat)),
    }.get(crs, np.array)


def _out_of_wgs84(crs: str) -> Conversion:
    if crs in GRIDS:
        return partial(_projected, _grid(crs), inverse=True)
    return {
        "GCJ02": wgs84_to_gcj02,
        "BD09": lambda lonlat: gcj02_to_bd09(wgs84_to_gcj02(lonlat)),
    }.get(crs, np.array)


def _moved(geometry: AnyGeometry, conversion: Conversion) -> AnyGeometry:
    moved: AnyGeometry = shapely.transform(geometry, conversion)
    return moved


def _inverted(forward: Conversion, wanted: Coordinates) -> Coordinates:
    """Where `forward` gives `wanted`: fixed-point steps, each 500 times smaller than the last."""
    guess = wanted.copy()
    with np.errstate(all="ignore"):  # far from China the steps run away; bounds.py refuses those
        for _ in range(_MOST_STEPS):
            step = wanted - forward(guess)
            guess = guess + step
            if np.abs(step).max(initial=0.0) < _STEP_DEG:
                break
    return guess


def _inside_china(lonlat: Coordinates) -> npt.NDArray[np.bool_]:
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    inside: npt.NDArray[np.bool_] = (
        (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    )
    return inside


def _gcj02_offset(lonlat: Coordinates) -> Coordinates:
    """What the formula adds to (lon, lat), in degrees."""
    lat = np.radians(lonlat[:, 1])
    magic = 1 - _EE * np.sin(lat) ** 2
    east_m, north_m = _gcj02_offset_m(lonlat[:, 0] - 105.0, lonlat[:, 1] - 35.0)
    per_lon = _A_M / np.sqrt(magic) * np.cos(lat)
    per_lat = _A_M * (1 - _EE) / (magic * np.sqrt(magic))
    return np.column_stack((np.degrees(east_m / per_lon), np.degrees(north_m / per_lat)))


def _gcj02_offset_m(x: Coordinates, y: Coordinates) -> tuple[Coordinates, Coordinates]:
    """The formula's shift east and north, in metres, at x, y degrees from 105° E 35° N."""
    both = 20.0 * _wave(x, 6.0) + 20.0 * _wave(x, 2.0)
    east = 20.0 * _wave(x, 1.0) + 40.0 * _wave(x, 1 / 3) + 150.0 * _wave(x, 1 / 12)
    east += 300.0 * _wave(x, 1 / 30) + both
    north = 20.0 * _wave(y, 1.0) + 40.0 * _wave(y, 1 / 3) + 160.0 * _wave(y, 1 / 12)
    north += 320.0 * _wave(y, 1 / 30) + both
    root = np.sqrt(np.abs(x))
    return (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + east * 2 / 3,
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + north * 2 / 3,
    )


def _wave(degrees: Coordinates, turns: float) -> Coordinates:
    return np.sin(degrees * turns * np.pi)


@lru_cache(maxsize=len(GRIDS))
def _grid(crs: str) -> Transformer:
    return Transformer.from_crs(crs, "EPSG:4490", always_xy=True)


def _projected(grid: Transformer, xy: Coordinates, *, inverse: bool) -> Coordinates:
    direction = "INVERSE" if inverse else "FORWARD"
    return np.column_stack(grid.transform(xy[:, 0], xy[:, 1], direction=direction))
