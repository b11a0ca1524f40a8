"""Report a registration to the superior office, within 48 hours of the response's end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.powers import Officer, Operation
from service.domain.registering import report
from service.domain.registration import Registration
from service.domain.report_checks import check_observed
from service.operations.case import is_repeat
from service.operations.kept_registration import append, registration_for
from service.operations.outcome import Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRegistration:
    """Report it as it stands at the version named."""

    incident_id: UUID
    observed_at: datetime | None
    precondition: Precondition


def report_registration(
    command: ReportRegistration, *, officer: Officer, work: Work
) -> Registration:
    """Send it up, or up again after a return; lateness is worked out here.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden, Stale, RegistrationEnded, NotYetDue.
    """
    incident, registration = registration_for(
        command.incident_id, Operation.REPORT_REGISTRATION, officer=officer, work=work
    )
    is_repeat(command.precondition, registration, repeats=False)
    check_observed(command.observed_at, called_at=incident.called_at, now=work.now)
    event = report(registration, officer=officer, now=work.now)
    return append(registration, event, officer=officer, work=work, observed_at=command.observed_at)
