"""Seal tapes by number: put up, looked at, found broken, taken down."""

from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import LineString, Point, box

from service.domain.custody_refusals import (
    BreachNeeded,
    CustodyInvalid,
    DoorUnknown,
    PlaceNotSealed,
    TapeDown,
    TapeNumberUsed,
    TapeUnknown,
)
from service.domain.plan import Opening, OpeningKind, Plan
from service.domain.seal_tapes import Found, PlaceKind, SealTape, TapePlace
from service.domain.tape_watch import (
    due_at,
    due_for_check,
    known_tape,
    last_check,
    take_down_tape,
    to_take_down,
)
from tests.custody_builders import BREACH, Watch, a_check, a_tape, down, on_unit
from tests.scene_builders import NOON, PLAN, Building, a_market, a_sealed_market, uid

DAY = timedelta(hours=24)


def numbers(tapes: tuple[SealTape, ...]) -> list[str]:
    return [tape.number for tape in tapes]


def due(watch: Watch) -> list[str]:
    return numbers(due_for_check(watch.custody, every=DAY, now=watch.now))


def taken_down(watch: Watch, name: str = "A-1") -> Watch:
    tape = known_tape(watch.custody, uid(name))
    return watch.after(take_down_tape(tape, down(watch.now), now=watch.now))


def test_a_number_stands_once_at_a_scene() -> None:
    watch = Watch().taped()
    with pytest.raises(TapeNumberUsed):
        watch.taped(a_tape("B-1", number="A-1"))
    with pytest.raises(TapeNumberUsed):
        taken_down(watch).taped(a_tape("B-1", number="A-1"))


def test_a_tape_is_put_where_something_is_sealed() -> None:
    for units in (("104",), ("nowhere",), ()):
        with pytest.raises(PlaceNotSealed):
            Watch().taped(a_tape(place=TapePlace(kind=PlaceKind.UNIT, unit_ids=units)))
    with pytest.raises(CustodyInvalid):
        Watch().taped(a_tape(put_up_at=NOON + DAY))


def test_tapes_of_a_released_unit_are_to_be_taken_down() -> None:
    building = a_sealed_market()
    watch = Watch(scene=building.scene).taped().taped(a_tape("A-2", on_unit("102")))
    watch = watch.taped(a_tape("A-3", on_unit("102")))
    assert to_take_down(watch.custody, watch.scene) == ()
    watch = taken_down(watch.on(building.surveyed("102").scene), "A-3")
    assert numbers(to_take_down(watch.custody, watch.scene)) == ["A-2"]


def test_a_tape_reported_after_its_unit_was_released_is_to_be_taken_down() -> None:
    building = a_sealed_market()
    watch = Watch(scene=building.surveyed("102").scene)
    tape = a_tape(place=on_unit("102"))
    with pytest.raises(PlaceNotSealed):
        watch.taped(tape)
    watch = watch.taped(tape, then=building.scene)
    assert numbers(to_take_down(watch.custody, watch.scene)) == ["A-1"]


def test_a_tape_comes_down_once() -> None:
    watch = Watch().taped()
    with pytest.raises(CustodyInvalid):
        take_down_tape(watch.custody.tapes[0], down(NOON + DAY), now=NOON)
    watch = taken_down(watch)
    assert watch.custody.tapes[0].version == 2
    with pytest.raises(TapeDown):
        taken_down(watch)


def edge(*coordinates: tuple[float, float]) -> TapePlace:
    shape = LineString(coordinates) if len(coordinates) > 1 else Point(coordinates)
    return TapePlace(kind=PlaceKind.EDGE, unit_ids=("hall",), shape=shape)


