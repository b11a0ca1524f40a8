"""Mending a plan as it is drawn into one whose units share edges and nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.plan import DrawnPlan, Plan
from service.domain.words import Words


class MendKind(StrEnum):
    """What was found, and what was done about it."""

    INVALID = "invalid"
    GAP = "gap"
    OVERLAP = "overlap"
    SWALLOWED = "swallowed"
    OUTLINE_DERIVED = "outline-derived"
    OUTSIDE_EVERY_UNIT = "outside-every-unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing found and mended, or left and reported; area in m²."""

    kind: MendKind
    level: str
    units: tuple[str, ...]
    area_m2: float
    words: Words


def mend_plan(drawn: DrawnPlan) -> tuple[Plan, tuple[Mend, ...]]:
    """Return the plan without overlaps and gaps, and everything that was mended.

    Gaps under 1 cm are closed; closed units beat open ones, smaller beat larger; everything is
    noded at 1 mm. On the ground level the land outside the outline becomes the unit "ground".

    Raises: UnitTwice, LevelUnknown, UnitNameTaken.
    """
    raise NotImplementedError
