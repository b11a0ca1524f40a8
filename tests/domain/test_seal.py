"""Cells and the seal, by hand on two rooms and a hall (drawn in tests/shapes.py)."""

from uuid import UUID

import pytest
import shapely
from pytest import approx, raises
from shapely import LineString, MultiPolygon, Polygon, box

from service.domain.cells import cut, divide, extend, split, split_by_zone
from service.domain.claims import claim
from service.domain.errors import LineDoesNotDivide
from service.domain.pieces import inner_points, polygons
from service.domain.plane import Axes
from service.domain.scene_refusals import UnitNotClosed
from service.domain.seal import Freed, Seal
from tests.scenes import a_hold
from tests.shapes import two_rooms_and_a_hall

PLAN = two_rooms_and_a_hall()
FIRE, CABLE, NEW = (UUID(int=1000 + i) for i in (1, 2, 3))


def claimed(number: int, shape, **fields):
    return claim(PLAN, a_hold(number, shape, **fields), axes=Axes())


BURNED = claimed(1, box(1, 1, 4, 8))
RUN = claimed(2, box(3, 6, 9, 8))
SEAL = Seal.of(cut(PLAN, [RUN, BURNED]))


def areas(seal: Seal) -> dict[tuple[str, int], float]:
    """Unit and number of holds → area."""
    return {(cell.unit, len(cell.holds)): round(cell.area_m2, 3) for cell in seal.cells}


def test_cells_carry_the_holds_that_claim_them() -> None:
    """The hall is cut in three; burned 3 × 3 and run 6 × 2 share 1 × 2."""
    assert [(x.unit, sorted(h.int - 1000 for h in x.holds)) for x in SEAL.cells] == [
        ("201", [1]), ("hall", [1]), ("hall", [1, 2]), ("hall", [2]),
    ]  # fmt: skip
    assert areas(SEAL) == {
        ("201", 1): 25,
        ("hall", 1): approx(10, abs=0.1),
        ("hall", 2): approx(2, abs=0.1),
    }
    assert SEAL.area_m2("0") == SEAL.area_m2() == approx(25 + 19, abs=0.1)
    assert SEAL.sealed_units() == {"201", "hall"}
    assert SEAL.outline("0")["hall"].area == approx(19, abs=0.1)
    assert SEAL.outline("9") == {}


def test_a_cell_left_by_its_last_hold_is_released() -> None:
    after, clearing = SEAL.clear([FIRE])
    assert clearing.released == (1, 2)
    assert (after.holds(), 1 in after, 3 in after) == ({CABLE}, False, True)
    assert after.cell(3).holds == {CABLE}
    with raises(KeyError):
        after.cell(1)
    assert after.cells_of(FIRE) == frozenset()


def test_a_hold_may_leave_some_of_its_cells_only() -> None:
    after, clearing = SEAL.clear([FIRE], [1])
    assert (clearing.left, clearing.released) == ({FIRE: (1,)}, (1,))
    assert after.cells_of(FIRE) == {2, 3}
    assert SEAL.weigh_clearing([FIRE], [4]).left == {}


def test_what_if_names_the_units_that_would_be_free() -> None:
    freed = SEAL.what_if()
    assert freed[FIRE] == Freed(area_m2=approx(32, abs=0.1), units=("201",))
    assert freed[CABLE].units == ()


def test_a_new_hold_inside_splits_and_what_lies_outside_needs_an_extension() -> None:
    new = claimed(3, box(3, 3, 7, 7))
    laid = split(SEAL.cells, PLAN, new, next_id=5)
    after = SEAL.joined(laid, NEW)
    assert laid.outside.keys() == {"202", "hall"}
    assert (laid.joined, after.area_m2()) == ((1,), approx(SEAL.area_m2()))
    assert set(laid.parents.values()) == set(laid.gone)
    assert after.joined(split([], PLAN, new, next_id=99)).cells == after.cells


def test_a_new_hold_elsewhere_leaves_every_cell_alone() -> None:
    laid = split(SEAL.cells, PLAN, claimed(3, box(9.5, 5.5, 9.9, 5.9), margin_m=0.05), next_id=5)
    assert (laid.made, laid.gone, laid.joined) == ((), (), ())


