"""Way out: whom a seal shuts in, on small plans drawn by hand.

The house most tests use, in metres; a door at each `:`; the exit E at the corridor's west end
and, where a test says so, another at its east end:

      y 8  +--------+--------+--------+
           |   a    |   b    |   c    |   shops, closed, 5 m wide
      y 3  +---:----+---:----+---:----+
           E         corridor         E   open, 3 m
      y 0  +--------------------------+
           x 0      5       10       15
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box, union_all
from shapely.geometry.base import BaseGeometry

from service.domain.plan import GROUND, Level, Opening, OpeningKind, Plan, Unit, UnitKind
from service.domain.way_out import ShutIn, Way, WayOut, find_way_out

CLOSED, OPEN = UnitKind.CLOSED, UnitKind.OPEN


def a_unit(id: str, kind: UnitKind, shape: BaseGeometry, level: str = "F1") -> Unit:
    return Unit(id=id, level=level, kind=kind, name=id, shape=shape)


def an_opening(
    kind: OpeningKind,
    shape: BaseGeometry,
    *joins: str,
    width_m: float | None = None,
    level: str = "F1",
    levels: tuple[str, ...] = (),
) -> Opening:
    return Opening(
        id=f"{kind}-{shape.wkt}",
        level=level,
        kind=kind,
        shape=shape,
        joins=joins,
        width_m=width_m,
        levels=levels,
    )


def a_plan(
    *units: Unit, openings: tuple[Opening, ...], ordinals: tuple[str, ...] = ("F1",)
) -> Plan:
    levels = tuple(
        Level(id=id, name=id, ordinal=i, units=tuple(u for u in units if u.level == id))
        for i, id in enumerate(ordinals)
    )
    return Plan(levels=levels, openings=openings)


def a_door(x: float, y: float = 3, *joins: str, width_m: float | None = 0.9) -> Opening:
    half = (width_m or 0.9) / 2
    line = LineString([(x - half, y), (x + half, y)])
    return an_opening(OpeningKind.DOOR, line, *joins, width_m=width_m)


def an_exit(x: float, *joins: str) -> Opening:
    return an_opening(OpeningKind.EXIT, LineString([(x, 0.5), (x, 2.5)]), *joins)


SHOPS = tuple(a_unit(id, CLOSED, box(5 * i, 3, 5 * i + 5, 8)) for i, id in enumerate("abc"))
CORRIDOR = a_unit("corridor", OPEN, box(0, 0, 15, 3))
DOORS = tuple(a_door(5 * i + 2.5) for i in range(3))
HOUSE = a_plan(*SHOPS, CORRIDOR, openings=(*DOORS, an_exit(0)))
TWO_EXITS = replace(HOUSE, openings=(*HOUSE.openings, an_exit(15)))


def shut_in(plan: Plan, **sealed: BaseGeometry) -> dict[str, tuple[Way, tuple[str, ...]]]:
    found = find_way_out(plan, sealed)
    assert found.known
    return {each.unit_id: (each.way, each.blocked_by) for each in found.shut_in}


def test_nobody_is_shut_in_without_a_seal() -> None:
    assert find_way_out(HOUSE, {}) == WayOut(known=True)


def test_a_plan_without_doors_says_so() -> None:
    bare = replace(HOUSE, openings=())
    assert find_way_out(bare, {"corridor": CORRIDOR.shape}) == WayOut(known=False)


def test_a_unit_behind_the_taped_corridor_is_shut_in_and_told_by_what() -> None:
    """The tape crosses the corridor between b and c: c and the east end lose the exit."""
    found = shut_in(HOUSE, corridor=box(8.5, 0, 10, 3), b=SHOPS[1].shape)
    assert found == {
        "c": (Way.NONE, ("corridor",)),
        "corridor": (Way.NONE, ("corridor",)),
    }


def test_another_exit_keeps_the_way_open() -> None:
    assert shut_in(TWO_EXITS, corridor=box(8.5, 0, 10, 3)) == {}


def test_a_sealed_unit_is_not_shut_in_but_sealed() -> None:
    assert shut_in(HOUSE, c=SHOPS[2].shape, corridor=box(9, 0, 15, 3)) == {}


@pytest.mark.parametrize(
    ("left_m", "named"), [(1.3, False), (1.2, False), (1.1, True), (0.4, True)]
)
def test_a_passage_under_one_metre_twenty_does_not_count(left_m: float, named: bool) -> None:
    found = shut_in(HOUSE, corridor=box(8.5, left_m, 10, 3))
    narrow = (Way.NARROW, ("corridor",))
    assert found == ({"c": narrow, "corridor": narrow} if named else {})


def test_a_strip_under_five_centimetres_is_no_passage_at_all() -> None:
    assert shut_in(HOUSE, corridor=box(8.5, 0.03, 10, 3))["c"][0] is Way.NONE


def test_a_corridor_built_narrow_is_no_news_until_tape_narrows_it() -> None:
    """A corridor of 1.0 m: as it was, nobody is named; with 0.4 m left, c is."""
    low = replace(CORRIDOR, shape=box(0, 2, 15, 3))
    exit = an_opening(OpeningKind.EXIT, Point(0, 2.5))
    plan = a_plan(*SHOPS, low, openings=(*DOORS, exit))
    assert shut_in(plan) == {}
    assert shut_in(plan, corridor=box(8.5, 2.4, 10, 3))["c"] == (Way.NARROW, ("corridor",))


def test_a_door_behind_tape_is_shut() -> None:
    """The tape runs along b's threshold only."""
    assert shut_in(HOUSE, corridor=box(6.5, 2.2, 8.5, 3)) == {"b": (Way.NONE, ("corridor",))}


