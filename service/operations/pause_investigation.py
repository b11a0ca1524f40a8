"""Record a pause of an investigation's term: tests and appraisals are not counted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.calendar import Pause
from service.domain.investigating import pause
from service.domain.investigation import Investigation, RecordedPause, apply
from service.domain.powers import Officer, Operation
from service.operations.case import advance, is_repeat
from service.operations.investigate_incident import STREAM
from service.operations.outcome import Precondition
from service.operations.ports import Work
from service.operations.read_investigation import investigation_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseInvestigation:
    """A pause under the id its maker chose; sent again with its end when it is over."""

    incident_id: UUID
    id: UUID
    begun_at: datetime
    ended_at: datetime | None
    reason: str
    precondition: Precondition


def pause_investigation(
    command: PauseInvestigation, *, officer: Officer, work: Work
) -> Investigation:
    """Put the pause on record; If-Match names the investigation's version.

    Raises: IncidentUnknown, InvestigationUnknown, Forbidden, Stale, PauseInvalid.
    """
    before = investigation_for(
        command.incident_id, Operation.INVESTIGATE, officer=officer, work=work
    )
    is_repeat(command.precondition, before, repeats=False)
    recorded = RecordedPause(
        id=command.id,
        pause=Pause(begun_at=command.begun_at, ended_at=command.ended_at),
        reason=command.reason,
        officer_id=officer.id,
    )
    event = pause(before, recorded, rules=work.rules)
    return advance(
        STREAM, work.investigations, before, [event], apply=apply, officer=officer, work=work
    )
