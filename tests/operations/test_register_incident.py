"""A fire is registered: judged, numbered, frozen, handed back; refused with a way on."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import rfc8785

from service.domain.canonical import digest_of
from service.domain.corrected import as_corrected, correction_text
from service.domain.errors import (
    IncidentUnknown,
    OutsideJurisdiction,
    RecordFrozen,
    RecordStale,
    ReportInvalid,
    RoleNotAllowed,
    Stale,
)
from service.domain.incident import (
    Cause,
    CauseKind,
    Incident,
    Loss,
    LossItem,
    RecordedHazard,
    State,
)
from service.domain.photo import View
from service.domain.powers import Role
from service.domain.registration import Decision, Registration, RegistrationState
from service.domain.route_refusals import (
    CorrectionInvalid,
    NotSuperior,
    NotTheStation,
    NotYetDue,
    RegistrationEnded,
    RegistrationFixed,
    RegistrationUnknown,
    RouteNotOpen,
    SupplementInvalid,
    SupplementNotOwed,
)
from service.domain.statement import Objection
from service.domain.supplementing import HandedIn
from service.operations.correct_registration import CorrectRegistration, correct_registration
from service.operations.read_registration import read_registration
from service.operations.register_incident import (
    RegisterIncident,
    prepare_registration,
    register_incident,
)
from service.operations.report_registration import ReportRegistration, report_registration
from service.operations.review_registration import ReviewRegistration, review_registration
from service.operations.strike_off import StrikeOff, strike_off
from service.operations.supplement_registration import (
    SupplementRegistration,
    supplement_registration,
)
from service.operations.triage_incident import triage_incident
from tests.desk import CREATE, Desk, at_version
from tests.fires import CALLED_AT, NOW, a_party, a_statement


@pytest.fixture
def desk(database_url: str) -> Desk:
    return Desk(database_url)


def registering(fire: Incident, **changes: Any) -> RegisterIncident:
    command = RegisterIncident(
        incident_id=fire.id, incident_version=None, observed_at=None, precondition=CREATE
    )
    return replace(command, **changes)


def registered(desk: Desk, **changes: Any) -> Registration:
    fire = desk.fire(**changes)
    found: Registration = desk.do(register_incident, registering(fire), desk.crew)
    return found


def test_a_small_fire_takes_the_next_number_of_its_station_and_year(desk: Desk) -> None:
    first, second = registered(desk), registered(desk)
    assert first.record.number == "呼新一消火登字〔2026〕第0001号"
    assert second.record.number == "呼新一消火登字〔2026〕第0002号"
    assert desk.incident(first.id).state is State.REGISTERED


def test_only_the_attending_station_registers(desk: Desk) -> None:
    """Not the crew of the 大队 above it, nor an investigator, whose procedure is another."""
    fire, above = desk.fire(), desk.add(21, Role.CREW, "/1/2/3/")
    with pytest.raises(NotTheStation):
        desk.do(register_incident, registering(fire), above)
    with pytest.raises(RoleNotAllowed):
        desk.do(register_incident, registering(fire), desk.investigator)
    brigade = {"station_id": above.post_id, "station_path": above.post_path}
    with pytest.raises(RouteNotOpen) as refused:
        desk.do(register_incident, registering(desk.fire(**brigade)), above)
    assert [fault.pointer for fault in refused.value.faults] == ["registration.station"]


@pytest.mark.parametrize("days", [-1, 365 * 1000])
def test_a_registration_and_its_report_are_observed_between_the_call_and_now(
    desk: Desk, days: int
) -> None:
    then = CALLED_AT + timedelta(days=days)
    with pytest.raises(ReportInvalid):
        desk.do(register_incident, registering(desk.fire(), observed_at=then), desk.crew)
    with pytest.raises(ReportInvalid):
        report = replace(reporting(registered(desk)), observed_at=then)
        desk.do(report_registration, report, desk.crew)


def test_a_number_s_year_turns_in_shanghai(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert registered(desk).record.number == "呼新一消火登字〔2027〕第0001号"


def test_a_drill_has_a_number_of_its_own(desk: Desk) -> None:
    assert registered(desk, drill=True).record.number == "呼新一消火登演字〔2026〕第0001号"
    assert registered(desk).record.sequence == 1


def test_what_is_frozen_is_canonical_and_has_its_digest(desk: Desk) -> None:
    record = registered(desk).record
    content = json.loads(record.text)
    assert rfc8785.dumps(content) == record.text.encode()
    assert record.digest == digest_of(record.text)
    assert content["incident"]["place"]["location"]["wkt"] == "POINT (111.67 40.82)"
    assert len(content["photos"]) == 4
    assert len(record.verify_code) >= 11


def test_units_are_handed_back_save_those_under_a_hazard(desk: Desk) -> None:
    hazard = RecordedHazard(id=uuid4(), what="吊顶松动", unit_ids=("102",))
    cleared = RecordedHazard(id=uuid4(), what="漏气", unit_ids=("101",), cleared_at=NOW)
    party = a_party(unit_ids=("101", "103"))
    units = registered(desk, hazards=(hazard, cleared), parties=(party,)).units
    assert {unit.id: unit.open for unit in units} == {"101": True, "103": True, "102": False}
    assert units[-1].hazards == ("吊顶松动",)


def test_a_refusal_names_the_rules_and_offers_the_investigation(desk: Desk) -> None:
    fire = desk.fire(loss=Loss(whole_fen=100_000), views=(View.SETTING,))
    with pytest.raises(RouteNotOpen) as refused:
        desk.do(register_incident, registering(fire), desk.crew)
    failed = {fault.pointer for fault in refused.value.faults}
    assert "registration.loss" in failed
    assert "registration.photos_detail" in failed
    assert refused.value.facts["offers"] == ["investigation"]
    assert desk.incident(fire.id).state is State.OPEN
    assert registered(desk).record.sequence == 1


def test_a_fire_before_there_were_rules_is_refused_by_name(desk: Desk) -> None:
    fire = desk.fire(called_at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(RouteNotOpen) as refused:
        desk.do(register_incident, registering(fire), desk.crew)
    assert refused.value.faults[0].pointer == "registration.in_force"


def test_what_was_judged_before_a_change_is_not_registered(desk: Desk) -> None:
    fire = desk.fire()
    command = registering(fire)
    ready = desk.database.read(
        lambda work: prepare_registration(command, officer=desk.crew, work=work)
    )
    registered_now = desk.do(register_incident, command, desk.crew)
    with pytest.raises(Stale):
        desk.database.write(
            lambda work: register_incident(command, officer=desk.crew, work=work, ready=ready)
        )
    assert registered_now.record.sequence == 1
    assert registered(desk).record.sequence == 2


def test_the_same_request_gets_the_same_registration(desk: Desk) -> None:
    fire = desk.fire()
    command = registering(fire, incident_version=1, observed_at=NOW)
    first = desk.do(register_incident, command, desk.crew)
    assert desk.do(register_incident, command, desk.crew) == first
    with pytest.raises(Stale):
        desk.do(register_incident, replace(command, observed_at=CALLED_AT), desk.crew)
    with pytest.raises(RegistrationFixed):
        desk.do(register_incident, replace(command, precondition=at_version(1)), desk.crew)


def test_only_what_the_crew_saw_is_registered(desk: Desk) -> None:
    fire = desk.fire(version=3)
    with pytest.raises(RecordStale):
        desk.do(register_incident, registering(fire, incident_version=2), desk.crew)
    with pytest.raises(Stale):
        desk.do(register_incident, registering(fire, precondition=at_version(1)), desk.crew)


def test_a_station_that_is_not_on_record_is_a_mistake(desk: Desk) -> None:
    fire = desk.fire(station_id=UUID(int=404))
    with pytest.raises(LookupError):
        desk.do(register_incident, registering(fire), desk.crew)


def test_a_fire_that_is_investigated_is_not_registered(desk: Desk) -> None:
    fire = desk.fire(state=State.INVESTIGATING)
    with pytest.raises(RecordFrozen):
        desk.do(register_incident, registering(fire), desk.crew)


def test_who_may_not_is_refused(desk: Desk) -> None:
    fire = desk.fire()
    elsewhere = desk.add(40, Role.CREW, "/1/2/3/5/")
    with pytest.raises(OutsideJurisdiction):
        desk.do(register_incident, registering(fire), elsewhere)
    with pytest.raises(RoleNotAllowed):
        desk.do(register_incident, registering(fire), desk.reviewer)
    with pytest.raises(IncidentUnknown):
        desk.do(register_incident, registering(replace(fire, id=uuid4())), desk.crew)
    with pytest.raises(RegistrationUnknown):
        desk.read(read_registration, fire.id, desk.crew)


def test_triage_is_read_with_the_version_it_saw(desk: Desk) -> None:
    fire = desk.fire(statements=(a_statement(objection=Objection.OBJECTION),))
    found = desk.read(triage_incident, fire.id, desk.reviewer)
    assert found.incident_version == 1
    assert [r.status for r in found.judgement.routes] == ["ineligible", "ineligible", "eligible"]


# --- supplements ---


def handing_in(registration: Registration, rule: str, **changes: Any) -> SupplementRegistration:
    handed_in = HandedIn(id_numbers={}, loss_items=(), cause=None)
    return SupplementRegistration(
        incident_id=registration.id,
        id=uuid4(),
        rule_id=f"registration.{rule}",
        handed_in=replace(handed_in, **changes),
    )


@pytest.fixture
def lacking(desk: Desk) -> Registration:
    """Registered with nothing that may come later."""
    return registered(
        desk, parties=(a_party(id_number=None),), loss=Loss(whole_fen=60_000), cause=None
    )


def test_what_may_come_later_is_owed_by_a_deadline(desk: Desk, lacking: Registration) -> None:
    rules = [item.rule_id.partition(".")[2] for item in lacking.outstanding]
    assert rules == ["id_numbers", "loss_itemised", "cause"]
    assert lacking.owed[0].due.at == datetime(2026, 12, 4, 16, 0, tzinfo=UTC)


def test_each_supplement_settles_its_rule(desk: Desk, lacking: Registration) -> None:
    numbers = {UUID(int=20): "11010519491231002X"}
    found = desk.do(
        supplement_registration, handing_in(lacking, "id_numbers", id_numbers=numbers), desk.crew
    )
    items = (LossItem(what="货架", amount_fen=55_000),)
    desk.now += timedelta(days=30)
    found = desk.do(
        supplement_registration, handing_in(lacking, "loss_itemised", loss_items=items), desk.crew
    )
    cause = Cause(kind=CauseKind.ELECTRICAL)
    found = desk.do(supplement_registration, handing_in(lacking, "cause", cause=cause), desk.crew)
    assert found.outstanding == ()
    assert [given.late for given in found.supplements] == [False, True, True]
    assert found.facts.loss_fen == 55_000
    assert found.record == lacking.record


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("id_numbers", {}),
        ("loss_itemised", {}),
        ("cause", {}),
        ("cause", {"cause": Cause(kind=CauseKind.UNKNOWN)}),
    ],
)
def test_a_supplement_that_fills_nothing_is_refused(
    desk: Desk, lacking: Registration, rule: str, wrong: Any
) -> None:
    with pytest.raises(SupplementInvalid):
        desk.do(supplement_registration, handing_in(lacking, rule, **wrong), desk.crew)


def test_nothing_is_supplemented_twice_or_overwritten(desk: Desk, lacking: Registration) -> None:
    cause = Cause(kind=CauseKind.SMOKING)
    command = handing_in(lacking, "cause", cause=cause)
    first = desk.do(supplement_registration, command, desk.crew)
    assert desk.do(supplement_registration, command, desk.crew) == first
    other = replace(
        command, handed_in=replace(command.handed_in, cause=Cause(kind=CauseKind.STATIC))
    )
    with pytest.raises(RegistrationFixed):
        desk.do(supplement_registration, other, desk.crew)
    with pytest.raises(SupplementNotOwed):
        desk.do(supplement_registration, replace(command, id=uuid4()), desk.crew)


def test_a_higher_loss_or_arson_turns_it_into_an_investigation(desk: Desk) -> None:
    for rule, change in (
        ("loss_itemised", {"loss_items": (LossItem(what="货", amount_fen=100_000),)}),
        ("cause", {"cause": Cause(kind=CauseKind.ARSON)}),
    ):
        lacking = registered(desk, loss=Loss(whole_fen=60_000), cause=None)
        found = desk.do(supplement_registration, handing_in(lacking, rule, **change), desk.crew)
        assert found.state is RegistrationState.TURNED
        assert desk.incident(found.id).state is State.INVESTIGATING
        with pytest.raises(RegistrationEnded):
            desk.do(supplement_registration, handing_in(lacking, "id_numbers"), desk.crew)


# --- corrections ---


def correcting(
    registration: Registration, pointer: str, was: Any, becomes: Any, **changes: Any
) -> CorrectRegistration:
    text = correction_text(registration.record.number, pointer, was, becomes, "笔误")
    command = CorrectRegistration(
        incident_id=registration.id,
        id=uuid4(),
        pointer=pointer,
        becomes=becomes,
        reason="笔误",
        signature={
            "strokes": (((1.0, 2.0, 0), (3.0, 4.0, 20)),),
            "digest": digest_of(text),
            "device": "phone",
            "signed_at": NOW,
        },
    )
    return replace(command, **changes)


def test_a_correction_stands_beside_the_record(desk: Desk) -> None:
    before = registered(desk)
    pointer = "/incident/parties/0/name"
    found = desk.do(correct_registration, correcting(before, pointer, "张三", "张三丰"), desk.crew)
    assert found.record == before.record
    assert as_corrected(found)["incident"]["parties"][0]["name"] == "张三丰"
    again = correcting(found, pointer, "张三丰", "张山")
    found = desk.do(correct_registration, again, desk.crew)
    assert [made.was for made in found.corrections] == ['"张三"', '"张三丰"']
    assert desk.do(correct_registration, again, desk.crew) == found
    with pytest.raises(RegistrationFixed):
        desk.do(correct_registration, replace(again, becomes="李四"), desk.crew)


@pytest.mark.parametrize(
    ("pointer", "was", "becomes"),
    [
        ("/number", None, "1"),
        ("/incident/nothing", None, "x"),
        ("/incident/parties/7/name", None, "x"),
        ("/incident/parties/x/name", None, "x"),
        ("/incident/parties/-1/name", "张三", "x"),
        ("/incident/parties/０/name", "张三", "x"),
        ("/incident/parties/ 0/name", "张三", "x"),
        ("/incident/parties/00/name", "张三", "x"),
        ("/other/incident/account", "到场时明火已灭", "x"),
        ("/incident/id", None, "x"),
        ("/incident/version", 1, 2),
        ("/incident/station_id", None, "x"),
        ("/incident/statements/0/text", "烟从柜台后冒出", "x"),
        ("/incident/statements/0/objection", "no_objection", "objection"),
        ("/incident/statements/0/facts_heard", True, False),
        ("/incident/loss/whole_fen", None, 5),
        ("/incident/called_at", "2026-11-24T02:00:00Z", "9999-12-31T00:00:00Z"),
        ("/incident/response_ended_at", "2026-11-24T04:00:00Z", "2026-11-24T01:00:00Z"),
        ("/incident/place/division_code", "150102", "440100"),
        ("/incident/account/deeper", None, "x"),
        ("/incident/account", "到场时明火已灭", "到场时明火已灭"),
        ("/incident/account", "到场时明火已灭", 3),
        ("/incident/parties", [], []),
        ("/incident/casualties/dead", 0, True),
        ("/incident/statements/0/witness", None, "x"),
    ],
)
def test_what_cannot_be_corrected_so_is_refused(
    desk: Desk, pointer: str, was: Any, becomes: Any
) -> None:
    with pytest.raises(CorrectionInvalid):
        desk.do(
            correct_registration, correcting(registered(desk), pointer, was, becomes), desk.crew
        )


def test_an_unknown_end_of_the_response_and_another_county_are_corrected(desk: Desk) -> None:
    found = registered(desk, response_ended_at=None)
    for pointer, was, becomes in (
        ("/incident/response_ended_at", None, "2026-11-24T03:00:00Z"),
        ("/incident/place/division_code", "150102", "150105"),
    ):
        found = desk.do(correct_registration, correcting(found, pointer, was, becomes), desk.crew)
    assert as_corrected(found)["incident"]["response_ended_at"] == "2026-11-24T03:00:00Z"


def test_a_correction_is_signed_after_the_call_and_not_in_the_future(desk: Desk) -> None:
    good = correcting(registered(desk), "/incident/account", "到场时明火已灭", "有阴燃")
    for at in (CALLED_AT - timedelta(days=1), NOW + timedelta(days=1)):
        signature = {**good.signature, "signed_at": at}
        with pytest.raises(CorrectionInvalid) as refused:
            desk.do(correct_registration, replace(good, signature=signature), desk.crew)
        assert refused.value.faults[0].pointer == "/signature/signed_at"


def test_a_signature_must_bind_the_correction(desk: Desk) -> None:
    before = registered(desk)
    good = correcting(before, "/incident/account", "到场时明火已灭", "有阴燃")
    for wrong in ({"digest": "0" * 64}, {"strokes": ()}):
        signature = {**good.signature, **wrong}
        with pytest.raises(CorrectionInvalid) as refused:
            desk.do(correct_registration, replace(good, signature=signature), desk.crew)
        assert "有阴燃" in str(refused.value.facts["text"])


@pytest.mark.parametrize(
    ("pointer", "was", "becomes", "broken"),
    [
        ("/incident/casualties/injured", 0, 1, "injuries"),
        ("/incident/casualties/dead", 0, 1, "deaths"),
        ("/incident/liability_disputed", False, True, "liability"),
        ("/incident/arson_suspected", False, True, "arson"),
        ("/incident/wide_social_effect", None, True, "social_effect"),
        ("/incident/loss/items/0/amount_fen", 50_000, 100_000, "loss"),
        ("/incident/cause/kind", "electrical", "arson", "arson"),
    ],
)
def test_late_facts_turn_it_into_an_investigation(
    desk: Desk, pointer: str, was: Any, becomes: Any, broken: str
) -> None:
    found = desk.do(
        correct_registration, correcting(registered(desk), pointer, was, becomes), desk.crew
    )
    assert found.state is RegistrationState.TURNED
    assert found.ending.rule_ids == (f"registration.{broken}",)
    assert desk.incident(found.id).state is State.INVESTIGATING


def test_a_lower_whole_loss_or_another_cause_leaves_it_registered(desk: Desk) -> None:
    found = registered(desk, loss=Loss(whole_fen=60_000))
    for pointer, was, becomes in (
        ("/incident/loss/whole_fen", 60_000, 70_000),
        ("/incident/cause/kind", "electrical", "smoking"),
        ("/incident/cause/official_code", None, "010101"),
    ):
        found = desk.do(correct_registration, correcting(found, pointer, was, becomes), desk.crew)
    assert found.state is RegistrationState.REGISTERED
    assert found.facts.loss_fen == 70_000


# --- report, review, striking off ---


def reporting(found: Registration) -> ReportRegistration:
    return ReportRegistration(
        incident_id=found.id, observed_at=None, precondition=at_version(found.version)
    )


def reviewing(found: Registration, decision: Decision) -> ReviewRegistration:
    return ReviewRegistration(
        incident_id=found.id,
        decision=decision,
        reason="已核",
        precondition=at_version(found.version),
    )


def test_the_report_is_due_48_hours_after_the_response(desk: Desk) -> None:
    found = registered(desk)
    assert found.report_due.at == CALLED_AT + timedelta(hours=50)
    found = desk.do(report_registration, reporting(found), desk.crew)
    assert (found.state, found.reports[0].late) == (RegistrationState.REPORTED, False)


def test_without_the_end_of_the_response_the_report_s_term_is_provisional(desk: Desk) -> None:
    found = registered(desk, response_ended_at=None)
    assert found.report_due.at == NOW + timedelta(hours=48)
    assert found.report_due.provisional


def test_a_returned_registration_is_reported_again_late_if_late(desk: Desk) -> None:
    found = desk.do(report_registration, reporting(registered(desk)), desk.crew)
    with pytest.raises(NotYetDue):
        desk.do(report_registration, reporting(found), desk.crew)
    found = desk.do(review_registration, reviewing(found, Decision.RETURN), desk.reviewer)
    assert found.state is RegistrationState.RETURNED
    desk.now += timedelta(days=3)
    found = desk.do(report_registration, reporting(found), desk.crew)
    assert found.reports[-1].late
    found = desk.do(review_registration, reviewing(found, Decision.ACCEPT), desk.reviewer)
    assert found.state is RegistrationState.ACCEPTED
    assert desk.read(read_registration, found.id, desk.crew) == found


def test_only_an_office_above_reviews_and_only_a_report(desk: Desk) -> None:
    found = registered(desk)
    with pytest.raises(NotYetDue):
        desk.do(review_registration, reviewing(found, Decision.ACCEPT), desk.reviewer)
    same_post = replace(desk.reviewer, post_path=found.office_path)
    with pytest.raises(NotSuperior):
        desk.do(review_registration, reviewing(found, Decision.ACCEPT), same_post)
    with pytest.raises(Stale):
        desk.do(report_registration, replace(reporting(found), precondition=CREATE), desk.crew)


def test_no_station_strikes_off_its_own_registration(desk: Desk) -> None:
    found = registered(desk)
    command = StrikeOff(incident_id=found.id, reason="烹饪烟雾", precondition=at_version(1))
    with pytest.raises(NotSuperior):
        desk.do(strike_off, command, replace(desk.reviewer, post_path=found.office_path))


def test_striking_off_ends_it_and_keeps_the_number(desk: Desk) -> None:
    found = registered(desk)
    command = StrikeOff(incident_id=found.id, reason="烹饪烟雾", precondition=at_version(1))
    found = desk.do(strike_off, command, desk.reviewer)
    assert found.state is RegistrationState.STRUCK_OFF
    assert desk.incident(found.id).state is State.STRUCK_OFF
    for operation, again, officer in (
        (report_registration, reporting(found), desk.crew),
        (review_registration, reviewing(found, Decision.ACCEPT), desk.reviewer),
        (strike_off, replace(command, precondition=at_version(2)), desk.reviewer),
    ):
        with pytest.raises(RegistrationEnded):
            desk.do(operation, again, officer)
    assert registered(desk).record.sequence == 2