def test_tape_that_takes_half_a_door_leaves_a_narrow_way() -> None:
    assert shut_in(HOUSE, corridor=box(7.5, 2, 9, 3)) == {"b": (Way.NARROW, ("corridor",))}


def test_tape_that_ends_at_the_jamb_takes_nothing_from_the_door() -> None:
    assert shut_in(HOUSE, corridor=box(7.95, 2, 9, 3)) == {}


def test_a_back_door_too_narrow_is_named_when_the_front_door_is_sealed_off() -> None:
    """Shop s has a front door of 1.5 m on the corridor and a back door of 0.8 m on the yard."""
    shop, front = a_unit("s", CLOSED, box(0, 3, 5, 8)), a_unit("hall", OPEN, box(0, 0, 5, 3))
    yard = a_unit("yard", OPEN, box(0, 8, 5, 12))
    exits = (an_exit(0, "hall"), an_opening(OpeningKind.EXIT, Point(0, 10), "yard"))
    plan = a_plan(
        shop, front, yard, openings=(a_door(2, width_m=1.5), a_door(2, 8, width_m=0.8), *exits)
    )
    assert shut_in(plan, hall=front.shape) == {"s": (Way.NARROW, ("hall",))}


def test_a_sealed_room_blocks_the_room_behind_it() -> None:
    """store is entered through b only."""
    store = a_unit("store", CLOSED, box(5, 8, 10, 11))
    plan = a_plan(*SHOPS, store, CORRIDOR, openings=(*HOUSE.openings, a_door(7, 8, "b", "store")))
    assert shut_in(plan, b=SHOPS[1].shape) == {"store": (Way.NONE, ("b",))}


def test_a_dead_end_that_is_sealed_is_not_what_blocks() -> None:
    """c is shut in by the tape west of it, not by the sealed kiosk whose door gives on its part."""
    kiosk = a_unit("kiosk", CLOSED, box(12, -3, 15, 0))
    plan = a_plan(*SHOPS, kiosk, CORRIDOR, openings=(*HOUSE.openings, a_door(13, 0)))
    found = shut_in(plan, corridor=box(8.5, 0, 10, 3), kiosk=kiosk.shape)
    assert found["c"] == (Way.NONE, ("corridor",))


