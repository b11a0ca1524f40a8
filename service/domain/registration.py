"""A simple registration 简易登记: its states, what happens to it, and the fold."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.calendar import Due
from service.domain.facts import Facts
from service.domain.frozen import FrozenRecord
from service.domain.handback import UnitHandedBack
from service.domain.statement import Signature


class RegistrationState(StrEnum):
    """Where a registration stands; the last two are its ends."""

    REGISTERED = "registered"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    STRUCK_OFF = "struck_off"
    TURNED = "turned_into_investigation"


LIVE = frozenset(RegistrationState) - {RegistrationState.STRUCK_OFF, RegistrationState.TURNED}


class Decision(StrEnum):
    """What the superior office says of a reported registration."""

    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An item handed in later 容缺受理: the rule it is for, and by when."""

    rule_id: str
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """What was handed in for a rule; `content` is canonical JSON."""

    id: UUID
    rule_id: str
    content: str
    given_at: datetime
    officer_id: UUID
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A mistake put right beside the record, signed; `was` and `becomes` are JSON.

    `pointer` (RFC 6901) names the place in the frozen record, which itself stays as it is.
    """

    id: UUID
    pointer: str
    was: str
    becomes: str
    reason: str
    signature: Signature
    made_at: datetime
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade:
    """The report to the superior office, and whether it was late."""

    made_at: datetime
    officer_id: UUID
    due: Due
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The superior office's answer to a report."""

    decision: Decision
    reason: str
    made_at: datetime
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why a registration ended: struck off, or turned into an investigation."""

    reason: str
    rule_ids: tuple[str, ...]
    at: datetime
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One registration; `id` is its incident's. `facts` are as corrected, `record` never."""

    id: UUID
    version: int
    state: RegistrationState
    office_path: str
    incident_version: int
    observed_at: datetime | None
    record: FrozenRecord
    units: tuple[UnitHandedBack, ...]
    facts: Facts
    report_due: Due
    owed: tuple[Owed, ...]
    supplements: tuple[Supplement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reports: tuple[ReportMade, ...] = ()
    reviews: tuple[Review, ...] = ()
    ending: Ending | None = None

    @property
    def outstanding(self) -> tuple[Owed, ...]:
        """The items not handed in yet."""
        given = {supplement.rule_id for supplement in self.supplements}
        return tuple(item for item in self.owed if item.rule_id not in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The number was taken and the record frozen."""

    NAME: ClassVar[str] = "registered"
    VERSION: ClassVar[int] = 1
    registration: Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementGiven:
    """An owed item was handed in; `facts` are those it leaves."""

    NAME: ClassVar[str] = "supplement-given"
    VERSION: ClassVar[int] = 1
    supplement: Supplement
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationCorrected:
    """A mistake was put right beside the record; `facts` are those it leaves."""

    NAME: ClassVar[str] = "registration-corrected"
    VERSION: ClassVar[int] = 1
    correction: Correction
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationReported:
    """It went up to the superior office."""

    NAME: ClassVar[str] = "registration-reported"
    VERSION: ClassVar[int] = 1
    report: ReportMade


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationReviewed:
    """The superior office accepted or returned it."""

    NAME: ClassVar[str] = "registration-reviewed"
    VERSION: ClassVar[int] = 1
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationStruckOff:
    """It was no fire in the sense of the statistics 核销."""

    NAME: ClassVar[str] = "registration-struck-off"
    VERSION: ClassVar[int] = 1
    ending: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedIntoInvestigation:
    """A late dispute, casualty or loss: an investigation it is, and never back."""

    NAME: ClassVar[str] = "turned-into-investigation"
    VERSION: ClassVar[int] = 1
    ending: Ending


RegistrationEvent = (
    SupplementGiven
    | RegistrationCorrected
    | RegistrationReported
    | RegistrationReviewed
    | RegistrationStruckOff
    | TurnedIntoInvestigation
)
EVENTS = (
    Registered,
    SupplementGiven,
    RegistrationCorrected,
    RegistrationReported,
    RegistrationReviewed,
    RegistrationStruckOff,
    TurnedIntoInvestigation,
)
_AFTER_REVIEW = {
    Decision.ACCEPT: RegistrationState.ACCEPTED,
    Decision.RETURN: RegistrationState.RETURNED,
}


def apply(before: Registration, event: RegistrationEvent) -> Registration:
    """The registration after one more event; every event is one version."""
    return replace(_changed(before, event), version=before.version + 1)


def _changed(before: Registration, event: RegistrationEvent) -> Registration:
    match event:
        case SupplementGiven(supplement=supplement, facts=facts):
            return replace(before, supplements=(*before.supplements, supplement), facts=facts)
        case RegistrationCorrected(correction=correction, facts=facts):
            return replace(before, corrections=(*before.corrections, correction), facts=facts)
        case RegistrationReported(report=report):
            state = RegistrationState.REPORTED
            return replace(before, reports=(*before.reports, report), state=state)
        case RegistrationReviewed(review=review):
            state = _AFTER_REVIEW[review.decision]
            return replace(before, reviews=(*before.reviews, review), state=state)
        case RegistrationStruckOff(ending=ending):
            return replace(before, ending=ending, state=RegistrationState.STRUCK_OFF)
        case _:
            return replace(before, ending=event.ending, state=RegistrationState.TURNED)
