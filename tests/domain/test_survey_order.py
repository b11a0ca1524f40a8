"""The survey order: exact on few steps, never twice its bound on many, compared with others."""

from collections.abc import Iterable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from service.domain.block_order import order_in_block
from service.domain.minimum_cut import reached, residual_of
from service.domain.sidney import blocks_of
from service.domain.survey_chain import Chain
from service.domain.survey_order import Step, SurveyOrder, WaitingUnit, order_survey, ordered
from service.domain.survey_order_refusals import (
    OrderBreaksPrecedence,
    OrderIncomplete,
    StepNotPending,
    StepsGoRound,
    StepTwice,
    StepUnweighable,
)


def a_step(id: str, minutes: int = 60, *, after: tuple[str, ...] = ()) -> Step:
    return Step(id=id, duration_minutes=minutes, after=after)


def a_unit(id: str, *steps: str, weight: int = 1) -> WaitingUnit:
    return WaitingUnit(id=id, steps=steps, weight=weight)


@st.composite
def chains(draw: st.DrawFn, most: int) -> Chain:
    """Up to `most` steps, each after some earlier ones, and units that need a few of them."""
    count = draw(st.integers(1, most))
    before: list[int] = []
    for i in range(count):
        direct = (
            draw(st.sets(st.integers(0, i - 1), max_size=2)) if i and draw(st.booleans()) else ()
        )
        before.append(_with_all(before, direct))
    places = st.sets(st.integers(0, count - 1), min_size=0, max_size=4)
    needs = [_with_all(before, need) for need in draw(st.lists(places, max_size=2 * most))]
    weight = st.one_of(st.integers(0, 5), st.integers(0, 10**9))
    return Chain(
        durations=tuple(draw(st.integers(1, 500)) for _ in range(count)),
        before=tuple(before),
        needs=tuple(needs),
        weights=tuple(draw(weight) for _ in needs),
    )


def _with_all(before: list[int], steps: Iterable[int]) -> int:
    mask = 0
    for step in steps:
        mask |= 1 << step | (before[step] if step < len(before) else 0)
    return mask


def is_feasible(chain: Chain, order: tuple[int, ...]) -> bool:
    done = 0
    for step in order:
        if chain.before[step] & ~done:
            return False
        done |= 1 << step
    return done == (1 << len(chain.durations)) - 1


def enumerated(chain: Chain) -> int:
    """The least cost over every feasible order, one by one."""
    orders = permutations(range(len(chain.durations)))
    return min(chain.cost(order) for order in orders if is_feasible(chain, order))


def test_the_survey_that_frees_more_weight_a_minute_goes_first() -> None:
    """60 min free a shop worth 1, 30 min one worth 4: 4·30 + 1·90 = 210, not 60 + 360."""
    found = order_survey(
        [a_step("hall", 60), a_step("shop", 30)],
        [a_unit("201", "hall"), a_unit("202", "shop", weight=4)],
    )
    assert found.proposed.steps == ("shop", "hall")
    assert found.proposed.cost == 210
    assert found.proposed.opens_after_minutes == {"201": 90, "202": 30}
    assert found.first_come.cost == 420
    assert found.is_best


def test_a_unit_opens_with_the_last_step_it_waits_for() -> None:
    found = order_survey([a_step("a", 10), a_step("b", 20)], [a_unit("u", "a", "b")])
    assert found.proposed.opens_after_minutes == {"u": 30}


def test_a_unit_that_waits_for_nothing_is_open_from_the_start() -> None:
    found = order_survey([a_step("a")], [a_unit("u")])
    assert found.proposed.opens_after_minutes == {"u": 0}
    assert order_survey([], []).proposed.steps == ()


def test_the_detailed_survey_follows_the_preliminary_one() -> None:
    """The detailed one alone frees the unit, but it cannot go first."""
    found = order_survey(
        [a_step("detailed", 10, after=("preliminary",)), a_step("preliminary", 50)],
        [a_unit("u", "detailed")],
    )
    assert found.proposed.steps == ("preliminary", "detailed")
    assert found.first_come.steps == ("preliminary", "detailed")
    assert found.proposed.cost == 60


def test_the_order_asked_is_weighed_beside_the_one_proposed() -> None:
    found = order_survey(
        [a_step("a", 60), a_step("b", 30)], [a_unit("u", "a"), a_unit("v", "b")], asked=["a", "b"]
    )
    assert found.asked is not None
    assert (found.asked.cost, found.proposed.cost, found.lower_bound) == (150, 120, 120)


