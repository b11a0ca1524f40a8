"""Units as a page lists them: those in the same state together, the sealed first, by level."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from service.domain.reopening import UnitState, UnitStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsAlike:
    """The units in one state: level by level, as the plan has them."""

    state: UnitState
    levels: tuple[tuple[UnitStatus, ...], ...]

    def __len__(self) -> int:
        return sum(len(level) for level in self.levels)


def units_alike(units: Iterable[UnitStatus]) -> tuple[UnitsAlike, ...]:
    """Group units by their state, what is shut first; states that no unit has are left out."""
    found = list(units)
    places = {unit.level: place for place, unit in reversed(list(enumerate(found)))}
    by_level = sorted(found, key=lambda unit: places[unit.level])
    groups = []
    for state in (UnitState.SEALED, *(each for each in UnitState if each != UnitState.SEALED)):
        alike = [unit for unit in by_level if unit.state is state]
        levels = tuple(tuple(level) for _, level in groupby(alike, key=lambda unit: unit.level))
        if levels:
            groups.append(UnitsAlike(state=state, levels=levels))
    return tuple(groups)
