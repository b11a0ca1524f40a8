"""Holds: the reasons to keep a place shut."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.words import Words

COARSEST_FIX_M = 2.0
"""A fix worse than this would shut half a building; it is placed on the plan by hand."""


class HoldKind(StrEnum):
    """封闭事由: each kind is cleared by findings of its own."""

    BURNED_AREA = "burned_area"
    CAUSE_AREA = "cause_area"
    AREA_OF_ORIGIN = "area_of_origin"
    EVIDENCE = "evidence"
    HAZARD = "hazard"
    DISPUTE = "dispute"


HOLD_NAMES = {
    HoldKind.BURNED_AREA: Words("过火区域", "burned area"),
    HoldKind.CAUSE_AREA: Words("起火原因有关区域", "area bearing on the cause"),
    HoldKind.AREA_OF_ORIGIN: Words("起火部位", "area of origin"),
    HoldKind.EVIDENCE: Words("痕迹物证", "evidence in place"),
    HoldKind.HAZARD: Words("危险区域", "hazard"),
    HoldKind.DISPUTE: Words("争议区域", "area in dispute"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One reason to keep a place shut.

    `shapes` is any geometry in plane metres; `accuracy_m` is 0 when it was drawn on the plan.
    `named_units` are claimed whatever is drawn; `not_units` are those for which the officer has
    answered that a small overlap does not reach them. `basis` is the ground in both languages,
    with its article, where the hold was proposed by the assessment.
    """

    id: UUID
    kind: HoldKind
    shapes: BaseGeometry
    accuracy_m: float = 0.0
    margin_m: float = 0.0
    levels: tuple[str, ...]
    named_units: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    opened_by: UUID
    opened_at: datetime
    ground: str
    label: str = ""
    basis: Words | None = None
