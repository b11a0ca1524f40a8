"""What may be put on an incident's record, and what the record is after each event."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.canonical import digest_of
from service.domain.errors import JoinRefused, RecordFrozen, SignatureInvalid, StatementInvalid
from service.domain.incident import Incident, Loss, State
from service.domain.incident_events import IncidentOpened, apply, opened
from service.domain.party import Capacity
from service.domain.recording import (
    correct_incident,
    decide,
    join,
    open_incident,
    record_party,
    record_statement,
)
from service.domain.shown_text import shown_text
from service.domain.signing import MAX_POINTS, MAX_STROKES, no_longer_bound
from service.domain.statement import Signature, Statement, Stroke
from tests.fires import CREW, NOW, STATION, a_fire, a_party, a_statement, loss_item

LINE: Stroke = ((1.0, 2.0, 0), (3.0, 4.0, 16))


def a_signature(fire: Incident, statement: Statement, **changes: Any) -> Signature:
    """One stroke under the text as it stands."""
    signature = Signature(
        strokes=(LINE,),
        digest=digest_of(shown_text(fire, statement)),
        device="phone 1",
        officer_present=CREW.id,
        signed_at=NOW,
    )
    return replace(signature, **changes)


def a_signed_fire() -> Incident:
    """A fire whose one statement is signed."""
    fire = a_fire(statements=())
    event = record_statement(
        fire, a_statement(), signature=a_signature(fire, a_statement()), now=NOW
    )
    return apply(fire, event)


def test_an_opened_incident_is_open_at_version_one() -> None:
    fire = a_fire(parties=(), statements=())
    event = open_incident(fire.report, id=fire.id, station_id=STATION.id, station_path=STATION.path)
    assert opened(event) == fire


def test_an_incident_is_opened_once_only() -> None:
    fire = a_fire()
    event = open_incident(fire.report, id=fire.id, station_id=STATION.id, station_path=STATION.path)
    with pytest.raises(ValueError, match="incident-opened"):
        apply(fire, event)


def test_a_correction_replaces_the_report_and_nothing_else() -> None:
    fire = a_fire()
    report = replace(fire.report, account="更正")
    after = apply(fire, correct_incident(fire, report, now=NOW))
    assert after == replace(fire, account="更正", version=2)
    assert after.report == report


@pytest.mark.parametrize("state", sorted(set(State) - {State.OPEN, State.INVESTIGATING}))
def test_what_is_decided_is_not_corrected_in_place(state: State) -> None:
    fire = a_fire(state=state)
    with pytest.raises(RecordFrozen):
        correct_incident(fire, fire.report, now=NOW)


def test_a_party_corrected_keeps_its_place_and_counts_its_versions() -> None:
    other = a_party(id=UUID(int=21), name="李四", capacity=Capacity.WITNESS)
    fire = a_fire(parties=(a_party(), other))
    after = apply(fire, record_party(fire, a_party(phone=None), now=NOW))
    assert [(each.id.int, each.version) for each in after.parties] == [(20, 2), (21, 1)]
    assert after.party(UUID(int=22)) is None


def test_a_statement_of_nobody_on_record_is_refused() -> None:
    with pytest.raises(StatementInvalid):
        record_statement(a_fire(parties=()), a_statement(), signature=None, now=NOW)


def test_a_signature_binds_the_text_that_was_shown() -> None:
    fire = a_signed_fire()
    statement = fire.statements[0]
    assert statement.signature and not statement.must_be_signed_again
    assert no_longer_bound(fire) == ()


def test_a_change_of_the_facts_told_voids_the_signature_and_keeps_it() -> None:
    fire = a_signed_fire()
    report = replace(fire.report, loss=Loss(items=(loss_item(60_000),)))
    statement = apply(fire, correct_incident(fire, report, now=NOW)).statements[0]
    assert statement.must_be_signed_again
    assert [each.voided_at for each in statement.signatures] == [NOW]
    assert statement.version == 2


def test_a_change_that_was_not_shown_voids_nothing() -> None:
    fire = a_signed_fire()
    report = replace(fire.report, account="补充")
    assert apply(fire, correct_incident(fire, report, now=NOW)).statements[0].signature


def test_another_name_of_the_party_voids_the_signature() -> None:
    fire = a_signed_fire()
    after = apply(fire, record_party(fire, a_party(name="张三丰"), now=NOW))
    assert after.statements[0].must_be_signed_again


def test_a_new_text_voids_the_old_signature_and_may_be_signed_at_once() -> None:
    fire = a_signed_fire()
    new = a_statement(text="我记错了", heard_by=UUID(int=99))
    unsigned = apply(fire, record_statement(fire, new, signature=None, now=NOW)).statements[0]
    assert unsigned.must_be_signed_again
    assert unsigned.heard_by == CREW.id
    signature = a_signature(fire, new, signed_at=NOW + timedelta(minutes=1))
    event = record_statement(fire, new, signature=signature, now=NOW)
    signed = apply(fire, event).statements[0]
    assert [each.voided_at for each in signed.signatures] == [NOW, None]
    assert signed.voided(NOW + timedelta(days=1)).signatures[0].voided_at == NOW
    assert signed.version == 2


def test_a_statement_said_the_same_again_stays_signed() -> None:
    fire = a_signed_fire()
    after = apply(fire, record_statement(fire, a_statement(), signature=None, now=NOW))
    assert after.statements[0].signature


def test_a_statement_is_found_by_its_id() -> None:
    fire = a_fire()
    assert fire.statement(a_statement().id) == a_statement()
    assert fire.statement(uuid4()) is None


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        ((),),
        (LINE,) * (MAX_STROKES + 1),
        (((0.0, 0.0, 0),) * (MAX_POINTS + 1),),
        (((float("nan"), 0.0, 0),),),
        (((0.0, 0.0, -1),),),
        (((0.0, 0.0, 5), (0.0, 0.0, 4)),),
        (LINE, ((0.0, 0.0, 15),)),
    ],
    ids=["none", "empty", "strokes", "points", "nan", "negative", "back", "back between strokes"],
)
def test_strokes_that_nobody_can_draw_are_refused(strokes: tuple[Stroke, ...]) -> None:
    fire = a_fire(statements=())
    signature = a_signature(fire, a_statement(), strokes=strokes)
    with pytest.raises(SignatureInvalid) as refusal:
        record_statement(fire, a_statement(), signature=signature, now=NOW)
    assert [fault.pointer for fault in refusal.value.faults] == ["/signature/strokes"]


def test_a_signature_under_another_text_is_refused() -> None:
    fire = a_fire(statements=())
    signature = a_signature(fire, a_statement(text="另一份"))
    with pytest.raises(SignatureInvalid) as refusal:
        record_statement(fire, a_statement(), signature=signature, now=NOW)
    assert refusal.value.faults[0].pointer == "/signature/digest"


def test_the_shown_text_is_these_lines() -> None:
    fire = a_fire(id=UUID(int=1))
    assert shown_text(fire, a_statement()).splitlines() == [
        "火灾现场陈述",
        "火灾：00000000-0000-0000-0000-000000000001",
        "报警时间：2026-11-24 10:00",
        "地点：新城区某市场101",
        "陈述人：张三（经营者）",
        "陈述时间：2026-11-24 11:00",
        "陈述内容：烟从柜台后冒出",
        "以下事实已当场告知：",
        "起火部位：柜台后",
        "起火原因：电气（插座）",
        "直接财产损失：500.00元",
        "对火灾事实与责任：无异议",
    ]


def test_facts_that_are_not_known_are_shown_as_not_known() -> None:
    fire = a_fire(cause=None, origin=None, loss=None)
    assert shown_text(fire, a_statement()).count("尚未查明") == 2
    assert "尚未统计" in shown_text(replace(fire, loss=Loss()), a_statement())


def test_a_cause_without_words_is_shown_by_its_kind() -> None:
    fire = a_fire()
    assert fire.cause
    bare = replace(fire, cause=replace(fire.cause, text=""))
    assert "起火原因：电气\n" in shown_text(bare, a_statement())


def test_without_the_facts_told_they_are_not_shown() -> None:
    witness = a_statement(party_id=None, witness="赵六", facts_heard=False)
    text = shown_text(a_fire(), witness)
    assert "赵六（证人）" in text
    assert "起火原因" not in text


def test_a_double_report_gives_way_to_the_kept_one() -> None:
    kept, other = a_fire(), a_fire()
    taken, given = join(kept, other, join_id=uuid4())
    assert apply(kept, taken).joined == (other.id,)
    gone = apply(other, given)
    assert (gone.state, gone.joined_to) == (State.JOINED, kept.id)


def test_a_record_is_not_joined_to_itself_nor_a_drill_to_a_fire() -> None:
    fire = a_fire()
    for other in (fire, a_fire(drill=True)):
        with pytest.raises(JoinRefused):
            join(fire, other, join_id=uuid4())


def test_only_an_open_record_gives_way() -> None:
    with pytest.raises(RecordFrozen):
        join(a_fire(), a_fire(state=State.INVESTIGATING), join_id=uuid4())


def test_a_route_once_left_is_not_come_back_to() -> None:
    fire = a_fire()
    registered = apply(fire, decide(fire, State.REGISTERED))
    investigating = apply(registered, decide(registered, State.INVESTIGATING))
    with pytest.raises(RecordFrozen):
        decide(investigating, State.REGISTERED)


def test_events_have_fixed_names() -> None:
    assert (IncidentOpened.NAME, IncidentOpened.VERSION) == ("incident-opened", 1)


def test_a_loss_is_its_whole_or_the_sum_of_its_items_or_not_known() -> None:
    assert Loss(whole_fen=7).total() == 7
    assert Loss(items=(loss_item(2), loss_item(3))).total() == 5
    assert Loss().total() is None


def test_a_witness_is_no_party_whose_view_decides() -> None:
    assert a_party(capacity=Capacity.WITNESS).is_witness
    assert not a_party().is_witness
