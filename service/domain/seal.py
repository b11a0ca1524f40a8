"""The seal: the set of cells that at least one live hold claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.cells import Cell, Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """What a clearing does: the cells each hold leaves, and the cells thereby released.

    Ids in order. An event carries it; `Seal.apply_clearing` replays it.
    """

    left: dict[UUID, tuple[int, ...]]
    released: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """What clearing one hold would free: area, and the units with nothing left sealed."""

    area_m2: float
    units: tuple[str, ...]


class Seal:
    """The live cells with their holds. A value: every change returns another Seal.

    Clearing costs what the cells of the holds cleared cost.
    """

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Seal":
        """Build the seal from its live cells (as stored in the scene's state)."""
        raise NotImplementedError

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The live cells by id, each with its present holds."""
        raise NotImplementedError

    def cell(self, cell_id: int) -> Cell:
        """Return one live cell. Raises: KeyError when it is not sealed."""
        raise NotImplementedError

    def cells_of(self, hold_id: UUID) -> frozenset[int]:
        """The ids of the live cells that the hold claims; empty when it claims none."""
        raise NotImplementedError

    def holds(self) -> frozenset[UUID]:
        """The holds that claim at least one live cell."""
        raise NotImplementedError

    def weigh_clearing(
        self, hold_ids: Iterable[UUID], cell_ids: Iterable[int] | None = None
    ) -> Clearing:
        """Say what clearing the holds, wholly or over the given cells, does. Changes nothing."""
        raise NotImplementedError

    def cleared(self, clearing: Clearing) -> "Seal":
        """Apply a clearing, fresh or replayed; asks no geometry."""
        raise NotImplementedError

    def joined(self, split: Split, hold_id: UUID | None = None) -> "Seal":
        """Apply a split, fresh or replayed: `joined` cells gain the hold; asks no geometry."""
        raise NotImplementedError

    def clear(
        self, hold_ids: Iterable[UUID], cell_ids: Iterable[int] | None = None
    ) -> tuple["Seal", Clearing]:
        """Weigh and apply in one."""
        raise NotImplementedError

    def what_if(self) -> dict[UUID, Freed]:
        """What clearing each live hold, alone and wholly, would free: all at once."""
        raise NotImplementedError

    def area_m2(self, level: str | None = None) -> float:
        """Sealed area, of one level or of all; crumbs included."""
        raise NotImplementedError

    def sealed_units(self) -> frozenset[str]:
        """The units with at least one sealed cell (crumbs alone do not count)."""
        raise NotImplementedError

    def outline(self, level: str) -> dict[str, BaseGeometry]:
        """The sealed shape per unit of the level, dissolved when asked, plane metres."""
        raise NotImplementedError
