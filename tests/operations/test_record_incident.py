"""Incidents, parties and statements put on record exactly once; double reports joined."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from shapely.geometry import Point

from service.domain.canonical import digest_of
from service.domain.errors import (
    IncidentUnknown,
    OutsideJurisdiction,
    PartyUnknown,
    RecordStale,
    ReportInvalid,
    RoleNotAllowed,
    StatementUnknown,
)
from service.domain.incident import State
from service.domain.incident_query import Around, IncidentQuery
from service.domain.powers import Role
from service.domain.shown_text import shown_text
from service.operations.join_incidents import JoinIncidents, join_incidents
from service.operations.outcome import Created
from service.operations.read_incidents import (
    list_incidents,
    read_incident,
    read_party,
    read_statement,
)
from service.operations.record_incident import RecordIncident, record_incident
from service.operations.record_party import RecordParty, record_party
from service.operations.record_statement import RecordStatement, Signed, record_statement
from tests.desk import CREATE, Desk, at_version
from tests.fires import CALLED_AT, CREW, NOW, REVIEWER, a_fire, a_party, a_statement, located

EVERYTHING = IncidentQuery(within="/")


@pytest.fixture
def desk(database_url: str) -> Desk:
    return Desk(database_url)


@pytest.fixture
def neighbour(desk: Desk) -> Any:
    return desk.add(15, Role.CREW, "/1/2/3/5/")


def a_report(**changes: Any) -> RecordIncident:
    """The usual fire, to be opened."""
    command = RecordIncident(
        id=UUID(int=100), report=a_fire().report, station_id=None, precondition=CREATE
    )
    return replace(command, **changes)


def the_party(**changes: Any) -> RecordParty:
    """The usual party, to be added."""
    party = a_party()
    command = RecordParty(
        incident_id=UUID(int=100),
        id=party.id,
        name=party.name,
        capacity=party.capacity,
        id_number=party.id_number,
        phone=party.phone,
        unit_ids=party.unit_ids,
        precondition=CREATE,
    )
    return replace(command, **changes)


def the_statement(**changes: Any) -> RecordStatement:
    """The usual statement, to be added unsigned."""
    statement = a_statement()
    command = RecordStatement(
        incident_id=UUID(int=100),
        id=statement.id,
        party_id=statement.party_id,
        witness=None,
        text=statement.text,
        facts_heard=True,
        objection=statement.objection,
        heard_at=statement.heard_at,
        signature=None,
        precondition=CREATE,
    )
    return replace(command, **changes)


def made(desk: Desk, operation: Any, command: Any, officer: Any = CREW) -> Any:
    """The result as it is, new or not."""
    return desk.database.write(lambda work: operation(command, officer=officer, work=work))


def test_an_incident_is_opened_once_whoever_asks_again(desk: Desk) -> None:
    first = made(desk, record_incident, a_report())
    again = made(desk, record_incident, a_report())
    assert isinstance(first, Created)
    assert again == first.value
    assert again.incident.station_id == CREW.post_id


def test_opening_again_after_a_correction_is_a_repeat_too(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    report = replace(a_fire().report, account="更正")
    desk.do(record_incident, a_report(report=report, precondition=at_version(1)), CREW)
    assert made(desk, record_incident, a_report()).version == 2


def test_another_fire_under_a_used_id_is_shown_what_stands(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    other = a_report(report=replace(a_fire().report, account="另一起"))
    with pytest.raises(RecordStale) as refusal:
        made(desk, record_incident, other)
    present: Any = refusal.value.facts["present"]
    assert present.incident.account == a_fire().account


def test_a_correction_needs_the_present_version_unless_it_is_made_already(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    report = replace(a_fire().report, account="更正")
    correction = a_report(report=report, precondition=at_version(1))
    assert desk.do(record_incident, correction, CREW).version == 2
    assert desk.do(record_incident, correction, CREW).version == 2
    with pytest.raises(RecordStale):
        desk.do(record_incident, a_report(precondition=at_version(1)), CREW)


def test_every_change_is_kept(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    report = replace(a_fire().report, account="更正")
    desk.do(record_incident, a_report(report=report, precondition=at_version(1)), CREW)
    events = desk.database.read(lambda work: work.events.read("incident", UUID(int=100)))
    assert [each.event.report.account for each in events] == [a_fire().account, "更正"]


def test_what_is_not_there_is_not_corrected(desk: Desk) -> None:
    with pytest.raises(IncidentUnknown):
        made(desk, record_incident, a_report(precondition=at_version(1)))


def test_a_report_is_checked_when_it_opens_and_when_it_corrects(desk: Desk) -> None:
    late = replace(a_fire().report, called_at=NOW + timedelta(hours=1), response_ended_at=None)
    with pytest.raises(ReportInvalid):
        made(desk, record_incident, a_report(report=late))
    made(desk, record_incident, a_report())
    with pytest.raises(ReportInvalid):
        made(desk, record_incident, a_report(report=late, precondition=at_version(1)))


def test_a_brigade_opens_for_a_station_below_it(desk: Desk) -> None:
    for_station = a_report(station_id=UUID(int=5))
    answer = desk.do(record_incident, for_station, desk.investigator)
    assert answer.incident.station_path == "/1/2/3/5/"
    with pytest.raises(OutsideJurisdiction):
        made(desk, record_incident, a_report(id=uuid4(), station_id=UUID(int=5)))
    with pytest.raises(ReportInvalid):
        made(desk, record_incident, a_report(id=uuid4(), station_id=uuid4()))


def test_a_reviewer_reports_no_fires(desk: Desk) -> None:
    with pytest.raises(RoleNotAllowed):
        made(desk, record_incident, a_report(), REVIEWER)


def test_a_neighbour_sees_that_a_fire_is_reported_and_no_more(desk: Desk, neighbour: Any) -> None:
    made(desk, record_incident, a_report())
    answer = desk.do(record_incident, a_report(id=UUID(int=101)), neighbour)
    [other] = answer.possible_same
    assert (other.incident_id, other.may_open, other.address) == (UUID(int=100), False, None)
    seen = desk.read(read_incident, UUID(int=101), desk.investigator).possible_same
    assert seen[0].address == a_fire().place.address


def test_a_double_report_is_joined_once(desk: Desk, neighbour: Any) -> None:
    made(desk, record_incident, a_report())
    desk.do(record_incident, a_report(id=UUID(int=101)), neighbour)
    join = JoinIncidents(kept_id=UUID(int=100), join_id=UUID(int=7), joined_id=UUID(int=101))
    first = made(desk, join_incidents, join, neighbour)
    assert isinstance(first, Created)
    assert made(desk, join_incidents, join, neighbour).incident == first.value.incident
    gone = desk.read(read_incident, UUID(int=101), neighbour)
    assert gone.incident.state is State.JOINED
    assert (gone.incident.joined_to, gone.possible_same) == (UUID(int=100), ())
    assert desk.incident(UUID(int=100)).joined == (UUID(int=101),)


def test_nothing_is_joined_to_a_fire_far_up_the_tree_or_unknown(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    far = desk.fire(station_path="/1/9/9/9/")
    for kept_id, refusal in ((far.id, OutsideJurisdiction), (uuid4(), IncidentUnknown)):
        join = JoinIncidents(kept_id=kept_id, join_id=uuid4(), joined_id=UUID(int=100))
        with pytest.raises(refusal):
            made(desk, join_incidents, join)


def test_a_party_is_recorded_once_and_corrected_by_version(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    first = made(desk, record_party, the_party())
    assert isinstance(first, Created)
    assert made(desk, record_party, the_party()) == first.value
    corrected = the_party(phone=None, precondition=at_version(1))
    answer = desk.do(record_party, corrected, CREW)
    assert (answer.version, answer.incident_version) == (2, 3)
    with pytest.raises(RecordStale):
        made(desk, record_party, the_party(precondition=at_version(1)))
    with pytest.raises(PartyUnknown):
        made(desk, record_party, the_party(id=uuid4(), precondition=at_version(1)))


def test_a_statement_is_recorded_signed_and_read(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    made(desk, record_party, the_party())
    first = made(desk, record_statement, the_statement())
    assert isinstance(first, Created)
    assert made(desk, record_statement, the_statement()) == first.value
    text = shown_text(first.value.incident, first.value.statement)
    signed = Signed(
        strokes=(((1.0, 1.0, 0),),), digest=digest_of(text), device="phone", signed_at=NOW
    )
    command = the_statement(signature=signed, precondition=at_version(1))
    answer = desk.do(record_statement, command, CREW)
    assert answer.version == 2
    assert desk.do(record_statement, command, desk.investigator).version == 2
    read = desk.database.read(
        lambda work: read_statement(UUID(int=100), a_statement().id, officer=REVIEWER, work=work)
    )
    assert read.statement.signature.officer_present == CREW.id
    with pytest.raises(RecordStale):
        made(desk, record_statement, the_statement(text="改口", precondition=at_version(1)))
    with pytest.raises(StatementUnknown):
        made(desk, record_statement, the_statement(id=uuid4(), precondition=at_version(1)))


def test_what_is_not_on_record_cannot_be_read(desk: Desk) -> None:
    made(desk, record_incident, a_report())
    made(desk, record_party, the_party())

    def read(query: Any, id: UUID) -> Any:
        return desk.database.read(lambda work: query(UUID(int=100), id, officer=CREW, work=work))

    assert read(read_party, a_party().id).version == 1
    with pytest.raises(PartyUnknown):
        read(read_party, uuid4())
    with pytest.raises(StatementUnknown):
        read(read_statement, uuid4())


def test_a_list_is_paged_within_the_own_part_of_the_tree(desk: Desk, neighbour: Any) -> None:
    fires = [desk.fire(called_at=CALLED_AT + timedelta(minutes=n)) for n in range(5)]
    query, ids = replace(EVERYTHING, limit=2), []
    for _ in range(3):
        page = desk.read(list_incidents, query, CREW)  # type: ignore[arg-type]
        ids += [fire.id for fire in page.incidents]
        query = replace(query, after=page.next)
    assert ids == [fire.id for fire in reversed(fires)]
    assert page.next is None
    assert desk.read(list_incidents, EVERYTHING, neighbour).incidents == ()  # type: ignore[arg-type]


def test_a_list_around_a_place_reads_on_until_its_page_is_full(desk: Desk) -> None:
    corner = located(Point(111.67 + 190 / 84_350, 40.82 + 190 / 111_000))
    for n in range(4):
        desk.fire(
            place=replace(a_fire().place, location=corner),
            called_at=CALLED_AT + timedelta(minutes=n),
        )
    near = desk.fire()
    around = Around(lon=111.67, lat=40.82, reach_m=200)
    query = replace(EVERYTHING, around=around, limit=1)
    page = desk.read(list_incidents, query, CREW)  # type: ignore[arg-type]
    assert [fire.id for fire in page.incidents] == [near.id]
