"""The facts that triage judges by, read off an incident."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.domain.facts import facts_of
from service.domain.incident import Cause, CauseKind, Loss, Origin
from service.domain.party import Capacity
from service.domain.people import PostKind
from service.domain.statement import Objection, Signature
from tests.fires import ALL_VIEWS, CALLED_AT, a_fire, a_party, a_statement, the_facts

NO, YES, SILENT = Objection.NO_OBJECTION, Objection.OBJECTION, Objection.NONE
OTHER = UUID(int=21)


def test_a_complete_fire_gives_complete_facts() -> None:
    assert facts_of(a_fire(), ALL_VIEWS) == the_facts()


def test_what_is_not_recorded_is_not_known() -> None:
    fire = a_fire(loss=None, origin=None, burned_area=None, cause=None, account=" ", parties=())
    facts = facts_of(replace(fire, statements=()), {})
    assert facts.loss_fen is None
    assert not (facts.origin_described or facts.origin_placed or facts.burned_area)
    assert not (facts.cause_stated or facts.account or facts.loss_itemised)
    assert (facts.photos, facts.statements) == (0, 0)


def test_an_unknown_cause_is_not_stated_and_arson_is_a_suspicion() -> None:
    assert not facts_of(a_fire(cause=Cause(kind=CauseKind.UNKNOWN)), {}).cause_stated
    assert facts_of(a_fire(cause=Cause(kind=CauseKind.ARSON)), {}).arson_suspected is True


def test_a_place_described_is_not_yet_placed() -> None:
    facts = facts_of(a_fire(origin=Origin(text="柜台后"), loss=Loss(whole_fen=7)), {})
    assert (facts.origin_described, facts.origin_placed) == (True, False)
    assert (facts.loss_fen, facts.loss_itemised) == (7, False)


@pytest.mark.parametrize(
    ("noted", "views", "disputed"),
    [
        (None, [NO], False),
        (None, [SILENT], None),
        (None, [YES], True),
        (None, [], None),
        (False, [YES], True),
        (False, [], False),
        (True, [NO], True),
        (None, [YES, NO], False),
        (None, [NO, YES], True),
    ],
)
def test_a_dispute_is_what_was_noted_or_the_latest_view(
    noted: bool | None, views: list[Objection], disputed: bool | None
) -> None:
    statements = tuple(
        a_statement(id=UUID(int=n), objection=view, heard_at=CALLED_AT + timedelta(minutes=n))
        for n, view in enumerate(views)
    )
    facts = facts_of(
        a_fire(liability_disputed=noted, facts_disputed=noted, statements=statements), {}
    )
    assert (facts.liability_disputed, facts.facts_disputed) == (disputed, disputed)


def test_every_party_must_have_spoken_for_silence_to_mean_none() -> None:
    parties = (a_party(), a_party(id=OTHER))
    assert facts_of(a_fire(liability_disputed=None, parties=parties), {}).liability_disputed is None


def test_a_witness_is_heard_and_decides_nothing() -> None:
    witness = a_party(id=OTHER, capacity=Capacity.WITNESS, id_number=None)
    statement: Any = a_statement(id=UUID(int=31), party_id=OTHER, objection=YES)
    fire = a_fire(parties=(a_party(), witness), statements=(a_statement(), statement))
    facts = facts_of(fire, {})
    assert facts.liability_disputed is False
    assert (facts.statements, facts.id_numbers_missing) == (2, 0)


def test_a_void_signature_is_counted_until_it_is_given_again() -> None:
    void = Signature(
        strokes=(),
        digest="",
        device="",
        officer_present=OTHER,
        signed_at=CALLED_AT,
        voided_at=CALLED_AT,
    )
    for signatures, count in (((void,), 1), ((void, replace(void, voided_at=None)), 0)):
        fire = a_fire(statements=(a_statement(signatures=signatures),))
        assert facts_of(fire, {}).void_signatures == count


def test_an_office_above_a_station_is_none() -> None:
    assert facts_of(a_fire(), ALL_VIEWS).national_station
    assert not facts_of(a_fire(), ALL_VIEWS, attended=PostKind.BRIGADE).national_station
