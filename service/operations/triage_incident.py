"""Which routes a fire may take, by the rules in force on its day."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.calendar import legal_day
from service.domain.powers import Officer, Operation
from service.domain.triage import Judgement, judge
from service.operations.case import open_case
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """A judgement and the incident's version it was made on."""

    incident_id: UUID
    incident_version: int
    judgement: Judgement


def triage_incident(incident_id: UUID, *, officer: Officer, work: Work) -> Triaged:
    """Judge the fire as it stands now.

    Raises: IncidentUnknown, Forbidden.
    """
    case = open_case(incident_id, Operation.READ_INCIDENTS, officer=officer, work=work)
    on = legal_day(case.incident.called_at)
    return Triaged(
        incident_id=incident_id,
        incident_version=case.incident.version,
        judgement=judge(case.facts(), work.rules.triage, on),
    )
