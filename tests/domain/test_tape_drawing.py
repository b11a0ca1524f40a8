"""Lines drawn around a ring, where the reach cannot be kept."""

import numpy as np
import shapely

from service.domain.tape_corners import merged_outward
from service.domain.tape_dents import dents_filled
from service.domain.tape_drawing import Drawn


def test_a_reach_that_no_tape_can_keep_is_not_kept() -> None:
    """An L with arms of 2 m, on its side; even its own corners are beyond a reach under nothing.

    +--+
    |  |
    |  +--+
    +-----+
    """
    corners = [(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)]
    drawn = Drawn(xy=np.array(corners, dtype=float), shape=shapely.Polygon(corners), reach_m=-0.1)
    drawn.tape()
    assert drawn.has_dents
    assert not drawn.in_reach


def test_three_corners_are_as_few_as_there_can_be() -> None:
    """A hole of three corners, 2 m wide: each would be filled, and nothing would be left."""
    hole = [(0.0, 0.0), (0.0, 2.0), (2.0, 0.0)]
    ring = np.array(hole)
    around = shapely.Polygon(shapely.box(-1, -1, 3, 3).exterior, [hole])
    assert dents_filled(ring, shape=around) is ring
    assert merged_outward(hole, allowed=shapely.box(-1, -1, 3, 3)) == hole
