"""File the certificate of the simplified procedure with the superior body 备案."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.powers import Officer, Operation
from service.domain.proceeding import file
from service.domain.simplified import SimplifiedProcedure, apply
from service.operations.case import advance, is_repeat
from service.operations.outcome import Precondition
from service.operations.ports import Work
from service.operations.take_steps import STREAM, procedure_for


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCertificate:
    """The filing, with a note where it was filed."""

    incident_id: UUID
    note: str
    precondition: Precondition


def file_certificate(
    command: FileCertificate, *, officer: Officer, work: Work
) -> SimplifiedProcedure:
    """Record the filing, due within 2 days of the certificate; late ones say so.

    Raises: IncidentUnknown, ProcedureUnknown, Forbidden, Stale, RegistrationEnded, NotYetDue.
    """
    procedure = procedure_for(
        command.incident_id, Operation.SIMPLIFIED_PROCEDURE, officer=officer, work=work
    )
    is_repeat(command.precondition, procedure, repeats=False)
    event = file(procedure, note=command.note, officer=officer, now=work.now)
    return advance(
        STREAM, work.procedures, procedure, [event], apply=apply, officer=officer, work=work
    )
