"""A registration taken up again, and what follows from a change of its facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.eligibility import rules_broken
from service.domain.errors import Fault
from service.domain.incident import Incident, State
from service.domain.powers import Officer, Operation
from service.domain.registering import turn
from service.domain.registration import Registration, RegistrationEvent, apply
from service.domain.route_refusals import RegistrationUnknown
from service.domain.triage import Route
from service.domain.words import Words
from service.operations.case import advance, incident_for, move_incident
from service.operations.ports import Work


def registration_for(
    incident_id: UUID, operation: Operation, *, officer: Officer, work: Work
) -> tuple[Incident, Registration]:
    """The incident and its registration, if this officer may do this to it.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden.
    """
    incident = incident_for(incident_id, operation, officer=officer, work=work)
    registration = work.registrations.get(incident_id)
    if registration is None:
        raise RegistrationUnknown(
            Fault(
                "/incident_id",
                Words("该火情没有简易登记", "the fire has not been registered"),
                Words("请先登记", "register it first"),
            )
        )
    return incident, registration


def append(
    registration: Registration,
    *events: RegistrationEvent,
    officer: Officer,
    work: Work,
    observed_at: datetime | None = None,
) -> Registration:
    """Append events and keep the registration that follows."""
    return advance(
        "registration",
        work.registrations,
        registration,
        events,
        apply=apply,
        officer=officer,
        work=work,
        observed_at=observed_at,
    )


def append_and_weigh(
    incident: Incident,
    registration: Registration,
    event: Any,
    *,
    reason: str,
    officer: Officer,
    work: Work,
) -> Registration:
    """Append a change of facts; where they shut the route, it becomes an investigation."""
    broken = rules_broken(Route.REGISTRATION, incident, facts=event.facts, rules=work.rules)
    if not broken:
        return append(registration, event, officer=officer, work=work)
    turned = turn(registration, reason=reason, rule_ids=broken, officer=officer, now=work.now)
    move_incident(incident, State.INVESTIGATING, officer=officer, work=work)
    return append(registration, event, turned, officer=officer, work=work)
