"""Rows of positions mended where no guess is needed, and rings that cannot be used refused."""

import re
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon

from service.domain.coordinates import Coordinates
from service.domain.positions import Strand, wrong
from service.domain.words import Words

LEAST_AREA_M2 = 0.01
_M_PER_DEGREE = 111_320.0
_AT = re.compile(r"(.*)\[(\S+) (\S+)\]")


def without_repeats(strand: Strand, mends: list[Words]) -> Strand:
    """The strand without positions equal to the one before; what was left out is reported."""
    keep = np.ones(len(strand.xy), dtype=bool)
    keep[1:] = (strand.xy[1:] != strand.xy[:-1]).any(axis=1)
    dropped = int((~keep).sum())
    if not dropped:
        return strand
    mends.append(
        Words(
            f"{strand.pointer}：去掉 {dropped} 个重复点",
            f"{strand.pointer}: {dropped} repeated point(s) left out",
        )
    )
    places = tuple(place for place, kept in zip(strand.places, keep, strict=True) if kept)
    return Strand(pointer=strand.pointer, xy=strand.xy[keep], places=places)


def sound_line(strand: Strand, mends: list[Words]) -> Strand:
    """A line of at least two different points. Raises: GeometryInvalid."""
    line = without_repeats(strand, mends)
    if len(line.xy) < 2:
        raise wrong(
            strand.pointer,
            Words("线至少要有 2 个不同的点", "a line needs 2 different points"),
            Words("请再加一点，或改为点", "add a point, or send a Point"),
        )
    return line


def sound_ring(strand: Strand, mends: list[Words], *, hole: bool) -> Strand:
    """A closed ring that neither crosses itself nor is flat, in the direction of RFC 7946.

    Raises: GeometryInvalid.
    """
    ring = _closed(without_repeats(strand, mends), mends)
    if len(ring.xy) < 4:
        raise wrong(
            strand.pointer,
            Words("环至少要有 3 个不同的点", "a ring needs 3 different points"),
            Words("请补充顶点", "add corners"),
        )
    _must_have_area(ring)
    _must_not_cross_itself(ring)
    return _turned(ring, mends, hole=hole)


def _closed(ring: Strand, mends: list[Words]) -> Strand:
    if (ring.xy[0] == ring.xy[-1]).all() and len(ring.xy) > 1:
        return ring
    mends.append(Words(f"{ring.pointer}：补上闭合点", f"{ring.pointer}: closing point added"))
    return Strand(
        pointer=ring.pointer,
        xy=np.vstack((ring.xy, ring.xy[:1])),
        places=(*ring.places, ring.places[0]),
    )


def _must_have_area(ring: Strand) -> None:
    if _area_m2(shapely.convex_hull(shapely.multipoints(ring.xy))) < LEAST_AREA_M2:
        raise wrong(
            ring.pointer,
            Words("环没有面积（各点几乎在一直线上）", "the ring encloses no area"),
            Words("请检查各顶点", "check its corners"),
        )


def _area_m2(shape: Polygon) -> float:
    latitude = np.radians(shape.bounds[1])
    return float(shape.area * _M_PER_DEGREE**2 * np.cos(latitude))


def _must_not_cross_itself(ring: Strand) -> None:
    found = where_invalid(Polygon(ring.xy))
    if found is None:
        return
    at = found[1]
    first, second = _nearest_sides(ring.xy, at)
    sides = f"{ring.places[first]}, {ring.places[second]}"
    raise wrong(
        ring.pointer_to(first),
        Words(
            f"环自相交或自接触：在 {at[0]:.7f}, {at[1]:.7f} 处，"
            f"始于第 {sides} 点（从 0 数）的两边相遇",
            f"the ring crosses or touches itself at {at[0]:.7f}, {at[1]:.7f}, "
            f"where the sides that begin at points {sides} (counted from 0) meet",
        ),
        Words("请重画，使边线不相交", "redraw it so that its sides do not meet"),
    )


def where_invalid(shape: shapely.Geometry) -> tuple[str, tuple[float, float]] | None:
    """GEOS's reason why a shape is not valid, and the place; None when it is."""
    reason = shapely.is_valid_reason(shape)
    found = _AT.fullmatch(reason)
    return found and (found[1], (float(found[2]), float(found[3])))


def _nearest_sides(xy: Coordinates, at: Sequence[float]) -> tuple[int, int]:
    """The two sides of a ring nearest to a place, lower index first."""
    sides = shapely.linestrings(np.stack((xy[:-1], xy[1:]), axis=1))
    distances = shapely.distance(sides, shapely.Point(at))
    first, second = sorted(np.argsort(distances, kind="stable")[:2])
    return int(first), int(second)


def _turned(ring: Strand, mends: list[Words], *, hole: bool) -> Strand:
    if bool(shapely.is_ccw(shapely.linearrings(ring.xy))) is not hole:
        return ring
    mends.append(Words(f"{ring.pointer}：环的方向已改正", f"{ring.pointer}: ring turned round"))
    return Strand(pointer=ring.pointer, xy=ring.xy[::-1], places=ring.places[::-1])
