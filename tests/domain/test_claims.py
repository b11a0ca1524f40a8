"""What a hold claims, by hand on two rooms and a hall (drawn in tests/shapes.py)."""

import pytest
from pytest import approx, raises
from shapely import GeometryCollection, LineString, Point, box

from service.domain.claims import claim
from service.domain.errors import FixTooCoarse, GroundNamed
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level
from service.domain.plane import Axes
from service.domain.scene_refusals import LevelUnknown, UnitUnknown
from tests.scenes import a_hold, a_unit
from tests.shapes import a_wall_between_two_yards, two_rooms_and_a_hall

AXES = Axes()


def claimed(shape, plan=None, **fields):
    return claim(plan or two_rooms_and_a_hall(), a_hold(1, shape, **fields), axes=AXES)


def test_a_socket_claims_the_room_it_is_in() -> None:
    found = claimed(Point(3, 2))
    assert (found.whole, found.bare, found.units) == ({"201"}, {}, {"201"})


def test_a_point_on_a_wall_claims_both_rooms() -> None:
    assert claimed(Point(5, 2)).whole == {"201", "202"}


def test_a_point_in_a_hall_without_margin_claims_nothing_and_says_so() -> None:
    assert claimed(Point(3, 7)).reaches_nothing
    assert claimed(Point(3, 7), margin_m=1.0).bare["hall"].area == approx(3.14, abs=0.03)


def test_a_line_claims_what_over_ten_centimetres_of_it_lie_in() -> None:
    assert claimed(LineString([(3, 4.5), (3, 8)])).whole == {"201"}
    assert claimed(LineString([(3, 4.95), (3, 8)])).whole == set()
    assert claimed(LineString([(5, 1), (5, 3)])).whole == {"201", "202"}


def test_a_small_overlap_is_a_question_until_it_is_answered() -> None:
    area = box(1, 1, 5.15, 4)
    (question,) = claimed(area).questions
    assert (question.unit_id, question.shared_m2) == ("202", approx(0.45))
    assert claimed(area, not_units=("202",)).questions == ()
    answered = claimed(area, named_units=("202",))
    assert (answered.whole, answered.questions) == ({"201", "202"}, ())
    assert claimed(LineString([(4, 1), (5.05, 1)])).questions[0].shared_m == approx(0.05)


def test_an_area_claims_a_room_when_what_they_share_is_over_twenty_centimetres_wide() -> None:
    assert claimed(box(1, 1, 5.25, 4)).whole == {"201", "202"}


def test_a_named_hall_is_claimed_whole_but_not_the_ground() -> None:
    assert claimed(Point(3, 2), named_units=("hall",)).bare["hall"].area == approx(40)
    with raises(GroundNamed):
        claimed(Point(3, 2), named_units=("ground",))
    with raises(UnitUnknown):
        claimed(Point(3, 2), named_units=("999",))
    with raises(LevelUnknown):
        claimed(Point(3, 2), levels=("9",))


def test_a_fix_worse_than_two_metres_holds_nothing_until_placed_by_hand() -> None:
    assert claimed(Point(3, 2), accuracy_m=2.0).whole == {"201", "202"} - {"202"}
    with raises(FixTooCoarse):
        claimed(Point(3, 2), accuracy_m=2.1)


def test_a_wall_stops_a_margin() -> None:
    """1 m round a fire at the wall: the other yard is 30 cm away, and not reached."""
    plan = a_wall_between_two_yards()
    assert claimed(box(3, 2, 5, 4), plan, margin_m=1.0).bare.keys() == {"west"}
    assert claimed(box(3, 2, 5.9, 4), plan, margin_m=1.0).bare.keys() == {"west", "east"}


def test_a_margin_goes_on_where_open_units_share_an_edge() -> None:
    plan = a_wall_between_two_yards()
    assert claimed(box(1, 6, 3, 7.5), plan, margin_m=1.0).bare.keys() == {"west", "passage"}


def test_a_point_in_a_wall_grows_from_the_nearest_points_of_the_yards() -> None:
    wall = claimed(Point(5.08, 3), a_wall_between_two_yards(), margin_m=1.0)
    assert wall.bare.keys() == {"west"}


def test_tape_behind_a_wall_is_dropped() -> None:
    found = claimed(box(4.0, 2, 5, 4), a_wall_between_two_yards(), margin_m=0.4)
    assert found.taped.keys() == {"west"}
    assert found.taped["west"].bounds[2] == approx(5)


def test_shapes_of_all_kinds_may_make_one_hold() -> None:
    mixed = GeometryCollection([Point(3, 2), LineString([(6, 1), (8, 1)]), box(1, 6, 3, 8)])
    found = claimed(mixed)
    assert (found.whole, found.bare["hall"].area) == ({"201", "202"}, approx(4))


def test_lines_and_points_in_open_units_count_by_their_margin() -> None:
    found = claimed(GeometryCollection([LineString([(2, 7), (8, 7)]), Point(9.5, 7)]), margin_m=0.5)
    assert found.bare["hall"].area == approx(6 + 0.785 * 2 - 0.1, abs=0.5)


@pytest.mark.parametrize("area", [box(8, 1, 12, 3)])
def test_above_the_ground_what_lies_outside_every_unit_is_reported(area) -> None:
    upper = Level(
        id="1", name="二层", ordinal=1, units=(a_unit("301", "closed", box(0, 0, 10, 5)),)
    )
    plan, _ = mend_plan(DrawnPlan(levels=(Level(id="0", name="", ordinal=0), upper)))
    assert claimed(area, plan, levels=("1",)).outside_m2 == {"1": approx(4)}


def test_a_piece_of_a_hundredth_of_a_square_metre_does_not_count() -> None:
    assert claimed(Point(3, 7), margin_m=0.05).reaches_nothing


def test_two_yards_that_share_three_centimetres_of_edge_do_not_touch() -> None:
    """East of x = 5 a yard begins 3 cm below the top of the western one."""
    units = (a_unit("west", "open", box(0, 0, 5, 5)), a_unit("east", "open", box(5, 4.97, 10, 9)))
    upper = Level(id="0", name="", ordinal=1, units=units)
    plan, _ = mend_plan(DrawnPlan(levels=(Level(id="g", name="", ordinal=0), upper)))
    assert claimed(box(3, 3, 4.5, 4.9), plan, margin_m=1.0).bare.keys() == {"west"}
