"""Register a fire simply 简易登记: judge, take the number, freeze, hand the units back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.eligibility import must_be_eligible
from service.domain.errors import Fault, RecordStale
from service.domain.facts import Facts
from service.domain.incident import State
from service.domain.powers import Officer, Operation
from service.domain.recording import decide
from service.domain.registering import must_be_of_the_station, register
from service.domain.registration import Registration
from service.domain.report_checks import check_observed
from service.domain.route_refusals import RegistrationFixed
from service.domain.triage import Route, RouteJudgement
from service.domain.words import Words
from service.operations.case import (
    Case,
    decided,
    is_repeat,
    move_incident,
    open_case,
)
from service.operations.kept_registration import registration_for
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A fire read and judged, to be registered as long as its incident is at the same version.

    Photos are only ever added and posts never removed, so theirs may be those of a moment ago.
    """

    case: Case
    facts: Facts
    judged: RouteJudgement


def prepare_registration(
    command: RegisterIncident, *, officer: Officer, work: Work
) -> Ready | None:
    """All that comes before the writing; None where the fire is registered already.

    Raises: IncidentUnknown, Forbidden (NotTheStation), RouteNotOpen, RecordFrozen, Stale.
    """
    case = open_case(command.incident_id, Operation.REGISTER, officer=officer, work=work)
    incident = case.incident
    if incident.state is not State.OPEN and work.registrations.get(incident.id) is not None:
        return None
    is_repeat(command.precondition, None, repeats=False)
    must_be_of_the_station(officer, incident.station_path)
    check_observed(command.observed_at, called_at=incident.called_at, now=work.now)
    _must_be_as_seen(command, incident.version)
    decide(incident, State.REGISTERED)
    facts = case.facts()
    return Ready(
        case=case,
        facts=facts,
        judged=must_be_eligible(Route.REGISTRATION, incident, facts=facts, rules=work.rules),
    )


def register_incident(
    command: RegisterIncident, *, officer: Officer, work: Work, ready: Ready | None = None
) -> Registration | Created[Registration]:
    """Register an open, eligible fire; the same request again gets the same registration.

    Raises: IncidentUnknown, Forbidden, RouteNotOpen, RecordFrozen, RegistrationFixed, Stale.
    """
    ready = ready or prepare_registration(command, officer=officer, work=work)
    if ready is None:
        return _registered_before(command, officer=officer, work=work)
    return Created(_register(command, ready, officer=officer, work=work))


def _register(
    command: RegisterIncident, ready: Ready, *, officer: Officer, work: Work
) -> Registration:
    incident = ready.case.incident
    move_incident(incident, State.REGISTERED, officer=officer, work=work)
    taken = decided(
        ready.case,
        ready.judged,
        facts=ready.facts,
        kind=KIND,
        office=ready.case.office,
        officer=officer,
        work=work,
    )
    event = register(taken, rules=work.rules, observed_at=command.observed_at)
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


def _registered_before(command: RegisterIncident, *, officer: Officer, work: Work) -> Registration:
    _, before = registration_for(
        command.incident_id, Operation.REGISTER, officer=officer, work=work
    )
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