def test_open_units_are_connected_over_a_common_edge_and_not_over_a_point() -> None:
    """x and y share 3 m of edge; z touches x in a corner and has no door."""
    x, y = a_unit("x", OPEN, box(0, 0, 5, 3)), a_unit("y", OPEN, box(5, 0, 10, 3))
    shop = a_unit("s", CLOSED, box(5, 3, 10, 6))
    plan = a_plan(x, y, shop, openings=(an_exit(0), a_door(7)))
    assert shut_in(plan) == {}
    assert shut_in(plan, x=x.shape) == {"s": (Way.NONE, ("x",)), "y": (Way.NONE, ("x",))}
    apart = a_plan(
        x,
        replace(y, shape=box(5, 3, 10, 6)),
        replace(shop, shape=box(5, 6, 10, 9)),
        openings=(an_exit(0), a_door(7, 6)),
    )
    assert find_way_out(apart, {}).undrawn == ("s",)


def test_open_units_behind_a_wall_are_connected_by_its_door() -> None:
    """A wall of 20 cm lies between halls x and y; the door is drawn as the opening in it."""
    x, y = a_unit("x", OPEN, box(0, 0, 5, 3)), a_unit("y", OPEN, box(5.2, 0, 10, 3))
    door = an_opening(OpeningKind.DOOR, box(5, 0.5, 5.2, 2), width_m=1.5)
    plan = a_plan(x, y, openings=(an_exit(0), door))
    assert shut_in(plan, x=box(4, 0, 5, 3)) == {"y": (Way.NONE, ("x",))}
    assert shut_in(plan, x=box(4, 2.5, 5, 3)) == {}


def test_a_crumb_of_floor_shuts_nobody_in() -> None:
    """20 cm of corridor are left behind the tape, in the corner opposite the exit."""
    assert shut_in(HOUSE, c=SHOPS[2].shape, corridor=box(9, 0, 14.8, 3)) == {}
    assert shut_in(HOUSE, c=SHOPS[2].shape, corridor=box(9, 0, 15, 3) - box(14.6, 0, 15, 0.4)) == {}


def test_a_storey_is_shut_in_when_its_only_stair_is_sealed_below() -> None:
    upper = [
        a_unit("landing", OPEN, box(0, 0, 15, 3), "F2"),
        a_unit("d", CLOSED, box(0, 3, 5, 8), "F2"),
    ]
    door = replace(a_door(2), id="d", level="F2")
    stair = an_opening(OpeningKind.STAIR, box(13, 0, 15, 1.4), levels=("F1", "F2"))
    plan = a_plan(
        *SHOPS, CORRIDOR, *upper, openings=(*HOUSE.openings, door, stair), ordinals=("F1", "F2")
    )
    assert shut_in(plan) == {}
    found = shut_in(plan, corridor=box(12.5, 0, 15, 3), c=SHOPS[2].shape)
    assert found == {"d": (Way.NONE, ("corridor",)), "landing": (Way.NONE, ("corridor",))}


def test_a_lift_links_the_units_it_names() -> None:
    upper = a_unit("landing", OPEN, box(0, 0, 15, 3), "F2")
    lift = an_opening(OpeningKind.LIFT, Point(14, 1), "corridor", "landing")
    far = an_opening(OpeningKind.STAIR, Point(50, 50), levels=("F1", "F2"))
    plan = a_plan(
        *SHOPS, CORRIDOR, upper, openings=(*HOUSE.openings, lift, far), ordinals=("F1", "F2")
    )
    assert shut_in(plan, corridor=box(5.5, 0, 7, 3))["landing"] == (Way.NONE, ("corridor",))


LAND = a_unit(GROUND, OPEN, box(-50, -50, 65, 58) - box(0, 0, 15, 8))


