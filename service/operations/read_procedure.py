"""Read a simplified procedure: its steps, its certificate, its filing."""

from uuid import UUID

from service.domain.powers import Officer, Operation
from service.domain.simplified import SimplifiedProcedure
from service.operations.ports import Work
from service.operations.take_steps import procedure_for


def read_procedure(incident_id: UUID, *, officer: Officer, work: Work) -> SimplifiedProcedure:
    """The simplified procedure of a fire.

    Raises: IncidentUnknown, ProcedureUnknown, Forbidden.
    """
    return procedure_for(incident_id, Operation.READ_INCIDENTS, officer=officer, work=work)
