"""Splitting the live cells: by a new hold, an extension, a survey zone, or a division."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell, Division, Split, ZoneCut
from service.domain.claims import Claim
from service.domain.cutting import NOTHING_M2, cells_from, cut_along, faces_between
from service.domain.errors import Fault, LineDoesNotDivide
from service.domain.pieces import big_pieces, inner_points, joined, polygon_parts
from service.domain.plan import Plan, Unit, UnitKind
from service.domain.scene_refusals import UnitNotClosed
from service.domain.words import Words

COVERED = 0.99
"""A closed unit counts as surveyed when a zone covers this part of it."""
LEAST_PART_M2 = 0.25
"""A part of a divided unit that is smaller than a crumb cannot be shut."""
SHORT_BY_M = 0.10
"""A dividing line may end this much before the wall; it is carried on to it."""


def split(cells: Iterable[Cell], plan: Plan, claim: Claim, *, next_id: int) -> Split:
    """Lay a new hold's claim over the live cells: nothing is released, nothing new is sealed."""
    mine = [cell for cell in cells if cell.unit in claim.units]
    laid = Laid(plan=plan, next_id=next_id)
    for cell in mine:
        shape = claim.taped.get(cell.unit)
        laid.over(cell, shape, gained=frozenset({claim.hold_id}))
    return replace(laid.split(), outside=_outside(mine, plan, claim))


def extend(
    cells: Iterable[Cell], plan: Plan, claim: Claim, *, others: Iterable[Claim], next_id: int
) -> Split:
    """Lay a new hold's claim over the seal and beyond: beyond it, cells join.

    Live holds (`others`) that reach into what joins claim it too.
    """
    kept = list(cells)
    inside = split(kept, plan, claim, next_id=next_id)
    first = next_id + len(inside.made)
    reaching = [claim, *sorted(others, key=lambda other: other.hold_id)]
    made: list[Cell] = []
    for unit in plan.units():
        if unit.id in claim.units:
            shapes = [cell.shape for cell in kept if cell.unit == unit.id]
            faces = _joining(unit, shapes, reaching)
            made += cells_from(unit, faces, next_id=first + len(made)) if faces else []
    return replace(inside.then(Split(made=tuple(made))), outside={})


def split_by_zone(
    cells: Iterable[Cell],
    plan: Plan,
    *,
    zone: dict[str, BaseGeometry],
    named_units: Iterable[str] = (),
    next_id: int,
) -> ZoneCut:
    """Cut open cells along a zone (level id → area, plane metres), which is not taped.

    A closed unit is inside when named or covered to 99 %; a named open unit is inside wholly.
    """
    named, laid = set(named_units), Laid(plan=plan, next_id=next_id)
    inside: set[int] = set()
    for cell in cells:
        area = zone.get(cell.level)
        if cell.unit in named:
            inside.add(cell.id)
        elif area is None:
            continue
        elif cell.kind is UnitKind.CLOSED:
            covered = shapely.intersection(area, cell.shape).area
            inside |= {cell.id} if covered >= COVERED * cell.area_m2 else set()
        else:
            inside |= laid.over(cell, area, gained=frozenset())
    return ZoneCut(split=replace(laid.split(), joined=()), inside=frozenset(inside))


def divide(
    cells: Iterable[Cell], plan: Plan, *, unit_id: str, line: BaseGeometry, next_id: int
) -> Division:
    """Divide a closed unit along a line; it releases nothing, each part is a closed unit.

    Raises: UnitUnknown, UnitNotClosed, LineDoesNotDivide.
    """
    unit = plan.unit(unit_id, pointer="/unit_id")
    if unit.kind is not UnitKind.CLOSED:
        raise UnitNotClosed.at("/unit_id", unit_id=unit_id)
    shapes = _halves(unit.shape, line)
    names = (f"{unit_id}.{i}" for i in range(1, len(shapes) + 1))
    parts = tuple(
        replace(unit, id=name, shape=shape) for name, shape in zip(names, shapes, strict=True)
    )
    made: list[Cell] = []
    parents: dict[int, int] = {}
    for cell in (cell for cell in cells if cell.unit == unit_id):
        for part in parts:
            made += cells_from(part, [(part.shape, cell.holds)], next_id=next_id + len(made))
            parents[made[-1].id] = cell.id
    gone = tuple(sorted(set(parents.values())))
    return Division(
        unit_id=unit_id, parts=parts, split=Split(made=tuple(made), gone=gone, parents=parents)
    )


