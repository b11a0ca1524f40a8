"""Geometry from outside: read from GeoJSON, mended where no guess is needed, or refused.

The one door by which geometry comes in. What was sent is kept beside the WGS 84 derived from it.
"""

from dataclasses import dataclass
from typing import Any

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

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
    raise NotImplementedError


def grow(taken: Taken, metres: float) -> Polygon | MultiPolygon:
    """The area of bare points and lines grown by `metres`, united with the areas; WGS 84.

    Raises: GeometryInvalid when nothing is left with an area (metres not above 0).
    """
    raise NotImplementedError
