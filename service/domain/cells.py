"""Cells: the smallest pieces that are sealed or open as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.claims import Claim
from service.domain.plan import Plan, Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A closed unit, or one piece of an open unit; `wkb` (plane metres) is written once.

    A crumb is under 0.25 m² or narrower than 0.3 m: left out of lists and counts, not of sums.
    """

    id: int
    level: str
    unit: str
    kind: UnitKind
    area_m2: float
    crumb: bool
    holds: frozenset[UUID]
    wkb: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What one decision does to the cells; an event carries it as it is, replay asks no geometry.

    `gone` cells are replaced by those of `made` (`parents`: id made → id gone; a cell that joins
    by extension has none). `joined` are cells that stay as they are and gain the hold.
    `outside` is the bare claim beyond the seal, unit id → plane metres (a closed unit whole): it
    needs an extension.
    """

    made: tuple[Cell, ...] = ()
    gone: tuple[int, ...] = ()
    parents: dict[int, int]
    joined: tuple[int, ...] = ()
    outside: dict[str, BaseGeometry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneCut:
    """A zone laid over the cells: the split, and the cells inside it once split."""

    split: Split
    inside: frozenset[int]


def cut(plan: Plan, claims: Iterable[Claim], *, next_id: int = 1) -> tuple[Cell, ...]:
    """Return the cells of the seal: only what is claimed, ids in a fixed order."""
    raise NotImplementedError


def split(cells: Iterable[Cell], plan: Plan, claim: Claim, *, next_id: int) -> Split:
    """Lay a new hold's claim over the live cells: nothing is released, nothing new is sealed."""
    raise NotImplementedError


def extend(
    cells: Iterable[Cell], plan: Plan, claim: Claim, *, others: Iterable[Claim], next_id: int
) -> Split:
    """Lay a new hold's claim over the seal and beyond: beyond it, cells join.

    Live holds (`others`) that reach into what joins claim it too.
    """
    raise NotImplementedError


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
    raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A closed unit divided: the units that take its place, and what happens to its cell."""

    unit_id: str
    parts: tuple[Unit, ...]
    split: Split


def divide(
    cells: Iterable[Cell], plan: Plan, *, unit_id: str, line: BaseGeometry, next_id: int
) -> Division:
    """Divide a closed unit along a line; it releases nothing, each part is a closed unit.

    Raises: UnitUnknown, UnitNotClosed, LineDoesNotDivide.
    """
    raise NotImplementedError