def test_an_extension_joins_cells_with_every_live_hold_that_reaches_there() -> None:
    wide = claimed(3, box(3, 3, 7, 7))
    after = SEAL.joined(
        extend(SEAL.cells, PLAN, wide, others=[BURNED, RUN], next_id=5), wide.hold_id
    )
    assert {cell.unit for cell in after.cells} == {"201", "202", "hall"}
    held = shapely.union_all([after.cell(x).shape for x in after.cells_of(NEW)])
    assert held.area == approx(25 + 25 + 8, abs=0.1)
    again = extend(after.cells, PLAN, wide, others=[], next_id=99)
    assert (again.made, again.outside) == ((), {})


def test_a_zone_cuts_open_cells_and_takes_closed_ones_by_name_or_when_covered() -> None:
    half = split_by_zone(SEAL.cells, PLAN, zone={"0": box(0, 0, 5, 7)}, next_id=5)
    assert 1 in half.inside and half.split.gone == (2, 3, 4)
    part = split_by_zone(SEAL.cells, PLAN, zone={"0": box(0, 0, 3, 4)}, next_id=5)
    assert part.inside == frozenset()
    named = split_by_zone(SEAL.cells, PLAN, zone={}, named_units=["201"], next_id=5)
    assert (named.inside, named.split.made) == ({1}, ())
    whole = split_by_zone(SEAL.cells, PLAN, zone={"0": box(-1, -1, 11, 10)}, next_id=5)
    assert (whole.inside, whole.split.gone) == ({1, 2, 3, 4}, ())


def test_a_divided_unit_stays_sealed_in_two_closed_parts() -> None:
    done = divide(SEAL.cells, PLAN, unit_id="201", line=LineString([(2, 0.05), (2, 5)]), next_id=5)
    assert [(x.id, x.shape.area) for x in done.parts] == [("201.1", 10), ("201.2", 15)]
    after = SEAL.joined(done.split)
    assert (after.area_m2(), len(after.cells)) == (approx(SEAL.area_m2()), 5)
    plan = PLAN.with_parts("201", done.parts)
    assert [unit.id for unit in plan.units()] == ["201.1", "201.2", "202", "hall", "ground"]
    unsealed = divide([], PLAN, unit_id="202", line=LineString([(6, 0), (6, 5)]), next_id=5)
    assert unsealed.split.made == ()


@pytest.mark.parametrize(
    "line",
    [LineString([(2, 1), (2, 3)]), LineString([(0.01, 0), (0.01, 5)])],
    ids=["short", "sliver"],
)
def test_a_line_that_leaves_no_two_parts_to_shut_is_refused(line: LineString) -> None:
    with raises(LineDoesNotDivide):
        divide(SEAL.cells, PLAN, unit_id="201", line=line, next_id=5)


def test_only_a_closed_unit_is_divided() -> None:
    with raises(UnitNotClosed):
        divide(SEAL.cells, PLAN, unit_id="hall", line=LineString([(2, 5), (2, 9)]), next_id=5)


def test_a_crumb_is_small_or_narrow_and_never_a_closed_unit() -> None:
    zoned = split_by_zone(SEAL.cells, PLAN, zone={"0": box(1.2, 5, 11, 9)}, next_id=5)
    after = SEAL.joined(zoned.split)
    assert sorted(cell.area_m2 < 1 for cell in after.cells if cell.crumb) == [True]
    assert not after.cell(1).crumb


def test_an_inner_point_does_not_fall_into_a_spike() -> None:
    """A square with a spike of no width along y = 0.5, where a scan line would look first."""
    spike = Polygon([(0, 0), (1, 0), (1, 0.4999999), (9, 0.5), (1, 0.5000001), (1, 1), (0, 1)])
    (point,) = inner_points([spike])
    assert spike.boundary.distance(point) > 0.1
    assert polygons(LineString([(0, 0), (1, 1)])).equals(MultiPolygon())


def test_an_inner_point_of_a_sliver_along_a_wall_is_inside_the_sliver() -> None:
    """A face 0.1 mm wide and 2.7 m long between a yard's wall and a tape; its point is off both."""
    sliver = Polygon(
        [(2.004487720630516, 1.0117228142361092), (2.007782645604897, 1.0164101653548205),
         (0.769, 3.469), (2.009, 1.014)]
    )  # fmt: skip
    (point,) = inner_points([sliver])
    assert sliver.contains(point)
    assert sliver.boundary.distance(point) > 1e-5


def test_a_hold_alone_in_a_hall_has_one_cell_there() -> None:
    assert [(cell.unit, cell.holds) for cell in cut(PLAN, [RUN])] == [("hall", {CABLE})]
