"""What a plan may ask of mending: whole shopping centres, not nets of lines."""

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from service.domain.errors import PlanInvalid
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level, Unit
from service.domain.plan_limits import LEVEL_LIMIT, must_be_mendable
from tests.shapes import a_unit


def drawn(*units: Unit, outline: Polygon | None = None) -> tuple[Level, ...]:
    return (Level(id="1", name="1F", ordinal=0, units=units, outline=outline),)


def test_two_thousand_rooms_in_rows_pass() -> None:
    rooms = [
        a_unit(f"{x}-{y}", "closed", box(x * 4, y * 4, x * 4 + 4, y * 4 + 4))
        for x in range(50)
        for y in range(40)
    ]
    must_be_mendable(drawn(*rooms, outline=box(0, 0, 200, 160)))
    must_be_mendable(drawn())
    must_be_mendable(())


def test_a_thousand_units_on_top_of_each_other_are_refused_with_their_level() -> None:
    heap = [a_unit(f"u{n}", "closed", box(0, 0, 9 + n / 100, 9)) for n in range(1000)]
    with pytest.raises(PlanInvalid, match="on level 1F shapes overlap or cross"):
        must_be_mendable(drawn(*heap))


def comb(turned: bool) -> Polygon:
    """A comb of 800 teeth; laid across another it crosses it 640,000 times."""
    teeth = np.repeat(np.arange(800) * 0.1, 2)
    tips = np.tile([0.0, 80.0, 80.0, 0.0], 400)
    xy = np.column_stack([teeth, tips] if not turned else [tips, teeth])
    return Polygon(np.vstack([xy, [[90, -1], [-1, -1]]]))


def test_two_combs_across_each_other_are_refused() -> None:
    combs = [a_unit("a", "open", comb(False)), a_unit("b", "open", comb(True))]
    assert shapely.get_num_coordinates(combs[0].shape) < 2000
    with pytest.raises(PlanInvalid, match="overlap or cross far too often"):
        must_be_mendable(drawn(*combs))


def test_a_thousand_levels_are_refused() -> None:
    levels = tuple(Level(id=f"{n}", name=f"{n}", ordinal=n) for n in range(LEVEL_LIMIT + 1))
    with pytest.raises(PlanInvalid, match="more than 300 levels"):
        must_be_mendable(levels)


def test_more_gaps_along_more_corners_than_any_building_has_are_refused() -> None:
    """A comb of 1,300 teeth, and what it leaves free drawn five millimetres off."""
    teeth = np.repeat(np.arange(2600) * 0.02, 2)
    tips = np.tile([0.0, 10.0, 10.0, 0.0], 1300)
    comb = np.column_stack([teeth, tips])
    upper = Polygon(np.vstack([comb, [[52, 12], [0, 12]]]))
    lower = Polygon(np.vstack([comb - (0, 0.005), [[52, -2], [0, -2]]]))
    level = drawn(a_unit("a", "open", upper), a_unit("b", "open", lower))
    with pytest.raises(PlanInvalid, match="on level 1F there are far too many gaps under 1 cm"):
        mend_plan(DrawnPlan(levels=level))
