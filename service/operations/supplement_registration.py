"""Hand in what a registration was allowed to miss 补正."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.errors import Fault
from service.domain.powers import Officer, Operation
from service.domain.registration import Registration
from service.domain.route_refusals import RegistrationFixed
from service.domain.supplementing import HandedIn, filled, supplement
from service.domain.words import Words
from service.operations.kept_registration import append_and_weigh, registration_for
from service.operations.outcome import Created
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRegistration:
    """One item under the id its maker chose."""

    incident_id: UUID
    id: UUID
    rule_id: str
    handed_in: HandedIn


def supplement_registration(
    command: SupplementRegistration, *, officer: Officer, work: Work
) -> Registration | Created[Registration]:
    """Take a supplement; the same again changes nothing. A higher loss turns the registration.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden, RegistrationEnded,
    SupplementNotOwed, SupplementInvalid, RegistrationFixed.
    """
    incident, registration = registration_for(
        command.incident_id, Operation.REGISTER, officer=officer, work=work
    )
    for given in registration.supplements:
        if given.id == command.id:
            content, _ = filled(registration, command.rule_id, command.handed_in)
            if (given.rule_id, given.content) != (command.rule_id, content):
                raise id_taken("/supplement_id", registration)
            return registration
    event = supplement(
        registration,
        id=command.id,
        rule_id=command.rule_id,
        handed_in=command.handed_in,
        officer=officer,
        now=work.now,
    )
    return Created(
        append_and_weigh(
            incident,
            registration,
            event,
            reason=f"补正 {command.rule_id}",
            officer=officer,
            work=work,
        )
    )


def id_taken(pointer: str, registration: Registration) -> RegistrationFixed:
    """What was handed in or corrected under an id stays as it is."""
    return RegistrationFixed(
        Fault(
            pointer,
            Words("该编号已用于另一内容", "the id stands for something else"),
            Words("请使用新的编号", "use a new id"),
        ),
        version=registration.version,
    )
