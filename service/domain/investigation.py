"""An investigation 一般程序: who leads it, its term, pauses and extension, and the fold."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.calendar import Due, Pause


class Ground(StrEnum):
    """Why the fire is investigated."""

    NOT_ELIGIBLE = "not_eligible"
    LATE_DISPUTE = "late_dispute"
    LATE_CASUALTY = "late_casualty"
    HIGHER_LOSS = "higher_loss"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPause:
    """Time for tests or appraisals, which does not count (Art. 29)."""

    id: UUID
    pause: Pause
    reason: str
    officer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for the determination, approved by the next level (Art. 29)."""

    days: int
    reason: str
    approved_at: datetime
    approved_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Two or more investigators, and which of them leads."""

    lead_officer_id: UUID
    investigator_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """One investigation; `id` is its incident's. `due` is when the determination is."""

    id: UUID
    version: int
    office_path: str
    ground: Ground
    reason: str
    team: Team
    opened_at: datetime
    opened_by: UUID
    alarm_at: datetime
    due: Due
    pauses: tuple[RecordedPause, ...] = ()
    extension: Extension | None = None
    handed_over_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationOpened:
    """The incident was taken over as it stood."""

    NAME: ClassVar[str] = "investigation-opened"
    VERSION: ClassVar[int] = 1
    investigation: Investigation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationChanged:
    """Another team, or handed over to a government investigation."""

    NAME: ClassVar[str] = "investigation-changed"
    VERSION: ClassVar[int] = 1
    team: Team
    handed_over_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRecorded:
    """A pause begun or ended, with the due time that follows."""

    NAME: ClassVar[str] = "investigation-pause-recorded"
    VERSION: ClassVar[int] = 1
    recorded: RecordedPause
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class TermExtended:
    """The next level gave more time, with the due time that follows."""

    NAME: ClassVar[str] = "investigation-term-extended"
    VERSION: ClassVar[int] = 1
    extension: Extension
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationTransferred:
    """Another post has it now, with a team of its own; the term runs on."""

    NAME: ClassVar[str] = "investigation-transferred"
    VERSION: ClassVar[int] = 1
    office_path: str
    team: Team


InvestigationEvent = InvestigationChanged | PauseRecorded | TermExtended | InvestigationTransferred
EVENTS = (
    InvestigationOpened,
    InvestigationChanged,
    PauseRecorded,
    TermExtended,
    InvestigationTransferred,
)


def apply(before: Investigation, event: InvestigationEvent) -> Investigation:
    """The investigation after one more event; every event is one version."""
    return replace(_changed(before, event), version=before.version + 1)


def _changed(before: Investigation, event: InvestigationEvent) -> Investigation:
    match event:
        case InvestigationChanged(team=team, handed_over_to=handed_over_to):
            return replace(before, team=team, handed_over_to=handed_over_to)
        case PauseRecorded(recorded=recorded, due=due):
            others = tuple(pause for pause in before.pauses if pause.id != recorded.id)
            return replace(before, pauses=(*others, recorded), due=due)
        case InvestigationTransferred(office_path=office_path, team=team):
            return replace(before, office_path=office_path, team=team)
        case _:
            return replace(before, extension=event.extension, due=event.due)
