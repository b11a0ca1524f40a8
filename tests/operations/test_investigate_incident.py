"""A fire is taken over as it stands, led by two or more, within its term."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.errors import RecordFrozen, Stale
from service.domain.incident import Incident, State
from service.domain.investigation import Ground, Investigation, Team
from service.domain.powers import Role
from service.domain.registration import RegistrationState
from service.domain.route_refusals import (
    InvestigationUnknown,
    InvestigatorsWrong,
    NotSuperior,
    PauseInvalid,
    TermEnded,
)
from service.operations.extend_investigation import ExtendInvestigation, extend_investigation
from service.operations.investigate_incident import InvestigateIncident, investigate_incident
from service.operations.pause_investigation import PauseInvestigation, pause_investigation
from service.operations.read_investigation import read_investigation
from service.operations.read_registration import read_registration
from service.operations.register_incident import RegisterIncident, register_incident
from tests.desk import CREATE, Desk, at_version
from tests.fires import CALLED_AT

LI, WANG = UUID(int=12), UUID(int=13)
TEAM = Team(lead_officer_id=LI, investigator_ids=(LI, WANG))


@pytest.fixture
def desk(database_url: str) -> Desk:
    return Desk(database_url)


def investigating(fire: Incident, **changes: Any) -> InvestigateIncident:
    command = InvestigateIncident(
        incident_id=fire.id,
        team=TEAM,
        ground=Ground.NOT_ELIGIBLE,
        reason="损失较大",
        handed_over_to=None,
        precondition=CREATE,
    )
    return replace(command, **changes)


def pausing(found: Investigation, **changes: Any) -> PauseInvestigation:
    command = PauseInvestigation(
        incident_id=found.id,
        id=UUID(int=70),
        begun_at=CALLED_AT + timedelta(days=1),
        ended_at=None,
        reason="检验",
        precondition=at_version(found.version),
    )
    return replace(command, **changes)


def extending(found: Investigation) -> ExtendInvestigation:
    return ExtendInvestigation(
        incident_id=found.id, reason="案情复杂", precondition=at_version(found.version)
    )


def opened(desk: Desk, **changes: Any) -> Investigation:
    found: Investigation = desk.do(
        investigate_incident, investigating(desk.fire(), **changes), desk.investigator
    )
    return found


def test_a_fire_is_taken_over_with_nothing_entered_again(desk: Desk) -> None:
    fire = desk.fire()
    found = desk.do(investigate_incident, investigating(fire), desk.investigator)
    incident = desk.incident(fire.id)
    assert incident.state is State.INVESTIGATING
    assert replace(incident, state=fire.state, version=fire.version) == fire
    assert found.due.at == datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
    assert desk.read(read_investigation, fire.id, desk.crew) == found


def test_the_same_request_gets_the_same_investigation(desk: Desk) -> None:
    fire = desk.fire()
    first = desk.do(investigate_incident, investigating(fire), desk.investigator)
    assert desk.do(investigate_incident, investigating(fire), desk.investigator) == first
    with pytest.raises(Stale):
        desk.do(investigate_incident, investigating(fire, reason="其他"), desk.investigator)


def test_a_registration_turns_into_it_and_never_back(desk: Desk) -> None:
    fire = desk.fire()
    registering = RegisterIncident(
        incident_id=fire.id, incident_version=None, observed_at=None, precondition=CREATE
    )
    desk.do(register_incident, registering, desk.crew)
    late = investigating(fire, ground=Ground.LATE_DISPUTE, reason="事后异议")
    desk.do(investigate_incident, late, desk.investigator)
    turned = desk.read(read_registration, fire.id, desk.crew)
    assert (turned.state, turned.ending.reason) == (RegistrationState.TURNED, "事后异议")
    assert desk.do(register_incident, registering, desk.crew) == turned
    assert desk.incident(fire.id).state is State.INVESTIGATING


def test_one_that_a_correction_turned_awaits_its_investigators(desk: Desk) -> None:
    fire = desk.fire(state=State.INVESTIGATING)
    with pytest.raises(InvestigationUnknown):
        desk.read(read_investigation, fire.id, desk.crew)
    desk.do(investigate_incident, investigating(fire), desk.investigator)
    assert desk.incident(fire.id).version == fire.version


@pytest.mark.parametrize("people", [(LI,), (LI, LI), (WANG, UUID(int=14))])
def test_two_investigators_or_more_the_lead_among_them(desk: Desk, people: Any) -> None:
    with pytest.raises(InvestigatorsWrong):
        opened(desk, team=Team(lead_officer_id=LI, investigator_ids=people))


def test_only_investigators_in_service_here(desk: Desk) -> None:
    gone = desk.add(50, Role.INVESTIGATOR, "/1/2/3/", active=False)
    elsewhere = desk.add(51, Role.INVESTIGATOR, "/1/2/3/5/")
    for id in (gone.id, elsewhere.id, desk.supervisor.id, uuid4()):
        with pytest.raises(InvestigatorsWrong) as refused:
            opened(desk, team=Team(lead_officer_id=LI, investigator_ids=(LI, id)))
        assert refused.value.faults[0].pointer == "/investigator_ids/1"


def test_another_officer_takes_the_lead(desk: Desk) -> None:
    found = opened(desk)
    team = replace(TEAM, lead_officer_id=WANG)
    command = investigating(desk.incident(found.id), team=team, precondition=at_version(1))
    found = desk.do(investigate_incident, command, desk.investigator)
    assert (found.version, found.team.lead_officer_id) == (2, WANG)


def test_deaths_hand_it_over_to_a_government_investigation(desk: Desk) -> None:
    found = opened(desk)
    command = investigating(
        desk.incident(found.id), handed_over_to="自治区调查组", precondition=at_version(1)
    )
    found = desk.do(investigate_incident, command, desk.investigator)
    assert found.handed_over_to == "自治区调查组"
    assert desk.incident(found.id).state is State.HANDED_OVER
    back = replace(command, handed_over_to=None, precondition=at_version(2))
    with pytest.raises(RecordFrozen):
        desk.do(investigate_incident, back, desk.investigator)
    assert opened(desk, handed_over_to="市调查组").handed_over_to == "市调查组"


def test_tests_and_appraisals_are_not_counted(desk: Desk) -> None:
    found = desk.do(pause_investigation, pausing(opened(desk)), desk.investigator)
    assert found.due.at is None
    ended = pausing(found, ended_at=CALLED_AT + timedelta(days=11))
    found = desk.do(pause_investigation, ended, desk.investigator)
    assert len(found.pauses) == 1
    assert found.due.at == datetime(2027, 1, 4, 16, 0, tzinfo=UTC)
    assert found.due.provisional


@pytest.mark.parametrize(
    "wrong",
    [{"begun_at": CALLED_AT - timedelta(hours=1)}, {"ended_at": CALLED_AT + timedelta(hours=1)}],
)
def test_a_pause_lies_after_the_alarm_and_ends_after_it_begins(desk: Desk, wrong: Any) -> None:
    with pytest.raises(PauseInvalid):
        desk.do(pause_investigation, pausing(opened(desk), **wrong), desk.investigator)


def test_the_next_level_extends_the_term_once_and_in_time(desk: Desk) -> None:
    found = opened(desk)
    at_the_post = replace(desk.supervisor, post_path="/1/2/3/")
    with pytest.raises(NotSuperior):
        desk.do(extend_investigation, extending(found), at_the_post)
    found = desk.do(extend_investigation, extending(found), desk.supervisor)
    assert found.extension.days == 30
    assert found.due.at == datetime(2027, 1, 25, 16, 0, tzinfo=UTC)
    with pytest.raises(TermEnded):
        desk.do(extend_investigation, extending(found), desk.supervisor)
    late = opened(desk)
    desk.now += timedelta(days=40)
    with pytest.raises(TermEnded):
        desk.do(extend_investigation, extending(late), desk.supervisor)
