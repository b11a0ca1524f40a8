"""The superior office accepts a reported registration, or returns it."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.powers import Officer, Operation
from service.domain.registering import review
from service.domain.registration import Decision, Registration
from service.operations.case import is_repeat
from service.operations.kept_registration import append, registration_for
from service.operations.outcome import Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRegistration:
    """The answer to the report at the version named."""

    incident_id: UUID
    decision: Decision
    reason: str
    precondition: Precondition


def review_registration(
    command: ReviewRegistration, *, officer: Officer, work: Work
) -> Registration:
    """Accept or return; after a return it is corrected and reported again.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden (NotSuperior), Stale,
    RegistrationEnded, NotYetDue.
    """
    _, registration = registration_for(
        command.incident_id, Operation.REVIEW_REGISTRATION, officer=officer, work=work
    )
    is_repeat(command.precondition, registration, repeats=False)
    event = review(
        registration,
        decision=command.decision,
        reason=command.reason,
        officer=officer,
        now=work.now,
    )
    return append(registration, event, officer=officer, work=work)
