"""Polygons put together from sound rings: holes inside their shell, parts beside each other."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from service.domain.positions import Strand, wrong
from service.domain.rings import sound_ring, where_invalid
from service.domain.words import Words


def sound_polygon(strands: list[Strand], mends: list[Words]) -> Polygon:
    """A polygon of a shell and holes in WGS 84. Raises: GeometryInvalid."""
    rings = [sound_ring(strand, mends, hole=index > 0) for index, strand in enumerate(strands)]
    polygon = Polygon(rings[0].xy, [ring.xy for ring in rings[1:]])
    found = where_invalid(polygon)
    if found is None:
        return polygon
    raise _hole_outside(rings) or _meeting(
        strands[0].pointer.rpartition("/")[0],
        Words("孔洞之间相交或把面切断", "its holes meet, or cut it apart"),
        found[1],
    )


def sound_multipolygon(
    parts: list[list[Strand]], mends: list[Words], *, pointer: str
) -> MultiPolygon:
    """Polygons that share no area. Raises: GeometryInvalid."""
    whole = MultiPolygon([sound_polygon(strands, mends) for strands in parts])
    found = where_invalid(whole)
    if found is None:
        return whole
    raise _meeting(pointer, Words("各部分互相重叠", "its parts overlap"), found[1])


def _hole_outside(rings: list[Strand]) -> Exception | None:
    shell = Polygon(rings[0].xy)
    holes = np.array([Polygon(ring.xy) for ring in rings[1:]])
    outside = ~shapely.covers(shell, holes)
    if not outside.any():
        return None
    return wrong(
        rings[1 + int(outside.argmax())].pointer,
        Words("孔洞不在外环之内", "the hole is not inside the shell"),
        Words("请删去该孔洞，或把它画在外环之内", "drop the hole, or draw it inside"),
    )


def _meeting(pointer: str, problem: Words, at: tuple[float, float]) -> Exception:
    place = f"{at[0]:.7f}, {at[1]:.7f}"
    return wrong(
        pointer,
        Words(f"{problem.zh}：在 {place} 处", f"{problem.en}, at {place}"),
        Words("请重画该图形", "redraw it"),
    )