@dataclass(slots=True, kw_only=True)
class Laid:
    """A shape being laid over cells, one cell after the other."""

    plan: Plan
    next_id: int
    made: list[Cell] = field(default_factory=list)
    parents: dict[int, int] = field(default_factory=dict)
    joined: list[int] = field(default_factory=list)

    def over(self, cell: Cell, shape: BaseGeometry | None, *, gained: frozenset[UUID]) -> set[int]:
        """Split one cell where the shape (None: everywhere) lies; return the ids inside."""
        if shape is None:
            self.joined.append(cell.id)
            return {cell.id}
        inside, outside = _parted(cell.shape, shape)
        if not inside:
            return set()
        if not outside:
            self.joined.append(cell.id)
            return {cell.id}
        faces = [(face, cell.holds | gained) for face in inside]
        faces += [(face, cell.holds) for face in outside]
        made = cells_from(self.plan.unit(cell.unit), faces, next_id=self.next_id + len(self.made))
        self.made += made
        self.parents |= {new.id: cell.id for new in made}
        return {new.id for new in made[: len(inside)]}

    def split(self) -> Split:
        """Return what has been done so far."""
        return Split(
            made=tuple(self.made),
            gone=tuple(sorted(set(self.parents.values()))),
            parents=self.parents,
            joined=tuple(self.joined),
        )


def _parted(
    cell: BaseGeometry, shape: BaseGeometry
) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Return the faces of a cell inside a shape and those outside it."""
    if not shapely.intersects(cell, shape):
        return [], [cell]
    faces = faces_between([cell, shape])
    points = inner_points(faces)
    mine, within = shapely.intersects(cell, points), shapely.intersects(shape, points)
    return list(faces[mine & within]), list(faces[mine & ~within])


def _outside(mine: list[Cell], plan: Plan, claim: Claim) -> dict[str, BaseGeometry]:
    """Return the bare claim beyond the seal: what needs an extension."""
    sealed: dict[str, list[BaseGeometry]] = {}
    for cell in mine:
        sealed.setdefault(cell.unit, []).append(cell.shape)
    outside = {x: plan.unit(x).shape for x in sorted(claim.whole - sealed.keys())}
    for unit_id, bare in claim.bare.items():
        left = shapely.difference(bare, shapely.union_all(sealed.get(unit_id, [])))
        pieces = big_pieces(left)
        if pieces:
            outside[unit_id] = joined(pieces)
    return outside


def _joining(
    unit: Unit, sealed: list[BaseGeometry], claims: list[Claim]
) -> list[tuple[BaseGeometry, frozenset[UUID]]]:
    """Return the faces that join the seal in a unit, each with the holds that claim it."""
    if unit.kind is UnitKind.CLOSED:
        holds = frozenset(claim.hold_id for claim in claims if unit.id in claim.whole)
        return [] if sealed else [(unit.shape, holds)]
    first, *others = [claim for claim in claims if unit.id in claim.taped]
    new = shapely.difference(first.taped[unit.id], shapely.union_all(sealed))
    pieces = [piece for piece in polygon_parts(new) if piece.area > NOTHING_M2]
    if not pieces:
        return []
    shapes = [joined(pieces), *(claim.taped[unit.id] for claim in others)]
    faces = cut_along(shapes, [first.hold_id, *(claim.hold_id for claim in others)])
    return [(face, holds) for face, holds in faces if first.hold_id in holds]


def _halves(shape: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    """Cut a unit along a line carried on to the walls, west to east. Raises: LineDoesNotDivide."""
    lines = shapely.union_all([shapely.boundary(shape), *map(_carried_on, shapely.get_parts(line))])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(lines))))
    parts = list(faces[shapely.intersects(shape, inner_points(faces))]) if len(faces) else []
    before = len(polygon_parts(shape))
    if len(parts) <= before or min(part.area for part in parts) < LEAST_PART_M2:
        fault = Fault(
            "/geometry",
            Words(
                "划分线须从墙到墙，且每部分不小于 0.25 平方米",
                "it must run from wall to wall and leave no part under 0.25 m²",
            ),
            Words("请重新画线", "draw the line again"),
        )
        raise LineDoesNotDivide(fault)
    return sorted(parts, key=_west_to_east)


def _west_to_east(part: BaseGeometry) -> tuple[float, float]:
    return part.centroid.x, part.centroid.y


def _carried_on(line: BaseGeometry) -> BaseGeometry:
    """Lengthen a line at both ends, straight on."""
    xy = shapely.get_coordinates(line)
    for end, next_ in ((0, 1), (-1, -2)):
        step = xy[end] - xy[next_]
        xy[end] += step / max(float((step**2).sum()) ** 0.5, SHORT_BY_M) * SHORT_BY_M
    return shapely.linestrings(xy)