def test_a_tape_along_an_edge_stands_while_something_beside_it_is_sealed() -> None:
    """The hall is burned from x = 1 to 19; the second hold keeps it from 30 to 34."""
    building = (
        a_market()
        .hold("burned", shape=box(1, 11, 19, 13))
        .hold("kettle", shape=box(30, 11, 34, 13))
        .sealed()
    )
    watch = Watch(scene=building.scene)
    with pytest.raises(PlaceNotSealed):
        watch.taped(a_tape(place=edge((25, 10), (25, 14))))
    watch = watch.taped(a_tape(place=edge((19.3, 10), (19.3, 14)))).taped(
        a_tape("A-2", edge((30, 12)))
    )
    zone = building.surveyed(shape=box(0, 10, 22, 14))
    watch = watch.on(zone.scene)
    assert "hall" in zone.units
    assert numbers(to_take_down(watch.custody, watch.scene)) == ["A-1"]


def with_door() -> Building:
    """A door at the middle of shop 101's wall to the hall; another that leads nowhere."""
    door = Opening(id="d1", level="1", kind=OpeningKind.DOOR, shape=Point(5, 14))
    lost = Opening(id="d2", level="1", kind=OpeningKind.DOOR, shape=Point(90, 90))
    plan: Plan = replace(PLAN, openings=(lost, door))
    building = a_market().with_plan(plan)
    return building.hold("burned", shape=box(2, 16, 8, 22)).sealed()


def test_a_tape_on_a_door_stands_while_one_of_its_sides_is_sealed() -> None:
    building = with_door()
    watch = Watch(scene=building.scene)
    watch = watch.taped(a_tape(place=TapePlace(kind=PlaceKind.DOOR, unit_ids=(), door_id="d1")))
    assert set(watch.custody.tapes[0].place.unit_ids) == {"101", "hall"}
    for door_id, refusal in (("d2", PlaceNotSealed), ("d9", DoorUnknown)):
        with pytest.raises(refusal):
            watch.taped(a_tape("A-2", TapePlace(kind=PlaceKind.DOOR, unit_ids=(), door_id=door_id)))
    opened = building.origin(box(30, 2, 32, 4), levels=("1",))
    assert to_take_down(watch.custody, opened.scene) == ()


def test_a_tape_is_due_a_day_after_the_last_look() -> None:
    watch = Watch().taped()
    assert due(watch.later(hours=23)) == []
    assert due(watch.later(hours=24)) == ["A-1"]
    looked = watch.later(hours=24).checked(a_check(seen_at=NOON + timedelta(hours=20)))
    assert due(looked) == []
    assert due(looked.later(hours=20)) == ["A-1"]
    assert due(taken_down(looked.later(hours=30))) == []


def test_a_look_reported_late_does_not_hide_a_later_one() -> None:
    watch = Watch().taped().later(hours=30)
    watch = watch.checked(a_check("new", seen_at=NOON + timedelta(hours=28)))
    watch = watch.checked(a_check("old", seen_at=NOON + timedelta(hours=2)))
    assert last_check(watch.custody, watch.custody.tapes[0]).id == uid("new")
    assert due(watch) == []


def test_a_broken_tape_is_replaced_and_not_looked_at_again() -> None:
    broken = a_check(found=Found.BROKEN, breach=BREACH)
    watch = Watch().taped().checked(broken)
    assert due_at(watch.custody, watch.custody.tapes[0], every=DAY) is None
    assert watch.custody.checks[0].breach.done.startswith("更换")


def test_a_breach_belongs_to_a_broken_tape() -> None:
    for wrong in ({"found": Found.BROKEN}, {"breach": BREACH}):
        with pytest.raises(BreachNeeded):
            Watch().taped().checked(a_check(**wrong))


def test_only_a_tape_that_hangs_is_looked_at() -> None:
    with pytest.raises(TapeUnknown):
        Watch().checked()
    watch = taken_down(Watch().taped().later(hours=2)).later(hours=2)
    assert watch.checked(a_check(seen_at=NOON)).custody.version == 3
    with pytest.raises(TapeDown):
        watch.checked(a_check(seen_at=NOON + timedelta(hours=3)))
    with pytest.raises(CustodyInvalid):
        Watch().taped().checked(a_check(seen_at=NOON + DAY))
