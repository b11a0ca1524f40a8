"""Claims: what one live hold needs of each unit (touch, margin and tape)."""

from dataclasses import dataclass
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.holds import Hold
from service.domain.plan import Plan
from service.domain.plane import Axes


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An overlap too small to count: does the hold reach this closed unit? For the officer.

    `shared_m2` is the overlap of an area, `shared_m` the length of a line; the other is 0.
    """

    hold_id: UUID
    unit_id: str
    shared_m2: float = 0.0
    shared_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one hold needs: closed units whole, and a shape in each open unit, plane metres.

    `bare` is the finding in an open unit grown by its margin; `taped` is `bare` made into a shape
    that two people can tape. Both have the same keys. A hold that reaches nothing is reported.
    """

    hold_id: UUID
    whole: frozenset[str]
    bare: dict[str, BaseGeometry]
    taped: dict[str, BaseGeometry]
    questions: tuple[Question, ...] = ()

    @property
    def reaches_nothing(self) -> bool:
        """Whether the hold claims no unit at all."""
        return not self.whole and not self.bare

    @property
    def units(self) -> frozenset[str]:
        """Every unit claimed, closed and open."""
        return self.whole | self.taped.keys()


def claim(plan: Plan, hold: Hold, *, axes: Axes) -> Claim:
    """Return what the hold needs of each unit, on its levels. Pure and deterministic.

    Raises: FixTooCoarse, UnitUnknown, LevelUnknown, GroundNamed.
    """
    raise NotImplementedError
