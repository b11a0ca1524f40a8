"""Triage: one file of vectors that the phone is held to as well, and what must never happen."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.rules import read_triage
from service.domain.facts import Facts
from service.domain.triage import (
    Comparison,
    Outcome,
    Route,
    RouteJudgement,
    RuleTable,
    Status,
    Unit,
    Weight,
    compare,
    judge,
    judge_route,
    written,
)
from tests.fires import the_facts

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "triage.json").read_text(encoding="utf-8")
)
TABLE = read_triage()
TODAY = date(2026, 11, 24)
EASE = [Status.INELIGIBLE, Status.INCOMPLETE, Status.ELIGIBLE]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_vectors_hold(case: dict[str, Any]) -> None:
    facts = Facts(**(VECTORS["base"] | case["facts"]))
    judgement = judge(facts, TABLE, date.fromisoformat(case["on"]))
    assert {r.route: r.status for r in judgement.routes} == case["routes"]
    not_passed = {r.route: _not_passed(r) for r in judgement.routes}
    assert {route: found for route, found in not_passed.items() if found} == case["not_passed"]


def _not_passed(found: RouteJudgement) -> dict[str, str]:
    return {o.rule.id: o.outcome for o in found.rules if o.outcome is not Outcome.PASS}


def test_every_rule_passes_in_one_vector_and_does_not_in_another() -> None:
    seen: dict[str, set[str]] = {}
    for case in VECTORS["cases"]:
        facts = Facts(**(VECTORS["base"] | case["facts"]))
        for found in judge(facts, TABLE, date.fromisoformat(case["on"])).routes:
            for outcome in found.rules:
                seen.setdefault(outcome.rule.id, set()).add(outcome.outcome)
    never = {rule.id for rule in TABLE.rules if rule.comparison is Comparison.NEVER}
    assert {id for id, outcomes in seen.items() if "pass" not in outcomes} == never
    assert all(outcomes - {"pass"} for outcomes in seen.values())
    assert len(VECTORS["cases"]) >= 60


def test_a_sentence_names_the_sum_in_yuan() -> None:
    found = judge_route(Route.REGISTRATION, the_facts(loss_fen=123_456), TABLE, TODAY)
    loss = next(o for o in found.rules if o.rule.id == "registration.loss")
    assert "1,234.56" in loss.sentence.zh
    assert "1,000.00" in loss.sentence.en
    assert loss.rule.note is not None


def test_what_is_not_known_is_written_as_a_dash() -> None:
    assert written(None, Unit.FEN) == "—"
    assert written(3, Unit.COUNT) == "3"


def test_a_void_signature_says_sign_again() -> None:
    found = judge_route(Route.REGISTRATION, the_facts(void_signatures=1), TABLE, TODAY)
    assert found.status is Status.INCOMPLETE
    (void,) = found.not_passed(Weight.REQUIRED)
    assert "sign again" in void.sentence.en


def test_a_table_without_rules_opens_the_general_procedure_only() -> None:
    empty = RuleTable(version="none", rules=())
    judgement = judge(the_facts(), empty, TODAY)
    assert judgement.of(Route.REGISTRATION).status is Status.INELIGIBLE
    assert judgement.of(Route.GENERAL_PROCEDURE).status is Status.ELIGIBLE


def test_a_province_replaces_the_rule_for_all_in_any_order() -> None:
    backwards = RuleTable(version="b", rules=tuple(reversed(TABLE.rules)))
    for table in (TABLE, backwards):
        rules = table.of(Route.SIMPLIFIED_PROCEDURE, "150000", TODAY)
        (loss,) = [r for r in rules if r.id == "simplified_procedure.loss"]
        assert loss.bound == 5_000_000
        assert loss.note is not None


def test_a_fact_unknown_never_passes_and_is_is_exact() -> None:
    assert compare(Comparison.BELOW, None, 1) is Outcome.MISSING
    assert compare(Comparison.IS, False, False) is Outcome.PASS
    assert compare(Comparison.NEVER, None, None) is Outcome.FAIL


_known = st.one_of(st.none(), st.booleans())
_number = st.one_of(st.none(), st.integers(0, 3))
facts_of_any_kind = st.builds(
    Facts,
    province=st.sampled_from(["150000", "110000"]),
    national_station=st.booleans(),
    dead=_number,
    injured=_number,
    loss_fen=st.one_of(st.none(), st.integers(0, 6_000_000)),
    arson_suspected=_known,
    liability_disputed=_known,
    facts_disputed=_known,
    wide_social_effect=st.booleans(),
    **{
        name: st.booleans()
        for name in ("origin_described", "origin_placed", "burned_area", "account")
    },
    **{
        name: st.integers(0, 2)
        for name in (
            "photos",
            "photos_setting",
            "photos_overview",
            "photos_key_part",
            "photos_detail",
            "statements",
            "facts_told",
            "void_signatures",
        )
    },
)


def _ease(facts: Facts) -> dict[Route, int]:
    return {r.route: EASE.index(r.status) for r in judge(facts, TABLE, TODAY).routes}


@given(facts_of_any_kind, st.sampled_from(["dead", "injured", "loss_fen"]), st.integers(1, 10**7))
def test_more_loss_or_casualties_never_open_a_route(facts: Facts, name: str, more: int) -> None:
    worse = replace(facts, **{name: (getattr(facts, name) or 0) + more})
    if getattr(facts, name) is None:
        facts = replace(facts, **{name: 0})
    before, after = _ease(facts), _ease(worse)
    assert all(after[route] <= before[route] for route in Route)


@given(
    facts_of_any_kind,
    st.sampled_from(["arson_suspected", "liability_disputed", "facts_disputed"]),
)
def test_a_dispute_or_suspicion_never_opens_a_route(facts: Facts, name: str) -> None:
    calm, raised = replace(facts, **{name: False}), replace(facts, **{name: True})
    assert all(_ease(raised)[route] <= _ease(calm)[route] for route in Route)


@given(facts_of_any_kind)
def test_registration_is_open_exactly_when_the_law_says_so(facts: Facts) -> None:
    """The conditions of Art. 10 and its checklist, written out once more by hand."""
    lawful = (
        facts.national_station
        and facts.dead == 0
        and facts.injured == 0
        and facts.loss_fen is not None
        and facts.loss_fen < 1000_00
        and facts.arson_suspected is False
        and facts.liability_disputed is False
        and not (facts.wide_social_effect and facts.province == "150000")
        and facts.origin_described
        and facts.origin_placed
        and facts.burned_area
        and facts.account
        and facts.photos_setting > 0
        and facts.photos_overview > 0
        and facts.photos_key_part > 0
        and facts.photos_detail > 0
        and facts.statements > 0
        and facts.void_signatures == 0
    )
    found = judge_route(Route.REGISTRATION, facts, TABLE, TODAY)
    assert (found.status is Status.ELIGIBLE) == lawful


@given(facts_of_any_kind)
def test_the_general_procedure_is_always_open(facts: Facts) -> None:
    assert _ease(facts)[Route.GENERAL_PROCEDURE] == EASE.index(Status.ELIGIBLE)


@pytest.mark.shared_cases
def test_two_hundred_real_fires_go_by_their_loss_and_casualties(shared_cases: Path) -> None:
    with (shared_cases / "fires" / "toronto_200.csv").open(encoding="utf-8") as file:
        fires = list(csv.DictReader(file))
    assert len(fires) == 200
    for fire in fires:
        casualties = int(fire["Civilian_Casualties"]) + int(fire["TFS_Firefighter_Casualties"])
        loss = fire["Estimated_Dollar_Loss"]
        fen = round(float(loss) * 100) if loss else None
        found = judge(the_facts(injured=casualties, loss_fen=fen), TABLE, TODAY)
        assert found.of(Route.REGISTRATION).status is _expected(casualties, fen, 1000_00)
        assert found.of(Route.SIMPLIFIED_PROCEDURE).status is _expected(casualties, fen, 50_000_00)


def _expected(casualties: int, fen: int | None, bound: int) -> Status:
    if casualties or (fen is not None and fen >= bound):
        return Status.INELIGIBLE
    return Status.INCOMPLETE if fen is None else Status.ELIGIBLE
