"""Strike a registration off 核销: it was no fire in the sense of the statistics."""

from dataclasses import dataclass
from uuid import UUID

from service.domain import registering
from service.domain.incident import State
from service.domain.powers import Officer, Operation
from service.domain.registration import Registration
from service.operations.case import is_repeat, move_incident
from service.operations.kept_registration import append, registration_for
from service.operations.outcome import Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOff:
    """Why it is struck off."""

    incident_id: UUID
    reason: str
    precondition: Precondition


def strike_off(command: StrikeOff, *, officer: Officer, work: Work) -> Registration:
    """End the registration and its incident; the number stays used.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden (NotSuperior), Stale, RegistrationEnded.
    """
    incident, registration = registration_for(
        command.incident_id, Operation.STRIKE_OFF, officer=officer, work=work
    )
    is_repeat(command.precondition, registration, repeats=False)
    event = registering.strike_off(
        registration, reason=command.reason, officer=officer, now=work.now
    )
    move_incident(incident, State.STRUCK_OFF, officer=officer, work=work)
    return append(registration, event, officer=officer, work=work)
