"""Growing, shrinking and closing shapes of many pieces, held to GEOS on few of them; metres."""

import math
from itertools import product

import pytest
import shapely
from pytest import approx
from shapely import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from service.domain.closing import narrower_than, offset
from service.domain.mending import MendKind, mend_plan
from service.domain.plan import DrawnPlan, Level
from tests.scenes import scene_of
from tests.shapes import a_unit

ROOMS = MultiPolygon([box(x, y, x + 4, y + 4) for x, y in product((0, 4.2, 9.5), (0, 4.005))])
YARD = box(0, 0, 20, 20) - box(2, 2, 6, 6) - box(6.3, 2, 12, 12) - box(15, 15, 15.2, 19)
ISLAND = MultiPolygon([box(0, 0, 20, 20) - box(5, 5, 15, 15), box(7, 7, 14.7, 14.7)])


@pytest.mark.parametrize("shape", [ROOMS, YARD, ISLAND, Polygon()])
@pytest.mark.parametrize("distance_m", [0.005, 0.25, 1.0, -0.11, -0.5])
def test_rings_moved_one_by_one_are_the_shape_moved_whole(
    shape: BaseGeometry, distance_m: float
) -> None:
    whole = shapely.buffer(shape, distance_m, join_style="mitre")
    assert shapely.symmetric_difference(offset(shape, distance_m), whole).area < 1e-9


def test_what_is_narrower_than_a_width_is_found_between_pieces_and_in_one() -> None:
    """Between the rooms 5 mm, 20 cm and 1.3 m; in the yard a wall of 30 cm, and a slit of 20 cm."""
    assert sum(gap.area for gap in narrower_than(ROOMS, 0.01)) == approx(3 * 4 * 0.005)
    assert sum(gap.area for gap in narrower_than(YARD, 0.25)) == approx(0.2 * 4)
    assert narrower_than(ISLAND, 0.25) == []


def star(corners: int) -> Polygon:
    turns = [k * 2 * math.pi / corners for k in range(corners)]
    return Polygon(
        [
            ((55, 22)[k % 2] * math.cos(a), (55, 22)[k % 2] * math.sin(a))
            for k, a in enumerate(turns)
        ]
    )


def test_a_star_of_a_thousand_corners_is_mended_gap_by_gap() -> None:
    """Between each two of its points the gap that tapers to nothing is closed near the middle."""
    drawn = a_unit("star", "closed", star(1600))
    plan, mends = mend_plan(
        DrawnPlan(levels=(Level(id="1", name="1F", ordinal=0, units=(drawn,)),))
    )
    assert [mend.kind for mend in mends].count(MendKind.GAP) == 800
    closed = sum(mend.area_m2 for mend in mends if mend.kind is MendKind.GAP)
    assert plan.unit("star").shape.area == approx(drawn.shape.area + closed, rel=1e-3)


def test_three_thousand_rooms_with_walls_between_are_mended() -> None:
    rooms = [
        a_unit(f"{x}-{y}", "closed", box(x * 6, y * 6, x * 6 + 5, y * 6 + 5))
        for x, y in product(range(60), range(50))
    ]
    level = Level(id="1", name="1F", ordinal=0, units=tuple(rooms))
    plan, mends = mend_plan(DrawnPlan(levels=(level,)))
    assert [mend.kind for mend in mends] == [MendKind.OUTLINE]
    assert sum(unit.shape.area for unit in plan.units() if unit.id != "ground") == approx(75_000)


@pytest.mark.parametrize("seed", [3533, 3627])
def test_corners_folded_onto_themselves_are_no_warning(seed: int) -> None:
    assert scene_of(seed).plan.levels
