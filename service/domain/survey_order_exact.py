"""The exact survey order of a few steps: dynamic programming over their subsets."""

import numpy as np
from numpy.typing import NDArray

from service.domain.survey_chain import Chain

EXACT_UP_TO = 12
"""So many steps have 4,096 subsets: some milliseconds."""
NEVER = np.iinfo(np.int64).max // 2

Ints = NDArray[np.int64]


def exact_order(chain: Chain) -> tuple[int, ...]:
    """Return the order of least cost; ties go to the order that ends with the lowest steps.

    Held and Karp (1962): the cost of having done a set is the least over its last step; while
    that step runs, every unit still shut pays for its minutes.
    """
    count = len(chain.durations)
    masks = np.arange(1 << count)
    waiting = chain.weight - _opened(chain, masks)
    best = np.where(_closed(chain, masks), 0, NEVER)
    last = np.zeros(1 << count, dtype=np.int64)
    sizes = np.bitwise_count(masks)
    for size in range(1, count + 1):
        layer = masks[(sizes == size) & (best < NEVER)]
        best[layer], last[layer] = _layer(chain, layer, best, waiting)
    return _walked_back(last, count)


def _layer(chain: Chain, layer: Ints, best: Ints, waiting: Ints) -> tuple[Ints, Ints]:
    """Return for each set its least cost and the step it ends with."""
    tried = []
    for step, minutes in enumerate(chain.durations):
        had = (layer >> step) & 1 == 1
        rest = np.where(had, layer ^ (1 << step), 0)
        cost = np.minimum(best[rest] + minutes * waiting[rest], NEVER)
        tried.append(np.where(had, cost, NEVER))
    table = np.stack(tried)
    return table.min(axis=0), table.argmin(axis=0)


def _opened(chain: Chain, masks: Ints) -> Ints:
    """Return the weight that each set of steps opens: a sum over its subsets, step by step."""
    opened = np.zeros(masks.size, dtype=np.int64)
    np.add.at(opened, list(chain.needs), np.array(chain.weights, dtype=np.int64))
    for step in range(len(chain.durations)):
        high = masks[(masks >> step) & 1 == 1]
        opened[high] += opened[high ^ (1 << step)]
    return opened


def _closed(chain: Chain, masks: Ints) -> NDArray[np.bool_]:
    """Return which sets hold, with each step, all that it must follow."""
    closed = np.ones(masks.size, dtype=bool)
    for step, before in enumerate(chain.before):
        closed &= ((masks >> step) & 1 == 0) | (masks & before == before)
    return closed


def _walked_back(last: Ints, count: int) -> tuple[int, ...]:
    order, mask = [], (1 << count) - 1
    while mask:
        step = int(last[mask])
        order.append(step)
        mask ^= 1 << step
    return tuple(reversed(order))