@pytest.mark.parametrize(
    ("steps", "units", "asked", "refusal", "pointer"),
    [
        ([a_step("a"), a_step("a")], [], None, StepTwice, "/steps/1/id"),
        ([a_step("a", 0)], [], None, StepUnweighable, "/steps/0/duration_minutes"),
        ([a_step("a")], [a_unit("u", "a", weight=-1)], None, StepUnweighable, "/units/0/weight"),
        ([a_step("a", after=("b",))], [], None, StepNotPending, "/steps/0/after/0"),
        ([a_step("a")], [a_unit("u", "b")], None, StepNotPending, "/units/0/steps/0"),
        (
            [a_step("a", after=("b",)), a_step("b", after=("a",))],
            [],
            None,
            StepsGoRound,
            "/steps",
        ),
        ([a_step("a"), a_step("b")], [], ["a"], OrderIncomplete, "/asked"),
        ([a_step("a"), a_step("b")], [], ["a", "a"], OrderIncomplete, "/asked"),
        (
            [a_step("a"), a_step("b", after=("a",))],
            [],
            ["b", "a"],
            OrderBreaksPrecedence,
            "/asked/0",
        ),
        (
            [a_step(str(i), 10_000) for i in range(50)],
            [a_unit(str(i), "0", weight=10**9) for i in range(3000)],
            None,
            StepUnweighable,
            "/units",
        ),
    ],
)
def test_what_cannot_be_ordered_is_refused_by_name(
    steps: list[Step],
    units: list[WaitingUnit],
    asked: list[str] | None,
    refusal: type[StepTwice],
    pointer: str,
) -> None:
    with pytest.raises(refusal) as caught:
        order_survey(steps, units, asked=asked)
    assert caught.value.faults[0].pointer == pointer


@given(chains(most=6))
def test_few_steps_cost_what_enumeration_finds(chain: Chain) -> None:
    order, bound = ordered(chain)
    assert is_feasible(chain, order)
    assert chain.cost(order) == bound == enumerated(chain)


@given(chains(most=9), st.sampled_from([0, 2, 4]))
def test_the_method_for_many_steps_stays_between_bound_optimum_and_twice_the_bound(
    chain: Chain, exact_up_to: int
) -> None:
    best, least = ordered(chain)
    order, bound = ordered(chain, exact_up_to)
    assert is_feasible(chain, order)
    assert bound <= least <= chain.cost(order) <= 2 * bound
    assert chain.cost(best) == least


@given(chains(most=9))
def test_blocks_part_the_steps_and_fall_in_weight_a_minute(chain: Chain) -> None:
    blocks, done, last = blocks_of(chain), 0, None
    for block in blocks:
        part = chain.part(block, done)
        assert not block & done
        assert last is None or part.weight * last.minutes <= last.weight * part.minutes
        done, last = done | block, part
    assert done == (1 << len(chain.durations)) - 1


@given(chains(most=9))
def test_nothing_is_better_than_blocks_in_order_with_each_block_at_its_best(chain: Chain) -> None:
    """Sidney's theorem, on which the bound of small blocks rests."""
    order, done = [], 0
    for block in blocks_of(chain):
        steps = [i for i in range(len(chain.durations)) if block >> i & 1]
        order += [steps[i] for i in order_in_block(chain.part(block, done))]
        done |= block
    assert chain.cost(order) == chain.cost(ordered(chain)[0])


@settings(max_examples=15, deadline=None)
@given(chains(most=80))
def test_many_steps_stay_within_twice_the_bound(chain: Chain) -> None:
    order, bound = ordered(chain)
    assert is_feasible(chain, order)
    assert bound <= chain.cost(order) <= 2 * bound


def test_one_unit_that_waits_for_every_step_costs_the_same_in_any_order() -> None:
    """The hardest case for the rate alone: its bound would be half."""
    steps = [a_step(str(i), 10 + i) for i in range(30)]
    found = order_survey(steps, [a_unit("u", *(step.id for step in steps))])
    assert found.is_best


def test_the_same_question_has_the_same_answer() -> None:
    steps = [a_step(str(i), 30 + i % 7) for i in range(40)]
    units = [a_unit(str(i), str(i % 40), str(i * 7 % 40)) for i in range(60)]
    answers: list[SurveyOrder] = [order_survey(steps, units) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0].proposed.cost <= answers[0].first_come.cost


@given(st.lists(st.integers(0, 2**40), min_size=9, max_size=9))
def test_flows_are_exact_beyond_32_bits(capacities: list[int]) -> None:
    """Source 0 to sink 4 over 1, 2, 3: what flows is the least of the eight cuts."""
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3), (3, 1), (1, 4), (2, 4), (3, 4)]
    table = np.zeros((5, 5), dtype=np.int64)
    for (i, j), capacity in zip(pairs, capacities, strict=True):
        table[i, j] = capacity
    left = residual_of(csr_array(table), 0, 4).toarray()
    sides = [[0] + [n for n in (1, 2, 3) if k >> n & 1] for k in range(0, 16, 2)]
    cuts = [table[np.ix_(side, [n for n in range(5) if n not in side])].sum() for side in sides]
    assert (left >= 0).all()
    assert table[0].sum() - left[0].sum() == min(cuts)
    assert 4 not in reached(residual_of(csr_array(table), 0, 4), 0)
