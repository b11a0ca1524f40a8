"""Sidney's decomposition: blocks of steps by falling weight per minute, found by minimum cuts.

A block is a set of steps after which no more weight a minute can be opened than by the whole of
it. Some best order does the blocks one after another, and any order that does costs at most
twice the best (Sidney 1975; Chekuri and Motwani 1999).
"""

import numpy as np
from scipy.sparse import csr_array

from service.domain.minimum_cut import reached, residual_of
from service.domain.survey_chain import Chain, bits


def blocks_of(chain: Chain) -> tuple[int, ...]:
    """Return the masks of the blocks, in the order in which they are to be done."""
    blocks: list[int] = []
    waiting = [(1 << len(chain.durations)) - 1] if chain.durations else []
    done = 0
    while waiting:
        mask = waiting.pop()
        first = _first_of(chain.part(mask, done))
        steps = tuple(bits(mask))
        begun = sum(1 << steps[i] for i in bits(first))
        if begun:
            waiting += [mask & ~begun, begun]
        else:
            blocks.append(mask)
            done |= mask
    return tuple(blocks)


def _first_of(chain: Chain) -> int:
    """Return a proper beginning that opens no less weight a minute than the whole, or nothing.

    A closure of greatest weight less rate·minutes is a minimum cut (Picard 1976); everything is
    multiplied out so that capacities are whole. Where the whole is such a closure, so is all
    that any one step leads to over the residual network.
    """
    steps = len(chain.durations)
    if not chain.weight or steps == 1:
        return 0
    network, source, sink = _network(chain)
    left = residual_of(network, source, sink)
    starts = [source, *range(steps)] if left[[source]].nnz else range(steps)
    for start in starts:
        mask = sum(1 << node for node in reached(left, start) if node < steps)
        if mask.bit_count() < steps:
            return mask
    return 0


def _network(chain: Chain) -> tuple[csr_array, int, int]:
    """Return the capacities: source → unit → the steps it needs → sink, and step → step before."""
    steps, units = len(chain.durations), len(chain.needs)
    source, sink = steps + units, steps + units + 1
    without_end = chain.weight * chain.minutes + 1
    edges = [(source, steps + u, w * chain.minutes) for u, w in enumerate(chain.weights)]
    edges += [(s, sink, minutes * chain.weight) for s, minutes in enumerate(chain.durations)]
    edges += [(steps + u, s, without_end) for u, need in enumerate(chain.needs) for s in bits(need)]
    edges += [(s, b, without_end) for s, need in enumerate(chain.before) for b in bits(need)]
    rows, columns, capacities = zip(*edges, strict=True)
    shape = (sink + 1, sink + 1)
    data = np.array(capacities, dtype=np.int64)
    return csr_array((data, (rows, columns)), shape=shape), source, sink
