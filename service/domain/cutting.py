"""Cells: the smallest pieces that are sealed or open as one, cut along the taped claims."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell
from service.domain.claims import Claim
from service.domain.pieces import inner_points, polygon_parts
from service.domain.plan import Plan, Unit, UnitKind

NOTHING_M2 = 1e-6
"""Faces smaller than this come from rounding, not from a claim."""
CRUMB_M2 = 0.25
CRUMB_WIDTH_M = 0.3


Face = tuple[BaseGeometry, frozenset[UUID]]


def cut(plan: Plan, claims: Iterable[Claim], *, next_id: int = 1) -> tuple[Cell, ...]:
    """Return the cells of the seal: only what is claimed, in the plan's order of units."""
    ordered = sorted(claims, key=lambda claim: claim.hold_id)
    claimants: dict[str, list[Claim]] = {}
    for claim in ordered:
        for unit_id in claim.units:
            claimants.setdefault(unit_id, []).append(claim)
    faces = [
        (unit, *face)
        for unit in plan.units()
        if unit.id in claimants
        for face in _faces_of(unit, claimants[unit.id])
    ]
    return tuple(_written(faces, next_id=next_id))


def _faces_of(unit: Unit, claims: list[Claim]) -> list[Face]:
    if unit.kind is UnitKind.CLOSED:
        return [(unit.shape, frozenset(claim.hold_id for claim in claims))]
    return cut_along([claim.taped[unit.id] for claim in claims], [x.hold_id for x in claims])


def cut_along(shapes: Sequence[BaseGeometry], owners: Sequence[UUID]) -> list[Face]:
    """Cut the union of some shapes along all their boundaries; say whose each face is."""
    if len(shapes) == 1:
        return [(part, frozenset(owners)) for part in polygon_parts(shapes[0])]
    faces = faces_between(shapes)
    found: list[list[UUID]] = [[] for _ in faces]
    hits = STRtree(shapes).query(inner_points(faces), predicate="intersects")
    for face, shape in hits.T.tolist():
        found[face].append(owners[shape])
    return [(face, frozenset(mine)) for face, mine in zip(faces, found, strict=True) if mine]


def faces_between(shapes: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Return the faces that the boundaries of the shapes cut out, holes between them included."""
    lines = shapely.union_all(shapely.boundary(np.asarray(shapes, dtype=object)))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    return np.asarray(faces[shapely.area(faces) > NOTHING_M2], dtype=object)


def cells_from(unit: Unit, faces: Iterable[Face], *, next_id: int) -> list[Cell]:
    """Write the geometry of new cells of a unit, once."""
    return _written([(unit, *face) for face in faces], next_id=next_id)


def _written(
    faces: Sequence[tuple[Unit, BaseGeometry, frozenset[UUID]]], *, next_id: int
) -> list[Cell]:
    shapes = np.asarray([shape for _, shape, _ in faces], dtype=object)
    is_open = np.asarray([unit.kind is UnitKind.OPEN for unit, *_ in faces], dtype=bool)
    areas, crumbs = shapely.area(shapes), np.zeros(len(faces), dtype=bool)
    narrow = shapely.is_empty(shapely.buffer(shapes[is_open], -CRUMB_WIDTH_M / 2, quad_segs=1))
    crumbs[is_open] = narrow | (areas[is_open] < CRUMB_M2)
    told = zip(faces, areas.tolist(), crumbs.tolist(), shapely.to_wkb(shapes), strict=True)
    return [
        Cell(
            id=next_id + i,
            level=unit.level,
            unit=unit.id,
            kind=unit.kind,
            area_m2=area,
            crumb=crumb,
            holds=holds,
            wkb=wkb,
        )
        for i, ((unit, _, holds), area, crumb, wkb) in enumerate(told)
    ]
