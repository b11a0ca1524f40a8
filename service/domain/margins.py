"""Margins: a finding's part in open units, grown; a wall stops a margin, not a finding."""

import itertools
from math import ceil, sqrt

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.pieces import LEAST_PIECE_M2, big_pieces, inner_points, joined, polygon_parts
from service.domain.plan import Plan, UnitKind
from service.domain.plane import GRID_M, Axes

COMMON_EDGE_M = 0.05 - 2 * GRID_M
"""Two open units touch where they share 5 cm of edge, as drawn to a millimetre at either end."""
BESIDE_M = 1e-5
"""Pieces cut along one edge differ by rounding only; nearer than this they share it."""

Piece = tuple[str, BaseGeometry]


def grow(shape: BaseGeometry, by_m: float, *, axes: Axes) -> BaseGeometry:
    """Grow a shape in the scene's axes, so that a turned scene gets its circles turned too."""
    if by_m <= 0:
        return shape
    return axes.outward(shapely.buffer(axes.inward(shape), by_m, quad_segs=quad_segs(by_m)))


def quad_segs(by_m: float) -> int:
    """In how many chords a quarter of a margin's circle is drawn: none is 0.3 mm off the arc.

    A coarser one moved the claim by more than 2 mm when the scene was moved (law 7).
    """
    return ceil(32 * sqrt(by_m))


def within_walls(
    plan: Plan,
    level: str,
    parts: dict[str, BaseGeometry],
    grown: BaseGeometry,
    *,
    margin_m: float,
) -> dict[str, BaseGeometry]:
    """Cut a finding, `grown` by its margin, to open units; keep the pieces that meet its parts.

    `parts` and the answer are unit id → geometry, plane metres. Pieces of two open units meet
    where they share 5 cm of edge; a door between them does not count.
    """
    if margin_m <= 0 or not parts:
        kept = {unit: big_pieces(part) for unit, part in parts.items()}
        return {unit: joined(found) for unit, found in kept.items() if found}
    return reached_from(plan, level, parts, grown)


def reached_from(
    plan: Plan, level: str, parts: dict[str, BaseGeometry], area: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Cut an area that covers some parts in open units to open units; keep what meets the parts.

    A wall stops it: pieces behind one are dropped, however near they lie.
    """
    units = [unit for unit in plan.near(level, area) if unit.kind is UnitKind.OPEN]
    cut = shapely.intersection(area, [unit.shape for unit in units])
    pieces = [
        (unit.id, piece)
        for unit, shared in zip(units, cut, strict=True)
        for piece in polygon_parts(shared)
    ]
    kept: dict[str, list[BaseGeometry]] = {}
    for i in sorted(_reached(pieces, _seeds(pieces, parts))):
        unit_id, piece = pieces[i]
        if piece.area > LEAST_PIECE_M2:
            kept.setdefault(unit_id, []).append(piece)
    return {unit: joined(found) for unit, found in kept.items()}


def _seeds(pieces: list[Piece], parts: dict[str, BaseGeometry]) -> set[int]:
    """Return the pieces in which some part of the finding lies."""
    seeds: set[int] = set()
    for unit_id, part in parts.items():
        mine = [i for i, (owner, _) in enumerate(pieces) if owner == unit_id]
        if len(mine) == 1:
            seeds.update(mine)
            continue
        for point in _points_of(part):
            gaps = shapely.distance(point, [pieces[i][1] for i in mine]).tolist()
            seeds.add(min(zip(gaps, mine, strict=True))[1])
    return seeds


def _points_of(part: BaseGeometry) -> list[BaseGeometry]:
    """Return one point inside each polygon, line and point that a part is made of."""
    atoms = shapely.get_parts(part)
    areas = [atom for atom in atoms if atom.geom_type == "Polygon"]
    others = [atom for atom in atoms if atom.geom_type != "Polygon"]
    middles = [shapely.line_interpolate_point(x, 0.5, normalized=True) for x in others if x.length]
    points = [atom for atom in others if not atom.length]
    return [*(inner_points(areas) if areas else []), *middles, *points]


def _reached(pieces: list[Piece], seeds: set[int]) -> set[int]:
    """Return the pieces reached from the seeds over common edges."""
    reached, new = set(seeds), sorted(seeds)
    while new:
        here = new.pop()
        owner, piece = pieces[here]
        left = [i for i, (other, _) in enumerate(pieces) if i not in reached and other != owner]
        beside = shapely.dwithin(piece, [pieces[i][1] for i in left], 2 * BESIDE_M)
        for i in itertools.compress(left, beside):
            near = shapely.buffer(piece, BESIDE_M, join_style="mitre")
            edge = shapely.intersection(near, shapely.boundary(pieces[i][1]))
            if edge.length >= COMMON_EDGE_M:
                reached.add(i)
                new.append(i)
    return reached
