"""Lines drawn around a ring, where the reach cannot be kept."""

import numpy as np
import shapely

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
