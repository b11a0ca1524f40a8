"""The assessment 现场封闭评估: answers, what was proposed, what the officer made of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.assessment_answers import Answers
from service.domain.assessment_rules import Ground
from service.domain.claims import Question
from service.domain.holds import COARSEST_FIX_M, Hold
from service.domain.plan import UnitKind
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a proposal would claim of one unit: a closed one whole, of an open one the tape."""

    unit: str
    level: str
    kind: UnitKind
    area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A first hold as proposed, and what it would claim; it keeps nothing shut yet."""

    rule: Ground
    hold: Hold
    claimed: tuple[Claimed, ...] = ()
    questions: tuple[Question, ...] = ()
    outside_m2: dict[str, float] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The hold's, if it is accepted."""
        return self.hold.id

    @property
    def must_be_placed(self) -> bool:
        """Whether its fix is too coarse to hold anything: it is drawn on the plan by hand."""
        return self.hold.accuracy_m > COARSEST_FIX_M

    @property
    def area_m2(self) -> float:
        """All that it would claim."""
        return sum(each.area_m2 for each in self.claimed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDivision:
    """A line that divides a closed unit of which the holds need under half; plane metres.

    `reaches_a_door` says of the part freed whether it has a door; None: the plan shows none.
    """

    id: UUID
    unit: str
    line: BaseGeometry
    needed_m2: float
    kept_m2: float
    freed_m2: float
    reaches_a_door: bool | None
    ground: Words


Offer = Proposal | ProposedDivision
"""What the officer accepts, changes or drops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What is told of but not proposed, and why."""

    id: UUID
    rule: Ground
    label: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StillToSay:
    """What the answers leave open: where (JSON pointer), and what."""

    pointer: str
    what: Words


class Decision(StrEnum):
    """What the officer makes of a proposal."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """A proposed hold as the officer draws it instead."""

    shape: BaseGeometry
    levels: tuple[str, ...]
    accuracy_m: float = 0.0
    margin_m: float = 0.0
    named_units: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The officer's word on one proposal; a change or a refusal of it has its reason."""

    proposal_id: UUID
    decision: Decision
    reason: str = ""
    hold: Redrawn | None = None
    line: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a revision made different; `id` is the proposal's, where it is about one."""

    id: UUID | None
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One revision of a scene's assessment: answers, proposals and outcome are one record.

    `plan_version` and `divided` say on which plan it was made.
    """

    revision: int
    at: datetime
    by: UUID
    rules_version: str
    plan_version: int
    divided: int
    answers: Answers
    proposals: tuple[Proposal, ...] = ()
    divisions: tuple[ProposedDivision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    still_to_say: tuple[StillToSay, ...] = ()
    outcome: tuple[Choice, ...] = ()
    changes: tuple[Change, ...] = ()

    def choice(self, proposal_id: UUID) -> Choice | None:
        """What the officer said of a proposal, if anything yet."""
        return next((each for each in self.outcome if each.proposal_id == proposal_id), None)

    def undecided(self) -> tuple[UUID, ...]:
        """The proposals on which the officer has not said anything."""
        return tuple(id for id in self.offers() if self.choice(id) is None)

    def offers(self) -> dict[UUID, Offer]:
        """Everything that the officer has a word on, by its id."""
        holds: dict[UUID, Offer] = {each.id: each for each in self.proposals}
        return holds | {each.id: each for each in self.divisions}

    def holds(self) -> Iterator[Hold]:
        """The holds as accepted or changed; what is undecided counts as it was proposed."""
        for each in self.proposals:
            kept = redrawn(each.hold, self.choice(each.id))
            if kept is not None and kept.accuracy_m <= COARSEST_FIX_M:
                yield kept

    def lines(self) -> Iterator[tuple[str, BaseGeometry]]:
        """The closed units to divide, each with its line; undecided ones as proposed."""
        for each in self.divisions:
            choice = self.choice(each.id)
            if choice is None or choice.decision is not Decision.DROPPED:
                yield each.unit, (choice and choice.line) or each.line


def redrawn(hold: Hold, choice: Choice | None) -> Hold | None:
    """A proposed hold as the officer left it; None when it was dropped."""
    if choice is None or choice.decision is Decision.ACCEPTED:
        return hold
    if choice.hold is None:
        return None
    drawn = choice.hold
    return replace(
        hold,
        shapes=drawn.shape,
        levels=drawn.levels,
        accuracy_m=drawn.accuracy_m,
        margin_m=drawn.margin_m,
        named_units=drawn.named_units,
        not_units=drawn.not_units,
        label=drawn.label or hold.label,
    )


NOWHERE = shapely.GeometryCollection()
"""The shape of a hold that only names its units."""
