"""Read an investigation: its team, its term, its pauses."""

from uuid import UUID

from service.domain.errors import Fault
from service.domain.investigation import Investigation
from service.domain.powers import Officer, Operation
from service.domain.route_refusals import InvestigationUnknown
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.ports import Work


def read_investigation(incident_id: UUID, *, officer: Officer, work: Work) -> Investigation:
    """The investigation of a fire.

    Raises: IncidentUnknown, InvestigationUnknown, Forbidden.
    """
    return investigation_for(incident_id, Operation.READ_INCIDENTS, officer=officer, work=work)


def investigation_for(
    incident_id: UUID, operation: Operation, *, officer: Officer, work: Work
) -> Investigation:
    """The investigation, if this officer may do this to it.

    Raises: IncidentUnknown, InvestigationUnknown, Forbidden.
    """
    incident_for(incident_id, operation, officer=officer, work=work)
    found = work.investigations.get(incident_id)
    if found is None:
        raise InvestigationUnknown(
            Fault(
                "/incident_id",
                Words("该火情没有转调查", "the fire has not been taken over"),
                Words("请先转一般程序调查", "take it over to an investigation first"),
            )
        )
    return found
