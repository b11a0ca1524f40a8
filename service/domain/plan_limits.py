"""How much a plan may ask of mending: more than any building does, less than an attack would.

Two nets of a thousand lines each make a million faces: the size of a file says nothing of that.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.errors import Fault, PlanInvalid
from service.domain.plan import Level
from service.domain.words import Words

LEVEL_LIMIT = 300
"""The tallest building has 163 storeys."""
MEETINGS_A_PART = 40
"""A wall meets its neighbours, a room too; in a whole plan not more than this on average."""
MEETINGS_FREE = 20_000
WORK_LIMIT = 20_000_000
"""Gaps times the corners of the unit beside each: a few seconds of mending."""
_AT_ONCE = 256


def must_be_mendable(levels: Sequence[Level]) -> None:
    """Raises: PlanInvalid, naming the level whose lines or units meet too often."""
    if len(levels) > LEVEL_LIMIT:
        raise _refused(
            Words(f"楼层超过 {LEVEL_LIMIT} 层", f"more than {LEVEL_LIMIT} levels"),
        )
    for level in levels:
        shapes = [unit.shape for unit in level.units]
        if _meet_too_often(shapes) or _meet_too_often(_sides(level)):
            raise _refused(
                Words(
                    f"楼层 {level.name} 上的图形重叠或交叉过多",
                    f"on level {level.name} shapes overlap or cross far too often",
                )
            )


def must_be_few(pairs: NDArray[np.int64], shapes: Sequence[BaseGeometry], level: Level) -> None:
    """Raises: PlanInvalid when too many gaps (pairs of shape, gap) lie along too many corners."""
    corners = shapely.get_num_coordinates(np.asarray(shapes, dtype=object))
    if int(corners[pairs[0]].sum()) > WORK_LIMIT:
        raise _refused(
            Words(
                f"楼层 {level.name} 上不足 1 厘米的缝隙过多",
                f"on level {level.name} there are far too many gaps under 1 cm",
            )
        )


def _sides(level: Level) -> Sequence[BaseGeometry]:
    """Every side of every ring, as a line of its own."""
    outline = [] if level.outline is None else [level.outline]
    shapes = [*(unit.shape for unit in level.units), *outline]
    rings = shapely.get_rings(shapely.get_parts(shapely.get_parts(shapes)))
    pairs = []
    for ring in rings:
        xy = shapely.get_coordinates(ring)
        pairs.append(np.stack((xy[:-1], xy[1:]), axis=1))
    return list(shapely.linestrings(np.concatenate(pairs))) if pairs else []


def _meet_too_often(shapes: Sequence[BaseGeometry]) -> bool:
    limit = MEETINGS_FREE + MEETINGS_A_PART * len(shapes)
    count = 0
    for met in _meetings(shapes):
        count += met
        if count > limit:
            return True
    return False


def _meetings(shapes: Sequence[BaseGeometry]) -> Iterator[int]:
    """How many shapes meet those of one batch after the other, so that counting can stop."""
    tree = STRtree(shapes)
    for start in range(0, len(shapes), _AT_ONCE):
        batch = shapes[start : start + _AT_ONCE]
        yield int(tree.query(batch, predicate="intersects").shape[1])


def _refused(wrong: Words) -> PlanInvalid:
    remedy = Words(
        "请只留下各房间的轮廓后再提交", "leave the outlines of rooms only, and send it again"
    )
    return PlanInvalid(Fault("/features", wrong, remedy))
