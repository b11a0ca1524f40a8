"""A supervisor's list of what is late: scenes, reports, supplements, filings, determinations."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.domain import findings
from service.domain.calendar import Due
from service.domain.deadlines import Matter
from service.domain.due import DueKind
from service.domain.errors import OutsideJurisdiction, RoleNotAllowed
from service.domain.registration import Owed, RegistrationState
from service.domain.route_deadlines import (
    first_due,
    investigation_dues,
    procedure_dues,
    registration_dues,
)
from service.domain.simplified import Step
from service.operations import read_warnings as reading
from service.operations.investigate_incident import investigate_incident
from service.operations.open_scene import OpenScene, open_scene
from service.operations.record_finding import RecordFinding, record_finding
from service.operations.register_incident import register_incident
from service.operations.report_registration import report_registration
from service.operations.scene_desk import Making
from service.operations.take_steps import take_steps
from tests.desk import Desk
from tests.operations.test_investigate_incident import investigating
from tests.operations.test_register_incident import registering, reporting
from tests.operations.test_take_steps import taking


@pytest.fixture
def desk(database_url: str) -> Any:
    desk = Desk(database_url)
    yield desk
    desk.database.engine.dispose()


def listed(desk: Desk, officer: Any = None, **query: Any) -> Any:
    given = {"post_id": None, "after": None} | query
    who = officer or desk.supervisor
    return desk.database.read(lambda work: reading.read_warnings(officer=who, work=work, **given))


def matters(desk: Desk) -> list[tuple[DueKind, Matter, bool]]:
    return [
        (each.item.kind, one.matter, one.late)
        for each in listed(desk).items
        for one in each.warnings
    ]


def test_a_report_is_told_of_a_day_before_it_is_due_and_until_it_is_made(desk: Desk) -> None:
    fire = desk.fire()
    registration = desk.do(register_incident, registering(fire), desk.crew)
    due = registration.report_due.at
    desk.now = due - timedelta(hours=25)
    assert matters(desk) == []
    desk.now = due - timedelta(hours=23)
    assert (DueKind.REGISTRATION, Matter.REPORT, False) in matters(desk)
    desk.now = due + timedelta(hours=1)
    assert (DueKind.REGISTRATION, Matter.REPORT, True) in matters(desk)
    desk.do(report_registration, reporting(registration), desk.crew)
    assert Matter.REPORT not in [matter for _, matter, _ in matters(desk)]


def test_a_filing_and_a_determination_are_told_of_when_late(desk: Desk) -> None:
    two, three = desk.fire(), desk.fire()
    desk.do(take_steps, taking(two, Step.HANDED_OVER), desk.investigator)
    desk.do(investigate_incident, investigating(three), desk.investigator)
    desk.now += timedelta(days=60)
    assert matters(desk) == [
        (DueKind.PROCEDURE, Matter.FILING, True),
        (DueKind.INVESTIGATION, Matter.DETERMINATION, True),
    ]
    first = listed(desk).items[0]
    rest = listed(desk, after=(first.item.due_at, first.item.id))
    assert [each.item.kind for each in rest.items] == [DueKind.INVESTIGATION]


def test_a_scene_is_told_of_once_its_objection_is_late(desk: Desk) -> None:
    fire, scene = desk.fire(), UUID(int=77)
    desk.do(investigate_incident, investigating(fire), desk.investigator)
    desk.do(open_scene, OpenScene(id=scene, incident_id=fire.id), desk.investigator)
    finding = findings.ObjectionRaised(id=UUID(int=78), party_id=UUID(int=79), text="no")
    command = RecordFinding(scene_id=scene, finding=finding, sent="{}", making=Making(), based_on=1)
    desk.do(record_finding, command, desk.investigator)
    desk.now += timedelta(hours=23)
    assert matters(desk) == []
    desk.now += timedelta(hours=2)
    assert matters(desk) == [(DueKind.SCENE, Matter.OBJECTION_UNDECIDED, True)]


def test_a_page_ends_where_the_next_begins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 1)
    for _ in range(2):
        desk.do(register_incident, registering(desk.fire()), desk.crew)
    desk.now += timedelta(days=3)
    one = listed(desk)
    two = listed(desk, after=one.next)
    assert one.items[0].item.id != two.items[0].item.id
    assert listed(desk, after=two.next).next is None


def test_the_list_is_for_the_desk_of_the_post(desk: Desk) -> None:
    with pytest.raises(RoleNotAllowed):
        listed(desk, desk.crew)
    with pytest.raises(OutsideJurisdiction):
        listed(desk, post_id=UUID(int=1))
    assert listed(desk, post_id=UUID(int=5)).items == ()


def test_a_determination_is_no_longer_due_once_the_fire_is_handed_over(desk: Desk) -> None:
    fire = desk.fire()
    found = desk.do(investigate_incident, investigating(fire), desk.investigator)
    assert investigation_dues(found)
    assert investigation_dues(replace(found, handed_over_to="the region")) == ()
    assert investigation_dues(replace(found, due=Due(at=None))) == ()


def test_items_owed_are_due_until_they_are_handed_in_or_the_registration_ends(desk: Desk) -> None:
    found = desk.do(register_incident, registering(desk.fire()), desk.crew)
    owing = replace(found, owed=(Owed(rule_id="loss", due=found.report_due),))
    assert [each.matter for each in registration_dues(owing)] == [Matter.REPORT, Matter.SUPPLEMENT]
    ended = replace(owing, state=RegistrationState.TURNED)
    assert registration_dues(ended) == ()
    assert first_due(registration_dues(ended)) is None


def test_what_is_over_is_not_due(desk: Desk) -> None:
    fire = desk.fire()
    begun = desk.do(take_steps, taking(fire, Step.HEARD), desk.investigator)
    assert procedure_dues(begun) == ()
