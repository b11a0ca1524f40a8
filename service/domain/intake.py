"""Geometry from outside: read from GeoJSON, mended where no guess is needed, or refused.

The one door by which geometry comes in. What was sent is kept beside the WGS 84 derived from it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from service.domain.coordinates import SYSTEMS, added_accuracy_m
from service.domain.depth import check_depth
from service.domain.errors import GeometryInvalid, NestedTooDeep
from service.domain.plane import Plane, to_plane, to_wgs84
from service.domain.positions import wrong
from service.domain.reading import Reading, members_of
from service.domain.words import Words

POINTS = frozenset({"Point", "MultiPoint"})
LINES = frozenset({"LineString", "MultiLineString"})
AREAS = frozenset({"Polygon", "MultiPolygon"})
ANY_KIND = POINTS | LINES | AREAS | {"GeometryCollection"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A geometry as taken in: WGS 84 (lon, lat), beside what was sent and in which system.

    `accuracy_m` includes what the conversion adds (1 m for CGCS2000); `mends` says in words
    what was put right.
    """

    geometry: BaseGeometry
    sent: dict[str, Any]
    crs: str
    accuracy_m: float
    mends: tuple[Words, ...]


def take_geometry(
    sent: object,
    *,
    pointer: str,
    kinds: frozenset[str],
    crs: str = "WGS84",
    accuracy_m: float = 0.0,
    bounds: bool = True,
) -> Taken:
    """Read one GeoJSON geometry; `pointer` is its place in the document sent.

    `kinds` are the GeoJSON types allowed; `crs` is WGS84, GCJ02, BD09, CGCS2000, EPSG:4490 or
    EPSG:4513 to EPSG:4554 (easting first); `bounds=False` lets it lie outside China.

    Raises: GeometryInvalid, whose fault points at the very member that is wrong.
    """
    _must_be_known(crs, pointer.rpartition("/")[0] + "/crs")
    try:
        check_depth(sent, pointer=pointer)
    except NestedTooDeep as refusal:
        raise GeometryInvalid(*refusal.faults) from None
    members = members_of(sent, pointer, kinds)
    reading = Reading(crs=crs, bounds=bounds)
    geometry = reading.geometry(members, pointer, kinds)
    reading.report_altitudes(pointer)
    return Taken(
        geometry=geometry,
        sent=members,
        crs=crs,
        accuracy_m=accuracy_m + added_accuracy_m(crs),
        mends=tuple(reading.mends),
    )


def grow(taken: Taken, metres: float) -> Polygon | MultiPolygon:
    """The area of bare points and lines grown by `metres`, united with the areas; WGS 84.

    Raises: GeometryInvalid when nothing is left with an area (metres not above 0).
    """
    middle = shapely.centroid(taken.geometry)
    plane = Plane(lon0=middle.x, lat0=middle.y)
    parts = shapely.get_parts(shapely.get_parts(to_plane(taken.geometry, plane=plane)))
    bare = shapely.get_dimensions(parts) < 2
    grown = shapely.union_all(np.where(bare, shapely.buffer(parts, metres, quad_segs=8), parts))
    if shapely.get_dimensions(grown) < 2 or grown.is_empty:
        raise wrong(
            "/accuracy_m",
            Words("点或线没有精度，不成区域", "a bare point or line without accuracy has no area"),
            Words("请给出定位精度（米），或画出区域", "send its accuracy in metres, or an area"),
        )
    area: Polygon | MultiPolygon = to_wgs84(grown, plane=plane)
    return area


def _must_be_known(crs: object, pointer: str) -> None:
    if not isinstance(crs, str) or crs not in SYSTEMS:
        listed = "WGS84, GCJ02, BD09, CGCS2000, EPSG:4513–EPSG:4554"
        raise wrong(
            pointer,
            Words(f"坐标系应为以下之一：{listed}", f"the system must be one of: {listed}"),
            Words("请写明坐标来源的坐标系", "name the system the coordinates came from"),
        )
