"""Shapes of a drawn plan: numbers are read strictly, while rings may cross themselves or overlap.

A venue's plan has flaws that mending settles (mending.py); one geometry of a finding may have
none (reading.py).
"""

from typing import Any

import shapely
from shapely import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from shapely.geometry.base import BaseGeometry

from service.domain.bounds import placed
from service.domain.coordinates import Coordinates
from service.domain.positions import Strand, Tally, read_list, read_position, read_strand, wrong
from service.domain.words import Words

_KINDS = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
)


def rough_shape(sent: object, pointer: str, *, tally: Tally, crs: str) -> BaseGeometry | None:
    """The shape in WGS 84 anywhere on earth, valid or not; None for no geometry or no positions.

    Raises: GeometryInvalid.
    """
    if sent is None or (isinstance(sent, dict) and sent.get("coordinates") == []):
        return None
    if not isinstance(sent, dict):
        raise wrong(
            pointer,
            Words("此处应为 GeoJSON 图形对象", "a GeoJSON geometry object is expected here"),
            Words("请给出 type 与 coordinates", "send an object with type and coordinates"),
        )
    kind = sent.get("type")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise wrong(
            f"{pointer}/type",
            Words("平面图不用这种图形", "a plan has no use for this type of geometry"),
            Words("请用点、线或面", "use points, lines or polygons"),
        )
    return _Rough(tally, crs).shape(kind, sent.get("coordinates"), f"{pointer}/coordinates")


def area_of(shape: BaseGeometry) -> BaseGeometry:
    """What of a shape has an area: a valid Polygon or MultiPolygon, maybe empty."""
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


class _Rough:
    def __init__(self, tally: Tally, crs: str) -> None:
        self.tally, self.crs = tally, crs

    def shape(self, kind: str, sent: Any, pointer: str) -> BaseGeometry:
        match kind:
            case "Point":
                position = Strand.of(read_position(sent, pointer, self.tally), pointer)
                return Point(placed(position, crs=self.crs, bounds=False).xy[0])
            case "MultiPoint":
                return MultiPoint(self._row(sent, pointer))
            case "LineString":
                return _line(self._row(sent, pointer))
            case "MultiLineString":
                rows = [self._row(row, here) for row, here in read_list(sent, pointer)]
                return MultiLineString([_line(row) for row in rows])
            case "Polygon":
                return self._polygon(sent, pointer)
            case _:
                parts = [self._polygon(part, here) for part, here in read_list(sent, pointer)]
                return MultiPolygon(parts)

    def _row(self, sent: object, pointer: str) -> Coordinates:
        strand = read_strand(sent, pointer, self.tally)
        return placed(strand, crs=self.crs, bounds=False).xy

    def _polygon(self, sent: object, pointer: str) -> Polygon:
        rows = [self._row(row, here) for row, here in read_list(sent, pointer)]
        shell, *holes = [_ring(row) for row in rows]
        return Polygon(shell, holes)


def _line(row: Coordinates) -> LineString:
    """One position makes a line of no length: an opening of unknown width."""
    return LineString([row[0], row[0]] if len(row) == 1 else row)


def _ring(row: Coordinates) -> Coordinates:
    """A ring of one or two positions goes there and back; it has no area, which shows later."""
    return row if len(row) >= 3 else row[[0, -1, 0, 0]]
