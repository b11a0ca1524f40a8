"""The order inside one block: exact when it is small; else built greedily, bettered in windows."""

from fractions import Fraction

from service.domain.survey_chain import Chain, mask_of
from service.domain.survey_order_exact import EXACT_UP_TO, exact_order

WINDOW = 8
"""So many steps in a row are put in their best order at once."""


def order_in_block(chain: Chain, exact_up_to: int = EXACT_UP_TO) -> tuple[int, ...]:
    """Return an order of the block's steps; the best one up to `exact_up_to` steps."""
    if len(chain.durations) <= exact_up_to:
        return exact_order(chain)
    return _bettered(chain, _greedy(chain))


def least_cost(chain: Chain, order: tuple[int, ...], exact_up_to: int = EXACT_UP_TO) -> int:
    """Return a bound below every order of a block of Sidney's decomposition.

    Small blocks: the cost itself. Else the larger of two: each unit opens only after its own
    steps; and at no time is more opened than rate·time, so that each step, while it runs, leaves
    shut what the rate leaves at its start: weight·(minutes² + Σ minutes of each²) / 2·minutes
    (the two-dimensional Gantt chart of Goemans and Williamson 2000).
    """
    if len(order) <= exact_up_to:
        return chain.cost(order)
    squares = chain.minutes**2 + sum(minutes**2 for minutes in chain.durations)
    by_rate = -(-chain.weight * squares // (2 * chain.minutes))
    by_unit = sum(
        weight * _minutes(chain, need)
        for weight, need in zip(chain.weights, chain.needs, strict=True)
    )
    return max(by_rate, by_unit)


def _greedy(chain: Chain) -> tuple[int, ...]:
    """Open next the unit whose steps still missing open most weight a minute."""
    order: list[int] = []
    done, shut = 0, dict(enumerate(chain.needs))
    while shut:
        missing = {need & ~done for need in shut.values()}
        chosen = max(sorted(missing), key=lambda need: _rate(chain, need, done, shut))
        order += chain.in_turn(chosen, done)
        done |= chosen
        shut = {unit: need for unit, need in shut.items() if need & ~done}
    everything = (1 << len(chain.durations)) - 1
    return (*order, *chain.in_turn(everything & ~done, done))


def _rate(chain: Chain, chosen: int, done: int, shut: dict[int, int]) -> Fraction:
    opened = sum(chain.weights[unit] for unit, need in shut.items() if not need & ~(done | chosen))
    return Fraction(opened, _minutes(chain, chosen))


def _minutes(chain: Chain, mask: int) -> int:
    return sum(minutes for step, minutes in enumerate(chain.durations) if mask >> step & 1)


def _bettered(chain: Chain, order: tuple[int, ...]) -> tuple[int, ...]:
    """Put every window in its best order, half a window on each time, until nothing is gained."""
    cost = chain.cost(order)
    while True:
        better = order
        for start in range(0, max(1, len(order) - WINDOW // 2), WINDOW // 2):
            before, window = better[:start], better[start : start + WINDOW]
            inside = sorted(window)
            found = exact_order(chain.part(mask_of(window), mask_of(before)))
            better = (*before, *(inside[i] for i in found), *better[start + WINDOW :])
        gained = chain.cost(better)
        if gained >= cost:
            return order
        order, cost = better, gained
