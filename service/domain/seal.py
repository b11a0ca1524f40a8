"""The seal: the set of cells that at least one live hold claims."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell, Split

Holds = frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """What a clearing does: the cells each hold leaves, and the cells thereby released.

    Ids in order. An event carries it; `Seal.cleared` replays it.
    """

    left: dict[UUID, tuple[int, ...]] = field(default_factory=dict)
    released: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """What clearing one hold would free: area, and the units with nothing left sealed."""

    area_m2: float = 0.0
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seal:
    """The live cells with their holds. A value: every change returns another Seal.

    Clearing looks only at the cells of the holds cleared; besides, two dictionaries are copied.
    No change here asks any geometry, so that replay gives the same bytes.
    """

    _cells: dict[int, Cell]
    _holds: dict[int, Holds]
    _cells_of: dict[UUID, frozenset[int]]

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Seal":
        """Build the seal from its live cells (as stored in the scene's state)."""
        return cls({}, {}, {})._with(sorted(cells, key=lambda cell: cell.id))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The live cells by id, each with its present holds."""
        return tuple(self.cell(cell_id) for cell_id in sorted(self._holds))

    def __contains__(self, cell_id: int) -> bool:
        """Whether the cell is sealed."""
        return cell_id in self._holds

    def cell(self, cell_id: int) -> Cell:
        """Return one live cell with its present holds. Raises: KeyError when it is not sealed."""
        holds, cell = self._holds[cell_id], self._cells[cell_id]
        return cell if cell.holds == holds else replace(cell, holds=holds)

    def cells_of(self, hold_id: UUID) -> frozenset[int]:
        """The ids of the live cells that the hold claims; empty when it claims none."""
        return self._cells_of.get(hold_id, frozenset())

    def holds(self) -> frozenset[UUID]:
        """The holds that claim at least one live cell."""
        return frozenset(self._cells_of)

    def clear(
        self, hold_ids: Iterable[UUID], cell_ids: Iterable[int] | None = None
    ) -> tuple["Seal", Clearing]:
        """Weigh a clearing and apply it."""
        clearing = self.weigh_clearing(hold_ids, cell_ids)
        return self.cleared(clearing), clearing

    def weigh_clearing(
        self, hold_ids: Iterable[UUID], cell_ids: Iterable[int] | None = None
    ) -> Clearing:
        """Say what clearing the holds, wholly or over the given cells, does. Changes nothing."""
        within = None if cell_ids is None else frozenset(cell_ids)
        left: dict[UUID, tuple[int, ...]] = {}
        touched: dict[int, Holds] = {}
        for hold_id in sorted(set(hold_ids)):
            mine = self.cells_of(hold_id)
            mine = mine if within is None else mine & within
            if mine:
                left[hold_id] = tuple(sorted(mine))
            for cell_id in mine:
                touched[cell_id] = touched.get(cell_id, self._holds[cell_id]) - {hold_id}
        released = tuple(sorted(cell_id for cell_id, holds in touched.items() if not holds))
        return Clearing(left=left, released=released)

    def cleared(self, clearing: Clearing) -> "Seal":
        """Apply a clearing, fresh or replayed."""
        holds, cells_of = self._holds.copy(), self._cells_of.copy()
        for hold_id, cell_ids in clearing.left.items():
            for cell_id in cell_ids:
                holds[cell_id] -= {hold_id}
            cells_of[hold_id] -= frozenset(cell_ids)
            if not cells_of[hold_id]:
                del cells_of[hold_id]
        for cell_id in clearing.released:
            del holds[cell_id]
        return Seal(self._cells, holds, cells_of)

    def joined(self, split: Split, hold_id: UUID | None = None) -> "Seal":
        """Apply a split, fresh or replayed: cells of `joined` gain the hold, `gone` are replaced.

        A gone cell's holds are those written in the cells made of it.
        """
        seal = self._without(split.gone)._with(split.made)
        if hold_id is None or not split.joined:
            return seal
        for cell_id in split.joined:
            seal._holds[cell_id] |= {hold_id}
        seal._cells_of[hold_id] = seal.cells_of(hold_id) | frozenset(split.joined)
        return seal

    def what_if(self) -> dict[UUID, Freed]:
        """What clearing each live hold, alone and wholly, would free: all at once."""
        area: dict[UUID, float] = dict.fromkeys(self._cells_of, 0.0)
        alone: dict[tuple[UUID, str], int] = {}
        for cell_id, holds in self._holds.items():
            if len(holds) == 1:
                (hold_id,) = holds
                cell = self._cells[cell_id]
                area[hold_id] += cell.area_m2
                key = (hold_id, cell.unit)
                alone[key] = alone.get(key, 0) + 1
        units: dict[UUID, list[str]] = {}
        for (hold_id, unit), count in alone.items():
            if count == self._count[unit]:
                units.setdefault(hold_id, []).append(unit)
        return {
            hold_id: Freed(area_m2=freed, units=tuple(sorted(units.get(hold_id, ()))))
            for hold_id, freed in area.items()
        }

    def area_m2(self, level: str | None = None) -> float:
        """Sealed area, of one level or of all; crumbs included."""
        live = (self._cells[cell_id] for cell_id in self._holds)
        return sum(cell.area_m2 for cell in live if level in (None, cell.level))

    def sealed_units(self) -> frozenset[str]:
        """The units with at least one sealed cell (crumbs alone do not count)."""
        live = (self._cells[cell_id] for cell_id in self._holds)
        return frozenset(cell.unit for cell in live if not cell.crumb)

    def outline(self, level: str) -> dict[str, BaseGeometry]:
        """The sealed shape per unit of the level, dissolved when asked, plane metres."""
        shapes: dict[str, list[BaseGeometry]] = {}
        for cell in self.cells:
            if cell.level == level:
                shapes.setdefault(cell.unit, []).append(cell.shape)
        return {unit: shapely.union_all(found) for unit, found in shapes.items()}

    @cached_property
    def _count(self) -> dict[str, int]:
        """How many live cells each unit has."""
        count: dict[str, int] = {}
        for cell_id in self._holds:
            unit = self._cells[cell_id].unit
            count[unit] = count.get(unit, 0) + 1
        return count

    def _without(self, gone: Iterable[int]) -> "Seal":
        cells, holds, cells_of = self._cells.copy(), self._holds.copy(), self._cells_of.copy()
        for cell_id in gone:
            for hold_id in holds.pop(cell_id):
                cells_of[hold_id] -= {cell_id}
            del cells[cell_id]
        return Seal(cells, holds, {hold_id: mine for hold_id, mine in cells_of.items() if mine})

    def _with(self, made: Iterable[Cell]) -> "Seal":
        """Return this seal, which nobody else holds yet, with cells added."""
        added: dict[UUID, set[int]] = {}
        for cell in made:
            self._cells[cell.id], self._holds[cell.id] = cell, cell.holds
            for hold_id in cell.holds:
                added.setdefault(hold_id, set()).add(cell.id)
        for hold_id, ids in added.items():
            self._cells_of[hold_id] = self.cells_of(hold_id) | ids
        return self
