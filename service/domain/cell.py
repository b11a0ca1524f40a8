"""A cell, and what a decision does to cells: values that events carry as they are."""

from dataclasses import dataclass, field
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.plan import Unit, UnitKind


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

    @property
    def shape(self) -> BaseGeometry:
        """The cell's geometry, plane metres."""
        return shapely.from_wkb(self.wkb)


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
    parents: dict[int, int] = field(default_factory=dict)
    joined: tuple[int, ...] = ()
    outside: dict[str, BaseGeometry] = field(default_factory=dict)

    def then(self, other: "Split") -> "Split":
        """Return two splits of different cells as one."""
        return Split(
            made=self.made + other.made,
            gone=self.gone + other.gone,
            parents=self.parents | other.parents,
            joined=self.joined + other.joined,
            outside=self.outside | other.outside,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneCut:
    """A zone laid over the cells: the split, and the cells inside it once split."""

    split: Split
    inside: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A closed unit divided: the units that take its place, and what happens to its cell."""

    unit_id: str
    parts: tuple[Unit, ...]
    split: Split
