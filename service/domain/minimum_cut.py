"""Maximum flows in whole numbers beyond 32 bits, and the cuts that go with them.

scipy's maximum_flow counts in 32 bits. A larger network is solved coarsely first, its capacities
divided by a power of two; then what the coarse flow leaves is solved: exact as far as 64 bits go.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

COUNTS_TO = 2**30
"""How far scipy's maximum_flow counts: a capacity and its reverse together stay in 32 bits."""


def residual_of(capacity: csr_array, source: int, sink: int) -> csr_array:
    """Return what a maximum flow leaves of the capacities (int64), in both directions."""
    return _tidied(capacity - _flow(_tidied(capacity), source, sink))


def reached(residual: csr_array, start: int) -> frozenset[int]:
    """Return the nodes reached from one over what is left: from the source, the smallest cut."""
    order = breadth_first_order(residual, start, return_predecessors=False)
    return frozenset(cast(NDArray[np.int32], order).tolist())


def _flow(capacity: csr_array, source: int, sink: int) -> csr_array:
    """Return a maximum flow, antisymmetric: from i to j runs minus what runs from j to i.

    A coarse flow misses less than one coarse unit on each edge of its cut, so no edge need carry
    more than all of these together: capacities above that are cut down, and fit.
    """
    if max(capacity.max(), capacity[[source]].sum()) <= COUNTS_TO:
        return csr_array(maximum_flow(capacity.astype(np.int32), source, sink).flow, dtype=np.int64)
    shift = (COUNTS_TO // capacity.nnz).bit_length() - 1
    rough = capacity.copy()
    rough.data >>= shift
    coarse = _flow(_tidied(rough), source, sink) * 2**shift
    left = _tidied(capacity - coarse)
    left.data = np.minimum(left.data, capacity.nnz << shift)
    fine = maximum_flow(left.astype(np.int32), source, sink).flow
    return coarse + csr_array(fine, dtype=np.int64)


def _tidied(matrix: csr_array) -> csr_array:
    tidy = csr_array(matrix, dtype=np.int64)
    tidy.eliminate_zeros()
    return tidy
