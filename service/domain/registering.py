"""Decisions on a simple registration: made, reported, reviewed, struck off, turned."""

from datetime import datetime

from service.domain.calendar import Due, due, legal_day
from service.domain.eligibility import owed_items
from service.domain.errors import Fault
from service.domain.frozen import Decided, freeze
from service.domain.incident import Incident
from service.domain.powers import Officer
from service.domain.registration import (
    LIVE,
    Decision,
    Ending,
    Registered,
    Registration,
    RegistrationReported,
    RegistrationReviewed,
    RegistrationState,
    RegistrationStruckOff,
    ReportMade,
    Review,
    TurnedIntoInvestigation,
)
from service.domain.route_refusals import (
    NotSuperior,
    NotTheStation,
    NotYetDue,
    RegistrationEnded,
)
from service.domain.rulebook import Rulebook
from service.domain.words import Words

REPORTABLE = frozenset({RegistrationState.REGISTERED, RegistrationState.RETURNED})


def register(decided: Decided, *, rules: Rulebook, observed_at: datetime | None) -> Registered:
    """Freeze an eligible fire under its number and hand its units back (17号, Art. 10)."""
    incident, now = decided.incident, decided.now
    supplement = rules.terms.of("supplement", legal_day(now))
    by_then = due(supplement, start=now, calendar=rules.calendar)
    registration = Registration(
        id=incident.id,
        version=1,
        state=RegistrationState.REGISTERED,
        office_path=incident.station_path,
        incident_version=incident.version,
        observed_at=observed_at,
        record=freeze(decided),
        units=decided.units,
        facts=decided.facts,
        report_due=report_due(incident, rules=rules, now=now),
        owed=owed_items(decided.judged, by_then),
    )
    return Registered(registration=registration)


def must_be_of_the_station(officer: Officer, station_path: str) -> None:
    """The attending station registers, no office above it (17号, Art. 10).

    Raises: NotTheStation.
    """
    if officer.post_path != station_path:
        raise NotTheStation(
            Fault(
                "/officer",
                Words("简易登记由到场的消防救援站办理", "the attending station registers a fire"),
                Words(
                    "请由该站办理；调查人员可办理简易程序",
                    "ask the station; an investigator has the simplified procedure",
                ),
            )
        )


def report_due(incident: Incident, *, rules: Rulebook, now: datetime) -> Due:
    """48 hours from the end of the response; from now, provisionally, while that is not known."""
    ended_at = incident.response_ended_at
    term = rules.terms.of("registration_report", legal_day(incident.called_at))
    found = due(term, start=ended_at or now, calendar=rules.calendar)
    return Due(at=found.at, provisional=ended_at is None)


def report(registration: Registration, *, officer: Officer, now: datetime) -> RegistrationReported:
    """Send a registration up; a late report is taken, and says that it is late.

    Raises: RegistrationEnded, NotYetDue when it has been reported and not returned.
    """
    must_be_live(registration)
    if registration.state not in REPORTABLE:
        raise NotYetDue(
            Fault(
                "/state",
                Words("该登记已上报", "the registration has been reported"),
                Words(
                    "等待上级审核；退回后可再次上报", "await the review; report again if returned"
                ),
            )
        )
    made = ReportMade(
        made_at=now,
        officer_id=officer.id,
        due=registration.report_due,
        late=registration.report_due.is_late(now),
    )
    return RegistrationReported(report=made)


def review(
    registration: Registration,
    *,
    decision: Decision,
    reason: str,
    officer: Officer,
    now: datetime,
) -> RegistrationReviewed:
    """The superior office accepts a reported registration, or returns it with the reason.

    Raises: RegistrationEnded, NotSuperior, NotYetDue when it has not been reported.
    """
    must_be_live(registration)
    must_be_superior(officer, registration.office_path)
    if registration.state is not RegistrationState.REPORTED:
        raise NotYetDue(
            Fault(
                "/state",
                Words("该登记没有待审核的上报", "no report of the registration awaits a review"),
                Words("请先上报", "it is reported first"),
            )
        )
    made = Review(decision=decision, reason=reason, made_at=now, officer_id=officer.id)
    return RegistrationReviewed(review=made)


def strike_off(
    registration: Registration, *, reason: str, officer: Officer, now: datetime
) -> RegistrationStruckOff:
    """Strike off what was no fire in the sense of the statistics 核销; its number stays used.

    Raises: RegistrationEnded, NotSuperior.
    """
    must_be_live(registration)
    # 17号 says of a registration that it is reported up, reviewed there, and may be struck off; as
    # far as its text is known here, not by whom. No station undoes its own: its superior does.
    must_be_superior(officer, registration.office_path)
    return RegistrationStruckOff(
        ending=Ending(reason=reason, rule_ids=(), at=now, officer_id=officer.id)
    )


def turn(
    registration: Registration,
    *,
    reason: str,
    rule_ids: tuple[str, ...],
    officer: Officer,
    now: datetime,
) -> TurnedIntoInvestigation:
    """End a registration because the fire is investigated after all; there is no way back.

    Raises: RegistrationEnded.
    """
    must_be_live(registration)
    return TurnedIntoInvestigation(
        ending=Ending(reason=reason, rule_ids=rule_ids, at=now, officer_id=officer.id)
    )


def must_be_live(registration: Registration) -> None:
    """Raises: RegistrationEnded when it was struck off or turned into an investigation."""
    if registration.state not in LIVE:
        raise RegistrationEnded(
            Fault(
                "/state",
                Words(
                    "该登记已核销或已转调查", "it was struck off or turned into an investigation"
                ),
                Words("如有新情况请在调查中办理", "what is new belongs to the investigation"),
            ),
            state=registration.state.value,
        )


def must_be_superior(officer: Officer, office_path: str) -> None:
    """Raises: NotSuperior unless the officer's post stands above the office."""
    if office_path.startswith(officer.post_path) and office_path != officer.post_path:
        return
    raise NotSuperior(
        Fault(
            "/officer",
            Words("须由上级机构的人员办理", "an officer of the superior office must do this"),
            Words("请由上级机构办理", "ask the office above"),
        )
    )
