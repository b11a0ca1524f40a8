"""What stays uncertain of a mended plan, by hand on drawn shapes; metres."""

import shapely
from shapely import MultiPolygon, box

from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level, Opening, OpeningKind, Unit
from service.domain.plan_doubts import doubts
from tests.shapes import a_unit


def told(*units: Unit, joins: tuple[tuple[str, ...], ...] = ()) -> str:
    level = Level(id="1", name="1F", ordinal=0, units=units)
    openings = tuple(
        Opening(id=f"d{n}", level="1", kind=OpeningKind.DOOR, shape=shapely.Point(0, 0), joins=each)
        for n, each in enumerate(joins)
    )
    plan, _ = mend_plan(DrawnPlan(levels=(level,), openings=openings))
    return "\n".join(words.en for words in doubts(plan))


def test_a_gap_of_three_centimetres_is_left_and_said_and_a_wall_is_not() -> None:
    """
    +---+ +---+     +---+
    | a | | b |     | c |     3 cm between a and b, 20 cm between b and c
    +---+ +---+     +---+
    """
    found = told(
        a_unit("a", "closed", box(0, 0, 4, 4)),
        a_unit("b", "closed", box(4.03, 0, 8, 4)),
        a_unit("c", "closed", box(8.2, 0, 12, 4)),
    )
    assert "gaps of 1 to 5 cm between units were left as walls; check them: a | b" in found
    assert "c" not in found.split("check them: ")[1].split("\n")[0]


def test_a_gap_that_tapers_is_said_once_and_a_slit_in_one_unit_is_its_own() -> None:
    wedge = shapely.Polygon([(4, 0), (8, 0), (8, 4), (4.04, 4)])
    slit = box(20, 0, 30, 4) - box(25, 1, 25.03, 4)
    found = told(
        a_unit("a", "closed", box(0, 0, 4, 4)),
        a_unit("b", "closed", wedge),
        a_unit("c", "closed", slit),
    )
    assert found.count("a | b") == 1
    assert "c |" not in found


def test_a_scrap_narrower_than_a_door_is_said() -> None:
    found = told(a_unit("a", "closed", box(0, 0, 4, 4)), a_unit("s", "closed", box(4, 0, 4.2, 4)))
    assert "units narrower than 0.3 m may be scraps of drawing: s" in found


def test_a_unit_in_two_pieces_is_said() -> None:
    two = MultiPolygon([box(0, 0, 4, 4), box(9, 0, 13, 4)])
    assert "units in several pieces are sealed as one: a (2)" in told(a_unit("a", "open", two))


def test_a_hole_is_said_unless_another_unit_fills_it() -> None:
    """A yard of 10 by 10 m with two holes of 2 by 2 m, one of them a kiosk."""
    yard = box(0, 0, 10, 10) - box(1, 1, 3, 3) - box(5, 5, 7, 7)
    found = told(a_unit("yard", "open", yard), a_unit("kiosk", "closed", box(1, 1, 3, 3)))
    assert "holes in units belong to none: yard (4.00 m², 1F)" in found


def test_doors_that_are_missing_are_said() -> None:
    rooms = [a_unit("a", "closed", box(0, 0, 4, 4)), a_unit("b", "closed", box(4, 0, 8, 4))]
    assert "no doors are drawn" in told(*rooms)
    assert "units without a door: their way out is unknown: b" in told(*rooms, joins=(("a",),))
    assert told(*rooms, joins=(("a", "b"),)) == ""
    assert told(a_unit("h", "open", box(0, 0, 4, 4))) == ""


def test_the_bare_ground_is_in_no_doubt() -> None:
    plan, _ = mend_plan(DrawnPlan())
    assert doubts(plan) == ()
