"""Put a mistake in a registration right beside it, signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from service.domain.canonical import canonical
from service.domain.corrected import correct
from service.domain.powers import Officer, Operation
from service.domain.registration import Registration
from service.domain.statement import Signature, Stroke
from service.operations.kept_registration import append_and_weigh, registration_for
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.supplement_registration import id_taken


class Signed(TypedDict):
    """A signature as it came; the officer present is the one who sends it."""

    strokes: tuple[Stroke, ...]
    digest: str
    device: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRegistration:
    """One value at a JSON pointer of the frozen record, with the reason and the signature."""

    incident_id: UUID
    id: UUID
    pointer: str
    becomes: Any
    reason: str
    signature: Signed


def correct_registration(
    command: CorrectRegistration, *, officer: Officer, work: Work
) -> Registration | Created[Registration]:
    """Record a correction; the same again changes nothing, and nothing is overwritten.

    A dispute, casualty or loss that shuts the route turns it into an investigation.
    Raises: IncidentUnknown, RegistrationUnknown, Forbidden, RegistrationEnded,
    CorrectionInvalid, RegistrationFixed.
    """
    incident, registration = registration_for(
        command.incident_id, Operation.REGISTER, officer=officer, work=work
    )
    for made in registration.corrections:
        if made.id == command.id:
            sent = (command.pointer, canonical(command.becomes), command.reason)
            if (made.pointer, made.becomes, made.reason) != sent:
                raise id_taken("/correction_id", registration)
            return registration
    event = correct(
        registration,
        id=command.id,
        pointer=command.pointer,
        becomes=command.becomes,
        reason=command.reason,
        signature=Signature(officer_present=officer.id, **command.signature),
        officer=officer,
        rules=work.rules,
        now=work.now,
    )
    return Created(
        append_and_weigh(
            incident, registration, event, reason=command.reason, officer=officer, work=work
        )
    )
