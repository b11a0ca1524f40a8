"""The simplified procedure: steps in order, the certificate frozen, filed within two days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.domain.errors import RecordFrozen, RoleNotAllowed, Stale
from service.domain.incident import Incident, Loss, State
from service.domain.investigation import Ground, Team
from service.domain.photo import View
from service.domain.route_refusals import (
    NotYetDue,
    ProcedureUnknown,
    RegistrationEnded,
    RouteNotOpen,
    StepInvalid,
    StepOutOfOrder,
)
from service.domain.simplified import ORDER, SimplifiedProcedure, Step, StepDone
from service.operations.file_certificate import FileCertificate, file_certificate
from service.operations.investigate_incident import InvestigateIncident, investigate_incident
from service.operations.read_procedure import read_procedure
from service.operations.register_incident import RegisterIncident, register_incident
from service.operations.take_steps import TakeSteps, take_steps
from tests.desk import CREATE, Desk, at_version
from tests.fires import CALLED_AT, NOW, a_statement

PARTY = UUID(int=20)


@pytest.fixture
def desk(database_url: str) -> Desk:
    return Desk(database_url)


def steps(last: Step) -> tuple[StepDone, ...]:
    """All steps up to one, an instant apart."""
    return tuple(
        StepDone(step=step, done_at=CALLED_AT + timedelta(minutes=n), party_ids=(PARTY,))
        for n, step in enumerate(ORDER[: ORDER.index(last) + 1])
    )


def taking(fire: Incident, last: Step, version: int = 0, **changes: Any) -> TakeSteps:
    precondition = at_version(version) if version else CREATE
    command = TakeSteps(incident_id=fire.id, steps=steps(last), precondition=precondition)
    return replace(command, **changes)


def filing(found: SimplifiedProcedure) -> FileCertificate:
    return FileCertificate(
        incident_id=found.id, note="大队", precondition=at_version(found.version)
    )


def test_the_steps_are_taken_one_after_another(desk: Desk) -> None:
    fire = desk.fire(loss=Loss(whole_fen=4_999_999), burned_area=None)
    version = 0
    for step in ORDER:
        found = desk.do(take_steps, taking(fire, step, version), desk.investigator)
        assert (found.state, found.steps[-1].step) == (step.value, step)
        version = found.version
    assert found.next_step is None
    assert found.record.number == "呼消火简认字〔2026〕第0001号"
    assert [unit.open for unit in found.units] == [True]
    assert desk.incident(fire.id).state is State.SIMPLIFIED
    assert desk.read(read_procedure, fire.id, desk.reviewer) == found


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"done_at": CALLED_AT - timedelta(days=1)}, "/steps/0/done_at"),
        ({"done_at": NOW + timedelta(days=1)}, "/steps/0/done_at"),
        ({"done_at": datetime(1, 1, 1, tzinfo=UTC)}, "/steps/0/done_at"),
        ({"party_ids": (UUID(int=404),)}, "/steps/0/party_ids/0"),
        ({"refused_ids": (UUID(int=404),)}, "/steps/0/refused_ids/0"),
    ],
)
def test_a_step_lies_after_the_call_with_parties_on_record(
    desk: Desk, changes: dict[str, Any], pointer: str
) -> None:
    [first] = steps(Step.IDENTITY_SHOWN)
    command = taking(desk.fire(), Step.IDENTITY_SHOWN, steps=(replace(first, **changes),))
    with pytest.raises(StepInvalid) as refused:
        desk.do(take_steps, command, desk.investigator)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_all_steps_may_arrive_at_once_and_again(desk: Desk) -> None:
    fire = desk.fire()
    command = taking(fire, Step.HANDED_OVER)
    found = desk.do(take_steps, command, desk.investigator)
    assert found.version == 7
    assert desk.do(take_steps, command, desk.investigator) == found
    same = replace(command, precondition=at_version(7))
    assert desk.do(take_steps, same, desk.investigator) == found
    with pytest.raises(Stale):
        desk.do(take_steps, taking(fire, Step.HEARD), desk.investigator)


@pytest.mark.parametrize(
    "wrong",
    [
        steps(Step.HEARD)[1:],
        steps(Step.SCENE_SEEN)[::2],
        (*steps(Step.HANDED_OVER), steps(Step.HEARD)[1]),
        (
            steps(Step.HEARD)[0],
            replace(steps(Step.HEARD)[1], done_at=CALLED_AT - timedelta(seconds=1)),
        ),
    ],
)
def test_steps_out_of_order_are_refused(desk: Desk, wrong: tuple[StepDone, ...]) -> None:
    fire = desk.fire()
    with pytest.raises(StepOutOfOrder):
        desk.do(take_steps, taking(fire, Step.HEARD, steps=wrong), desk.investigator)


def test_a_step_done_is_never_changed(desk: Desk) -> None:
    fire = desk.fire()
    desk.do(take_steps, taking(fire, Step.HEARD), desk.investigator)
    other = tuple(replace(done, note="改") for done in steps(Step.SCENE_SEEN))
    with pytest.raises(StepOutOfOrder):
        desk.do(take_steps, taking(fire, Step.HEARD, 2, steps=other), desk.investigator)


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        (Step.HEARD, {"statements": ()}),
        (Step.SCENE_SEEN, {"views": ()}),
        (Step.FACTS_TOLD, {"statements": (a_statement(facts_heard=False),)}),
    ],
)
def test_a_step_waits_for_what_it_is_about(desk: Desk, step: Step, changes: Any) -> None:
    fire = desk.fire(**changes)
    with pytest.raises(NotYetDue):
        desk.do(take_steps, taking(fire, step), desk.investigator)


def test_every_party_signs_or_refuses(desk: Desk) -> None:
    fire = desk.fire()
    done = steps(Step.SIGNED)
    nobody = (*done[:-1], replace(done[-1], party_ids=()))
    with pytest.raises(NotYetDue):
        desk.do(take_steps, taking(fire, Step.SIGNED, steps=nobody), desk.investigator)
    refused = (*done[:-1], replace(done[-1], party_ids=(), refused_ids=(PARTY,)))
    found = desk.do(take_steps, taking(fire, Step.SIGNED, steps=refused), desk.investigator)
    assert found.state == "signed"


def test_the_certificate_is_made_for_an_eligible_fire_only(desk: Desk) -> None:
    fire = desk.fire(loss=Loss(whole_fen=5_000_000), views=(View.DETAIL,))
    desk.do(take_steps, taking(fire, Step.FACTS_TOLD), desk.investigator)
    with pytest.raises(RouteNotOpen):
        desk.do(take_steps, taking(fire, Step.CERTIFICATE_MADE, 4), desk.investigator)


def test_a_registered_fire_has_no_simplified_procedure(desk: Desk) -> None:
    fire = desk.fire()
    registering = RegisterIncident(
        incident_id=fire.id, incident_version=None, observed_at=None, precondition=CREATE
    )
    desk.do(register_incident, registering, desk.crew)
    with pytest.raises(RecordFrozen):
        desk.do(take_steps, taking(fire, Step.IDENTITY_SHOWN), desk.investigator)
    with pytest.raises(ProcedureUnknown):
        desk.read(read_procedure, fire.id, desk.crew)
    with pytest.raises(RoleNotAllowed):
        desk.do(take_steps, taking(fire, Step.IDENTITY_SHOWN), desk.crew)


def test_it_is_filed_within_two_days_of_the_certificate(desk: Desk) -> None:
    found = desk.do(take_steps, taking(desk.fire(), Step.HANDED_OVER), desk.investigator)
    assert found.filing_due.at == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    found = desk.do(file_certificate, filing(found), desk.investigator)
    assert (found.state, found.filing.late) == ("filed", False)
    with pytest.raises(NotYetDue):
        desk.do(file_certificate, filing(found), desk.investigator)


def test_a_late_filing_says_so_and_an_early_one_waits(desk: Desk) -> None:
    found = desk.do(take_steps, taking(desk.fire(), Step.SIGNED), desk.investigator)
    with pytest.raises(NotYetDue):
        desk.do(file_certificate, filing(found), desk.investigator)
    found = desk.do(
        take_steps, taking(desk.incident(found.id), Step.HANDED_OVER, 6), desk.investigator
    )
    desk.now = NOW + timedelta(days=4)
    assert desk.do(file_certificate, filing(found), desk.investigator).filing.late


def test_one_that_was_turned_goes_no_further(desk: Desk) -> None:
    fire = desk.fire()
    found = desk.do(take_steps, taking(fire, Step.HANDED_OVER), desk.investigator)
    team = Team(lead_officer_id=UUID(int=12), investigator_ids=(UUID(int=12), UUID(int=13)))
    command = InvestigateIncident(
        incident_id=fire.id,
        team=team,
        ground=Ground.LATE_DISPUTE,
        reason="事后异议",
        handed_over_to=None,
        precondition=CREATE,
    )
    desk.do(investigate_incident, command, desk.investigator)
    ended = desk.read(read_procedure, found.id, desk.crew)
    assert (ended.state, ended.ending.reason) == ("turned_into_investigation", "事后异议")
    with pytest.raises(RegistrationEnded):
        desk.do(file_certificate, filing(ended), desk.investigator)
    with pytest.raises(RegistrationEnded):
        desk.do(take_steps, taking(fire, Step.HANDED_OVER, ended.version), desk.investigator)


def test_an_unknown_fire_has_no_procedure(desk: Desk) -> None:
    fire = desk.fire()
    with pytest.raises(ProcedureUnknown):
        desk.do(
            file_certificate,
            FileCertificate(incident_id=fire.id, note="", precondition=CREATE),
            desk.investigator,
        )
