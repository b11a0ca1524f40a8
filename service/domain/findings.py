"""Findings: what officers establish at a scene. Each is kept in the log as it was made.

What follows from a finding (cells split, holds cleared, cells released) is decided once and kept
beside it; see scene_events.py. Shapes are plane metres once `placed`; times are aware UTC.
The id of a finding is also the id of the hold or the objection it opens.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.holds import HoldKind
from service.domain.plane import Plane, to_plane


class Stage(StrEnum):
    """勘验阶段: environment 环境, preliminary 初步, detailed 细项, specialised 专项 (XF 839)."""

    ENVIRONMENT = "environment"
    PRELIMINARY = "preliminary"
    DETAILED = "detailed"
    SPECIALISED = "specialised"


class Outcome(StrEnum):
    """What a survey says of the origin lying there; only `excluded` clears."""

    EXCLUDED = "excluded"
    POSSIBLE = "possible"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What every finding has: its id; `device` and `observed_at` go into the log beside it."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOpened(Finding):
    """A reason to keep a place shut: before the seal is set, or inside it.

    Before it is set, a hold drawn wrongly is struck by the one that `replaces` it.
    """

    NAME = "hold-opened"

    kind: HoldKind
    shape: BaseGeometry
    levels: tuple[str, ...]
    ground: str
    label: str = ""
    accuracy_m: float = 0.0
    margin_m: float = 0.0
    named_units: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Finding):
    """Whether a hold reaches the units it only just overlaps."""

    NAME = "question-answered"

    hold_id: UUID
    reaches: tuple[str, ...] = ()
    reaches_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What is done for occupied units that a step shuts in: an escort, a way made elsewhere."""

    text: str
    unit_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSet(Finding):
    """The range is set, from the live holds; the notice says its demands and its term."""

    NAME = "seal-set"

    ground: str
    demands: str = ""
    planned_release_at: datetime | None = None
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealReviewed(Finding):
    """The seal was looked at again and stays as it is, with the ground for each hold kept."""

    NAME = "seal-reviewed"

    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFinished(Finding):
    """Units, or a zone on its levels, have been surveyed as far as the stage.

    `made_on` is the scene's version that the officer knew (None: the present one): what was
    opened since, the survey did not see and does not clear.
    """

    NAME = "survey-finished"

    stage: Stage
    outcome: Outcome
    ground: str
    units: tuple[str, ...] = ()
    shape: BaseGeometry | None = None
    levels: tuple[str, ...] = ()
    made_on: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseExcluded(Finding):
    """A cause hypothesis is excluded."""

    NAME = "cause-excluded"

    hold_id: UUID
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One hand the evidence passed through: who, when, where to."""

    holder: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTaken(Finding):
    """Evidence taken by two officers before a witness (XF 839-2009 4.7.2)."""

    NAME = "evidence-taken"

    hold_id: UUID
    record_number: str
    photo_ids: tuple[UUID, ...]
    officer_ids: tuple[UUID, ...]
    witness: str
    witness_signed: bool = True
    custody: tuple[Custody, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginEstablished(Finding):
    """The area of origin 起火部位, with its ground."""

    NAME = "origin-established"

    shape: BaseGeometry
    levels: tuple[str, ...]
    ground: str
    label: str = ""
    accuracy_m: float = 0.0
    margin_m: float = 0.0
    named_units: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParty:
    """A party on the certified list, with the units of theirs."""

    party_id: UUID
    name: str
    unit_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesCertified(Finding):
    """The lead officer certifies who the parties are; a later list replaces it."""

    NAME = "parties-certified"

    parties: tuple[ListedParty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoObjectionStated(Finding):
    """A party states no objection to cause and responsibility, signed.

    `made_on` is the scene's version that was known (None: the present one): an objection raised
    since is the party's later word. `stated_at` is when the statement was heard, or signed if
    that was sooner (None: not on record).
    """

    NAME = "no-objection-stated"

    party_id: UUID
    statement_id: UUID
    made_on: int | None = None
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNotReached(Finding):
    """A reviewer goes on without a party served in vain."""

    NAME = "party-not-reached"

    party_id: UUID
    served_at: tuple[datetime, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised(Finding):
    """A party objects: recorded at once; `observed_at` where a phone says when."""

    NAME = "objection-raised"

    party_id: UUID
    text: str
    observed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDecided(Finding):
    """The lead officer keeps an area for the objection, or none, with the reason.

    Keeping without a shape or units keeps the claims of origin and cause and the objector's units.
    """

    NAME = "objection-decided"

    objection_id: UUID
    keeps: bool
    ground: str
    shape: BaseGeometry | None = None
    levels: tuple[str, ...] = ()
    named_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWithdrawn(Finding):
    """The objector takes it back; what was kept for it alone opens."""

    NAME = "objection-withdrawn"

    objection_id: UUID
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeDecided(Finding):
    """The dispute itself is decided; what was kept for it alone opens."""

    NAME = "dispute-decided"

    hold_id: UUID
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCleared(Finding):
    """A danger is over, says an authorised officer."""

    NAME = "hazard-cleared"

    hold_id: UUID
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDivided(Finding):
    """A closed unit is divided along a line that can be taped or screened."""

    NAME = "unit-divided"

    unit_id: str
    shape: BaseGeometry
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The state in which the place is handed over (NIJ fire-scene guide)."""

    structure: str
    environment: str
    health_and_safety: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReleased(Finding):
    """The whole place is handed back; every live hold is answered for (hold id → why not kept)."""

    NAME = "whole-released"

    answers: dict[UUID, str]
    received_by: str
    condition: Condition


FINDINGS: tuple[type[Finding], ...] = (
    HoldOpened,
    QuestionAnswered,
    SealSet,
    SealReviewed,
    SurveyFinished,
    CauseExcluded,
    EvidenceTaken,
    OriginEstablished,
    PartiesCertified,
    NoObjectionStated,
    PartyNotReached,
    ObjectionRaised,
    ObjectionDecided,
    ObjectionWithdrawn,
    DisputeDecided,
    HazardCleared,
    UnitDivided,
    WholeReleased,
)

REVIEWS: frozenset[type[Finding]] = frozenset(
    {
        HoldOpened,
        SealSet,
        SealReviewed,
        SurveyFinished,
        CauseExcluded,
        EvidenceTaken,
        OriginEstablished,
        ObjectionDecided,
        DisputeDecided,
        HazardCleared,
        UnitDivided,
    }
)
"""Kinds by which an officer weighs what the seal still needs: each counts as a review of it.

What parties say, who they are, and answers to questions do not.
"""

ONLY_CLEAR: frozenset[type[Finding]] = frozenset(
    {
        SealReviewed,
        SurveyFinished,
        CauseExcluded,
        EvidenceTaken,
        PartiesCertified,
        NoObjectionStated,
        PartyNotReached,
        ObjectionRaised,
        ObjectionWithdrawn,
        DisputeDecided,
        HazardCleared,
    }
)
"""Kinds that open, extend and release nothing of themselves: weighed against the present seal."""


F = TypeVar("F", bound=Finding)


def placed(finding: F, *, plane: Plane) -> F:
    """Project the finding's shape, if it has one, from WGS 84 to plane metres."""
    shape = getattr(finding, "shape", None)
    if shape is None:
        return finding
    changes: dict[str, Any] = {"shape": to_plane(shape, plane=plane)}
    return replace(finding, **changes)


def made_on(finding: F, version: int | None) -> F:
    """Keep with a finding the scene's version it was made on, where that decides what it clears."""
    if version is None or not isinstance(finding, SurveyFinished | NoObjectionStated):
        return finding
    return replace(finding, made_on=version)
