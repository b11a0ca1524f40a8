"""Register a fire simply 简易登记: judge, take the number, freeze, hand the units back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.eligibility import must_be_eligible
from service.domain.errors import Fault, RecordStale
from service.domain.incident import State
from service.domain.powers import Officer, Operation
from service.domain.registering import register
from service.domain.registration import Registration
from service.domain.route_refusals import RegistrationFixed
from service.domain.triage import Route
from service.domain.words import Words
from service.operations.case import (
    Case,
    is_repeat,
    move_incident,
    office_of,
    open_case,
    take_number,
)
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work

KIND = Route.REGISTRATION.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIncident:
    """Register the incident, as it stood at `incident_version` where that is given."""

    incident_id: UUID
    incident_version: int | None
    observed_at: datetime | None
    precondition: Precondition


def register_incident(
    command: RegisterIncident, *, officer: Officer, work: Work
) -> Registration | Created[Registration]:
    """Register an open, eligible fire; the same request again gets the same registration.

    Raises: IncidentUnknown, Forbidden, RouteNotOpen, RecordFrozen, RegistrationFixed, Stale.
    """
    case = open_case(command.incident_id, Operation.REGISTER, officer=officer, work=work)
    if case.incident.state is not State.OPEN:
        before = _registered_before(command, work)
        if before is not None:
            return before
    is_repeat(command.precondition, None, repeats=False)
    return Created(_register(command, case, officer=officer, work=work))


def _register(
    command: RegisterIncident, case: Case, *, officer: Officer, work: Work
) -> Registration:
    incident = case.incident
    _must_be_as_seen(command, incident.version)
    move_incident(incident, State.REGISTERED, officer=officer, work=work)
    facts = case.facts()
    judged = must_be_eligible(Route.REGISTRATION, incident, facts=facts, rules=work.rules)
    office = office_of(incident.station_id, work)
    event = register(
        incident,
        judged=judged,
        facts=facts,
        rules=work.rules,
        numbered=take_number(KIND, office=office, drill=incident.drill, work=work),
        office=office,
        officer=officer,
        photos=case.digests(),
        observed_at=command.observed_at,
        now=work.now,
    )
    work.events.append(
        "registration",
        incident.id,
        [event],
        expected=0,
        officer_id=officer.id,
        observed_at=command.observed_at,
    )
    work.registrations.put(event.registration, previous=0)
    return event.registration


def _registered_before(command: RegisterIncident, work: Work) -> Registration | None:
    before = work.registrations.get(command.incident_id)
    if before is None:
        return None
    if not command.precondition.create:
        raise RegistrationFixed(
            Fault(
                "/headers/If-Match",
                Words("登记不可覆盖", "a registration is never overwritten"),
                Words("请提交更正", "send a correction instead"),
            ),
            version=before.version,
        )
    same_version = command.incident_version in (None, before.incident_version)
    repeats = same_version and command.observed_at == before.observed_at
    is_repeat(command.precondition, before, repeats=repeats)
    return before


def _must_be_as_seen(command: RegisterIncident, version: int) -> None:
    """Raises: RecordStale when the incident has changed since the crew saw it."""
    if command.incident_version not in (None, version):
        raise RecordStale(
            Fault(
                "/incident_version",
                Words(f"火情现为第{version}版", f"the incident is at version {version}"),
                Words("请核对最新内容后再登记", "look at what changed, then register"),
            ),
            version=version,
        )
