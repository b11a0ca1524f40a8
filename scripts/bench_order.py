"""The survey order's figures: cost beside plain enumeration, and beside its own lower bound.

Instances are drawn from a fixed seed: steps of 10 to 240 minutes, units that wait for one to
four of them, weights 1 to 5 or losses up to 1,000 yuan an hour, and precedence between some.
"""

import json
import random
from functools import cache
from itertools import permutations
from statistics import median
from typing import TypedDict

from service.domain.survey_chain import Chain
from service.domain.survey_order import ordered

SEED = 4


class Figure(TypedDict):
    """One figure: costs in weight·minutes; the ratio is the median, the spread its ends."""

    ours: float
    baseline: float
    ratio: float
    spread: tuple[float, float]
    aim: str
    holds: bool


def figures() -> dict[str, Figure]:
    """Return every figure of the survey order by name."""
    eights = _instances(5, steps=8, units=10)
    twelves = _instances(200, steps=12, units=24)
    many = [*_instances(9, steps=200, units=200), *_instances(9, steps=200, units=400)]
    exact = [(chain.cost(ordered(chain)[0]), subsets(chain)) for chain in twelves]
    large = [(chain.cost(order), bound) for chain in many for order, bound in [ordered(chain)]]
    above = [
        (chain.cost(ordered(chain, exact_up_to=0)[0]), least)
        for chain, (_, least) in zip(twelves, exact, strict=True)
    ]
    enumeration = [(chain.cost(ordered(chain)[0]), enumerated(chain)) for chain in eights]
    return {
        "survey order, 8 steps, beside plain enumeration": _figure(enumeration, 1, 1),
        "survey order, 12 steps, beside a plain search of all subsets": _figure(exact, 1, 1),
        "survey order, 200 steps, beside its lower bound": _figure(large, 2, 2),
        "method above 12 steps on 12 steps, no block solved whole": _figure(above, 1.05, 1.25),
    }


def enumerated(chain: Chain) -> int:
    """Return the least cost over all orders, each tried."""
    orders = permutations(range(len(chain.durations)))
    return min(chain.cost(order) for order in orders if _may(chain, order))


def subsets(chain: Chain) -> int:
    """Return the least cost, trying every next step from every set of steps done."""

    @cache
    def least(done: int) -> int:
        pairs = zip(chain.needs, chain.weights, strict=True)
        shut = sum(weight for need, weight in pairs if need & ~done)
        return min(
            (
                minutes * shut + least(done | 1 << step)
                for step, minutes in enumerate(chain.durations)
                if not done >> step & 1 and not chain.before[step] & ~done
            ),
            default=0,
        )

    return least(0)


def _may(chain: Chain, order: tuple[int, ...]) -> bool:
    done = 0
    for step in order:
        if chain.before[step] & ~done:
            return False
        done |= 1 << step
    return True


def _instances(count: int, *, steps: int, units: int) -> list[Chain]:
    draw = random.Random(SEED)  # noqa: S311 - instances, not secrets
    return [_instance(draw, steps, units, i) for i in range(count)]


def _instance(draw: random.Random, steps: int, units: int, number: int) -> Chain:
    """Every third without precedence, else each step after about one or two earlier ones."""
    before: list[int] = []
    for step in range(steps):
        earlier = [i for i in range(step) if draw.random() < number % 3 * 1.2 / steps]
        before.append(sum(1 << i for i in earlier))
        for i in earlier:
            before[step] |= before[i]
    needs = []
    for _ in range(draw.randint(units // 2, units)):
        needed = draw.sample(range(steps), draw.choice((1, 1, 2, 2, 3, 4)))
        mask = 0
        for step in needed:
            mask |= before[step] | 1 << step
        needs.append(mask)
    heaviest = 100_000 if number % 2 else 5
    return Chain(
        durations=tuple(draw.randint(10, 240) for _ in range(steps)),
        before=tuple(before),
        needs=tuple(needs),
        weights=tuple(draw.randint(1, heaviest) for _ in needs),
    )


def _figure(pairs: list[tuple[int, int]], in_the_median: float, at_worst: float) -> Figure:
    ratios = [ours / baseline for ours, baseline in pairs]
    ratio, worst = median(ratios), max(ratios)
    return Figure(
        ours=median(ours for ours, _ in pairs),
        baseline=median(baseline for _, baseline in pairs),
        ratio=round(ratio, 4),
        spread=(round(min(ratios), 4), round(worst, 4)),
        aim=f"at most {in_the_median} in the median and {at_worst} at worst",
        holds=ratio <= in_the_median and worst <= at_worst,
    )


if __name__ == "__main__":
    print(json.dumps(figures(), indent=2, ensure_ascii=False))
