"""One GeoJSON geometry (RFC 7946) read into shapely, WGS 84, with its mends."""

from dataclasses import dataclass, field
from typing import Any

from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from service.domain.areas import sound_multipolygon, sound_polygon
from service.domain.bounds import placed
from service.domain.depth import token
from service.domain.positions import Strand, Tally, read_list, read_position, read_strand, wrong
from service.domain.rings import sound_line, without_repeats
from service.domain.words import Words

_COLLECTION = "GeometryCollection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A geometry being read: its system and bounds, the count so far, the mends so far."""

    crs: str
    bounds: bool
    tally: Tally = field(default_factory=Tally)
    mends: list[Words] = field(default_factory=list)

    def geometry(
        self, members: dict[str, Any], pointer: str, kinds: frozenset[str]
    ) -> BaseGeometry:
        """The geometry whose members were found right by `members_of`. Raises: GeometryInvalid."""
        if members["type"] != _COLLECTION:
            return self._shape(members["type"], members["coordinates"], f"{pointer}/coordinates")
        inner = kinds - {_COLLECTION}
        return GeometryCollection(
            [
                self.geometry(members_of(member, here, inner), here, inner)
                for member, here in read_list(members["geometries"], f"{pointer}/geometries")
            ]
        )

    def report_altitudes(self, pointer: str) -> None:
        """Say how many third numbers were dropped."""
        count = self.tally.altitudes
        if count:
            zh = f"{pointer}：去掉 {count} 个坐标点的高程"
            self.mends.append(Words(zh, f"{pointer}: altitude left out of {count} position(s)"))

    def _shape(self, kind: str, sent: object, pointer: str) -> BaseGeometry:
        match kind:
            case "Point":
                return self._point(sent, pointer)
            case "MultiPoint":
                return MultiPoint(without_repeats(self._strand(sent, pointer), self.mends).xy)
            case "LineString":
                return LineString(sound_line(self._strand(sent, pointer), self.mends).xy)
            case "MultiLineString":
                lines = [sound_line(strand, self.mends) for strand in self._strands(sent, pointer)]
                return MultiLineString([line.xy for line in lines])
            case "Polygon":
                return sound_polygon(self._strands(sent, pointer), self.mends)
            case _:
                parts = [self._strands(part, here) for part, here in read_list(sent, pointer)]
                return sound_multipolygon(parts, self.mends, pointer=pointer)

    def _point(self, sent: object, pointer: str) -> BaseGeometry:
        position = read_position(sent, pointer, self.tally)
        return Point(placed(Strand.of(position, pointer), crs=self.crs, bounds=self.bounds).xy[0])

    def _strand(self, sent: object, pointer: str) -> Strand:
        strand = read_strand(sent, pointer, self.tally)
        return placed(strand, crs=self.crs, bounds=self.bounds)

    def _strands(self, sent: object, pointer: str) -> list[Strand]:
        return [self._strand(row, here) for row, here in read_list(sent, pointer)]


def members_of(sent: object, pointer: str, kinds: frozenset[str]) -> dict[str, Any]:
    """The members of a GeoJSON geometry object whose type is one of `kinds`.

    Raises: GeometryInvalid.
    """
    if not isinstance(sent, dict):
        raise wrong(
            pointer,
            Words("此处应为 GeoJSON 图形对象", "a GeoJSON geometry object is expected here"),
            Words("请给出 type 与 coordinates", "send an object with type and coordinates"),
        )
    kind = sent.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        listed = ", ".join(sorted(kinds))
        raise wrong(
            f"{pointer}/type",
            Words(f"图形类型应为以下之一：{listed}", f"the type must be one of: {listed}"),
            Words("请改用允许的图形类型", "use one of these types"),
        )
    needed = "geometries" if kind == _COLLECTION else "coordinates"
    if needed not in sent:
        raise wrong(
            f"{pointer}/{needed}",
            Words(f"缺少 {needed}", f"{needed} is missing"),
            Words(f"请补上 {needed}", f"send {needed}"),
        )
    unread = [name for name in sent if name not in ("type", needed, "bbox")]
    if unread:
        raise wrong(
            f"{pointer}/{token(unread[0])}",
            Words("图形中有不认识的字段", "a geometry has no such member"),
            Words("请删去该字段", "leave it out"),
        )
    return sent
