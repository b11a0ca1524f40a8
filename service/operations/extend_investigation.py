"""The next level gives an investigation 30 days more (Art. 29)."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.investigating import extend
from service.domain.investigation import Investigation, apply
from service.domain.powers import Officer, Operation
from service.operations.case import advance, is_repeat
from service.operations.investigate_incident import STREAM
from service.operations.outcome import Precondition
from service.operations.ports import Work
from service.operations.read_investigation import investigation_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendInvestigation:
    """Why more time is needed."""

    incident_id: UUID
    reason: str
    precondition: Precondition


def extend_investigation(
    command: ExtendInvestigation, *, officer: Officer, work: Work
) -> Investigation:
    """Extend the term once, before it ends, as an officer above the investigation's office.

    Raises: IncidentUnknown, InvestigationUnknown, Forbidden (NotSuperior), Stale, TermEnded.
    """
    before = investigation_for(
        command.incident_id, Operation.APPROVE_EXTENSION, officer=officer, work=work
    )
    is_repeat(command.precondition, before, repeats=False)
    event = extend(before, reason=command.reason, rules=work.rules, officer=officer, now=work.now)
    return advance(
        STREAM, work.investigations, before, [event], apply=apply, officer=officer, work=work
    )
