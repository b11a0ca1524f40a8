"""Put a fire on record under the id its phone made, or correct the report of it."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.errors import Fault, RecordStale, ReportInvalid
from service.domain.incident import Incident, Report
from service.domain.incident_events import IncidentEvent, IncidentOpened, apply, opened
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.recording import correct_incident, open_incident
from service.domain.report_checks import check_report
from service.domain.words import Words
from service.operations.case import advance, incident_for
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.possible_same import IncidentAnswer, answer_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIncident:
    """A report, whole; `station_id` is the station it is opened for (None: the officer's)."""

    id: UUID
    report: Report
    station_id: UUID | None
    precondition: Precondition


def record_incident(
    command: RecordIncident, *, officer: Officer, work: Work
) -> IncidentAnswer | Created[IncidentAnswer]:
    """Open the incident, or replace its report; saying again what stands changes nothing.

    Raises: Forbidden, IncidentUnknown, ReportInvalid, RecordFrozen, RecordStale.
    """
    must_be_allowed(officer, Operation.RECORD_INCIDENT, at=None)
    if work.incidents.get(command.id) is None and command.precondition.create:
        return Created(answer_of(_open(command, officer, work), officer=officer, work=work))
    before = incident_for(command.id, Operation.RECORD_INCIDENT, officer=officer, work=work)
    if _says_what_stands(command, before, work):
        return answer_of(before, officer=officer, work=work)
    if command.precondition.version != before.version:
        raise stale(before.version, present=answer_of(before, officer=officer, work=work))
    check_report(command.report, now=work.now, divisions=work.rules.divisions)
    event = correct_incident(before, command.report, now=work.now)
    after = put_on_record(before, event, officer=officer, work=work)
    return answer_of(after, officer=officer, work=work)


def put_on_record(
    before: Incident, event: IncidentEvent, *, officer: Officer, work: Work
) -> Incident:
    """Append one event to the incident and keep the state that follows.

    Raises: Stale.
    """
    return advance(
        "incident", work.incidents, before, [event], apply=apply, officer=officer, work=work
    )


def stale(version: int, *, present: object) -> RecordStale:
    """The refusal that shows how the record stands now."""
    return RecordStale(
        Fault(
            "/version",
            Words(f"现为第{version}版", f"the present version is {version}"),
            Words("请核对现状后再次更正", "look at the present state and correct that"),
        ),
        version=version,
        present=present,
    )


def _open(command: RecordIncident, officer: Officer, work: Work) -> Incident:
    station_id, path = _station(command, officer, work)
    must_be_allowed(officer, Operation.RECORD_INCIDENT, at=path)
    check_report(command.report, now=work.now, divisions=work.rules.divisions)
    event = open_incident(command.report, id=command.id, station_id=station_id, station_path=path)
    incident = opened(event)
    work.events.append("incident", incident.id, [event], expected=0, officer_id=officer.id)
    work.incidents.put(incident, previous=0)
    return incident


def _station(command: RecordIncident, officer: Officer, work: Work) -> tuple[UUID, str]:
    if command.station_id is None:
        return officer.post_id, officer.post_path
    post = work.people.post(command.station_id)
    if post is None:
        raise ReportInvalid(
            Fault(
                "/station_id",
                Words("没有这个站", "there is no such post"),
                Words("请核对编号，或不填以使用本站", "check the id, or leave it out for your own"),
            )
        )
    return post.id, post.path


def _says_what_stands(command: RecordIncident, before: Incident, work: Work) -> bool:
    """A repeat: the present report again, or, opening, the one it was opened with."""
    if command.report == before.report:
        return True
    if not command.precondition.create:
        return False
    first = work.events.read("incident", before.id)[0].event
    return isinstance(first, IncidentOpened) and first.report == command.report