def test_the_land_before_the_exit_can_be_what_is_sealed() -> None:
    """With the land on the plan an exit leads onto it, and one is away at its far edge."""
    plan = a_plan(*SHOPS, CORRIDOR, LAND, openings=HOUSE.openings)
    assert shut_in(plan) == {}
    found = shut_in(plan, ground=box(-10, -10, 0, 10))
    assert {way for way, _ in found.values()} == {Way.NONE}
    assert {by for _, by in found.values()} == {(GROUND,)}
    assert set(found) == {"a", "b", "c", "corridor"}


def test_the_land_within_a_ring_of_tape_is_not_the_outdoors() -> None:
    plan = a_plan(*SHOPS, CORRIDOR, LAND, openings=HOUSE.openings)
    ring = box(-20, -20, 35, 28) - box(-10, -10, 25, 18)
    assert shut_in(plan, ground=ring)["a"] == (Way.NONE, (GROUND,))


def test_an_outer_wall_drawn_without_thickness_is_no_way_out() -> None:
    """Corridor and land share 33 m of edge, and yet one leaves by the exit only."""
    plan = a_plan(*SHOPS, CORRIDOR, LAND, openings=HOUSE.openings)
    assert shut_in(plan, corridor=box(0, 0, 1, 3))["a"][0] is Way.NONE


def test_an_exit_upstairs_leads_straight_out() -> None:
    """A bridge: the land lies on another level."""
    hall = a_unit("hall", OPEN, box(0, 0, 15, 3), "F2")
    bridge = an_opening(OpeningKind.EXIT, Point(0, 1.5), "hall", level="F2")
    plan = a_plan(LAND, hall, openings=(bridge,), ordinals=("F1", "F2"))
    assert shut_in(plan) == {}
    assert shut_in(plan, hall=box(0, 0, 2, 3)) == {"hall": (Way.NONE, ("hall",))}


def test_a_door_to_nowhere_and_unknown_units_join_nothing() -> None:
    """The door names units that are not there, and none lies near it."""
    plan = replace(HOUSE, openings=(*HOUSE.openings, a_door(50, 50, "x", "y")))
    assert find_way_out(plan, {}) == find_way_out(HOUSE, {})


def test_a_door_drawn_as_a_point_may_be_taped_too() -> None:
    doors = tuple(an_opening(OpeningKind.DOOR, Point(5 * i + 2.5, 3)) for i in range(3))
    plan = replace(HOUSE, openings=(*doors, an_exit(0)))
    assert shut_in(plan) == {}
    assert shut_in(plan, corridor=box(7, 2, 8, 3)) == {"b": (Way.NONE, ("corridor",))}


def test_what_is_not_drawn_is_listed_as_such() -> None:
    plan = replace(HOUSE, openings=(*DOORS[:2], an_exit(0)))
    assert find_way_out(plan, {"corridor": CORRIDOR.shape}) == WayOut(
        known=True,
        shut_in=tuple(
            ShutIn(unit_id=id, way=Way.NONE, blocked_by=("corridor",)) for id in ("a", "b")
        ),
        undrawn=("c",),
    )


tapes = st.builds(
    lambda x, y, w, h: box(x / 2, y / 2, min(15, (x + w) / 2), min(3, (y + h) / 2)),
    st.integers(0, 29),
    st.integers(0, 5),
    st.integers(1, 12),
    st.integers(1, 6),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(tapes, max_size=3), tapes, st.sets(st.sampled_from("abc")))
def test_more_sealing_never_opens_a_way(
    tapes: list[BaseGeometry], more: BaseGeometry, rooms: set[str]
) -> None:
    shops = {shop.id: shop.shape for shop in SHOPS if shop.id in rooms}
    less = shut_in(TWO_EXITS, **shops, corridor=union_all(tapes))
    then = shut_in(TWO_EXITS, **shops, corridor=union_all([*tapes, more]))
    for unit in {*less} & {"a", "b", "c"}:
        assert unit in then
        assert less[unit][0] is Way.NARROW or then[unit][0] is Way.NONE
