"""Where the tape of a seal runs on a level, and the posts that carry it."""

from dataclasses import dataclass

import shapely
from shapely import MultiLineString, MultiPoint
from shapely.geometry.base import BaseGeometry

from service.domain.plan import UnitKind
from service.domain.scene import Scene

ALONG_A_WALL_M = 0.02
"""An edge of the seal this near to the edge of the open units stands at a wall: no tape."""
STRAIGHT_M = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeLine:
    """Lines to tape and the corners of them that are on no wall; plane metres."""

    lines: BaseGeometry
    posts: BaseGeometry

    @property
    def length_m(self) -> float:
        """How much tape it takes."""
        return float(self.lines.length)


def tape_line(scene: Scene, level_id: str) -> TapeLine:
    """The edges of the sealed open cells of a level that no wall closes.

    A door needs none: it is shut and sealed by itself. Plane metres. Raises: LevelUnknown.
    """
    scene.plan.on(level_id)
    here = (cell for cell in scene.seal.cells if cell.level == level_id and not cell.crumb)
    cells = [cell for cell in here if cell.kind is UnitKind.OPEN]
    if not cells:
        return TapeLine(lines=MultiLineString(), posts=MultiPoint())
    sealed = shapely.union_all([cell.shape for cell in cells])
    near = scene.plan.near(level_id, sealed, within_m=ALONG_A_WALL_M)
    floor = shapely.union_all([unit.shape for unit in near if unit.kind is UnitKind.OPEN])
    walls = shapely.buffer(floor.boundary, ALONG_A_WALL_M, cap_style="flat")
    lines = shapely.line_merge(shapely.difference(sealed.boundary, walls))
    lines = shapely.simplify(lines, STRAIGHT_M)
    parts = [part for part in shapely.get_parts(lines) if part.length > ALONG_A_WALL_M]
    posts = [xy for part in parts for xy in _corners(part)]
    return TapeLine(lines=MultiLineString(parts), posts=MultiPoint(posts))


def _corners(line: BaseGeometry) -> list[tuple[float, float]]:
    """A line's corners; its ends are at walls, unless it closes."""
    corners: list[tuple[float, float]] = shapely.get_coordinates(line).tolist()
    return corners[1:] if line.is_closed else corners[1:-1]
