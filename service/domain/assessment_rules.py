"""The table by which first holds are proposed: data, with the article each row rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.assessment_answers import CausePart
from service.domain.holds import HoldKind
from service.domain.incident import CauseKind
from service.domain.words import Words


class Ground(StrEnum):
    """What a proposal follows from."""

    BURNED_AREA = "burned_area"
    ORIGIN_CLEAR = "origin_clear"
    ORIGIN_PROBABLE = "origin_probable"
    CAUSE = "cause"
    ELECTRICAL_FAULT = "electrical_fault"
    EXPLOSION = "explosion"
    EVIDENCE = "evidence"
    GAS_LEAK = "gas_leak"
    STRUCTURE = "structure"
    LIVE_POWER = "live_power"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRule:
    """One row: what is held, why, and on which article it rests.

    `with_clear_origin` says whether it is still proposed when the origin is clear and nothing is
    disputed. `margin_m` grows the part in open units. In force from `valid_from` to `valid_to`,
    both included; None is without end.
    """

    id: Ground
    kind: HoldKind
    with_clear_origin: bool
    margin_m: float
    ground: Words
    article: Words
    source: str
    note: str
    valid_from: date | None
    valid_to: date | None

    def words(self, **facts: str) -> Words:
        """The ground with its article, as the notice prints it."""
        ground = self.ground.format(**facts)
        return Words(f"{ground.zh}；{self.article.zh}", f"{ground.en}; {self.article.en}")

    def in_force(self, on: date) -> bool:
        """Whether the row holds on that legal day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionSettings:
    """When a closed unit is worth dividing: settings of this product, with their ground.

    It is proposed where holds need less than `below` of the unit: their area, and `around_m`
    about a line or a point. The line keeps `clear_m` off, and frees at least `frees_m2`.
    """

    ground: Words
    source: str
    below: float
    around_m: float
    clear_m: float
    frees_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRules:
    """The whole table; `parts` are those a cause of some kind is not complete without."""

    version: str
    rules: tuple[ProposalRule, ...]
    parts: Mapping[CauseKind, tuple[CausePart, ...]]
    division: DivisionSettings

    def on(self, day: date) -> dict[Ground, ProposalRule]:
        """The rows in force on a legal day."""
        return {rule.id: rule for rule in self.rules if rule.in_force(day)}
