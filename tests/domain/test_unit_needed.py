"""Divisions proposed where holds need under half of a closed unit, by hand on small shapes."""

from dataclasses import replace

import pytest
from shapely import LineString, Point, box

from service.domain.assessment import Choice, Decision, ProposedDivision
from service.domain.findings import UnitDivided
from service.domain.plan import Opening, OpeningKind
from tests.assessments import accepted, again, all_accepted, assessed, changed, dropped, found, spot
from tests.scene_builders import PLAN, Building, a_market, a_scene, uid


def divisions(building: Building) -> dict[str, ProposedDivision]:
    """What is proposed, by unit."""
    return {each.unit: each for each in found(building).divisions}


def the_word(building: Building, decision: Decision, **more: object) -> Choice:
    """The officer's word on the one division proposed."""
    (division,) = found(building).divisions
    return Choice(proposal_id=division.id, decision=decision, reason="seen", **more)  # type: ignore[arg-type]


def test_a_strip_that_burned_divides_the_shop_beside_it() -> None:
    """101 is 10 m by 10 m; what burned ends at x 4, so the line runs at x 4.5 from wall to wall.

    y 24 +----:-----+
         |####:     |
         |####:     |
    y 14 +----:-----+
         x 0  4.5   10
    """
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24)),))
    (division,) = found(building).divisions
    assert division.line.equals(LineString([(4.5, 14), (4.5, 24)]))
    assert division.needed_m2 == pytest.approx(40)
    assert (division.kept_m2, division.freed_m2) == (pytest.approx(45), pytest.approx(55))
    sealed = again(building, *all_accepted(building)).sealed()
    assert sealed.units == {"101.1"}
    assert sealed.area_m2 == pytest.approx(45)


def test_half_of_a_unit_or_more_divides_nothing() -> None:
    assert divisions(assessed(a_market(), burned=(spot("burned", box(0, 14, 5, 24)),))) == {}


def test_what_all_holds_need_together_counts() -> None:
    """30 m² burned in the west, evidence in the north-east: no line frees 5 m² but the south one.

    The evidence needs a metre about (9, 22), the burned area ends at y 20: the line is at y 19.5.
    """
    building = assessed(
        a_market(),
        burned=(spot("burned", box(0, 20, 5, 24)),),
        evidence=(spot("kettle", Point(9, 22)),),
    )
    assert divisions(building)["101"].line.equals(LineString([(0, 19.5), (10, 19.5)]))


def test_a_unit_that_is_named_is_needed_whole() -> None:
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24), "101"),))
    assert divisions(building) == {}


def test_where_no_line_frees_enough_nothing_is_proposed() -> None:
    """A cross through the middle: every line beside it lies on a wall."""
    cross = LineString([(0, 19), (10, 19)]).union(LineString([(5, 14), (5, 24)]))
    assert divisions(assessed(a_market(), evidence=(spot("beam", cross),))) == {}


def test_a_part_with_a_door_is_freed_rather_than_a_larger_one_without() -> None:
    """The strip that burned leaves 35 m² east with a door, or 45 m² west without.

    y 24 +----:##:----+
         |    :##:    |
         |    :##:    D door
    y 14 +----:##:----+
         x 0  4.5 6.5 10
    """
    door = Opening(id="d", level="1", kind=OpeningKind.DOOR, shape=Point(10, 19), joins=("101",))
    openings = (door, replace(door, id="e", joins=("102",)))
    plan = replace(PLAN, openings=openings)
    strip = spot("burned", box(5, 14, 6, 24))
    building = assessed(a_scene().with_plan(plan), burned=(strip,))
    (division,) = found(building).divisions
    assert division.reaches_a_door is True
    assert division.line.equals(LineString([(6.5, 14), (6.5, 24)]))
    bare = assessed(a_market(), burned=(strip,))
    assert found(bare).divisions[0].reaches_a_door is None
    assert found(bare).divisions[0].freed_m2 == pytest.approx(45)


def test_a_notched_unit_is_cut_where_the_line_meets_its_walls() -> None:
    """104 less its middle: the line at y 21.5 touches two arms, and frees the rest below."""
    notched = box(30, 14, 40, 24) - box(33, 18, 37, 24)
    levels = tuple(
        replace(
            level,
            units=tuple(
                replace(unit, shape=notched) if unit.id == "104" else unit for unit in level.units
            ),
        )
        for level in PLAN.levels
    )
    plan = replace(PLAN, levels=levels)
    building = assessed(a_scene().with_plan(plan), burned=(spot("burned", box(30, 22, 33, 24)),))
    (division,) = found(building).divisions
    assert division.unit == "104"
    assert division.freed_m2 >= 64


def test_a_dropped_hold_takes_the_division_with_it() -> None:
    """The word on a division that is no longer proposed falls away with it."""
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24)),),
                        evidence=(spot("kettle", None, "105"),))  # fmt: skip
    word = the_word(building, Decision.ACCEPTED)
    later = again(building, dropped("burned"), *accepted("kettle"), word)
    assert found(later).divisions == ()
    assert found(later).undecided() == ()
    assert later.sealed().units == {"105"}


def test_a_line_that_moves_is_decided_again() -> None:
    """What burned is drawn smaller in the same outcome: the line accepted is not the line now."""
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24)),))
    redrawn = changed("burned", box(0, 14, 2, 24))
    moved = again(building, redrawn, the_word(building, Decision.ACCEPTED))
    (division,) = found(moved).divisions
    assert division.line.equals(LineString([(2.5, 14), (2.5, 24)]))
    assert found(moved).undecided() == (division.id,)
    mine = the_word(building, Decision.CHANGED, line=LineString([(3, 14), (3, 24)]))
    kept = again(building, redrawn, mine)
    assert found(kept).undecided() == ()
    assert kept.sealed().area_m2 == pytest.approx(30)


def test_a_division_that_was_made_stays_on_the_record() -> None:
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24)),))
    word = the_word(building, Decision.CHANGED, line=LineString([(6, 14), (6, 24)]))
    sealed = again(building, *accepted("burned"), word).sealed()
    later = again(sealed, dispute_likely=True)
    assert [each.unit for each in found(later).divisions] == ["101"]
    assert found(later).undecided() == ()


def test_a_hold_names_the_parts_of_a_unit_that_was_divided_by_the_assessment() -> None:
    """101 is divided for the strip; the kettle's hold names 101, and claims both parts."""
    building = assessed(a_market(), burned=(spot("burned", box(0, 14, 4, 24)),))
    building = again(building, *all_accepted(building)).sealed()
    assert building.scene.parts(["101"]) == ("101.1", "101.2")


def test_a_division_by_a_finding_makes_the_assessment_outdated_before_the_seal() -> None:
    building = assessed(a_market(), burned=(spot("burned", box(21, 14, 24, 24)),))
    line = LineString([(5, 14), (5, 24)])
    cut = building.record(UnitDivided(id=uid("cut"), unit_id="101", shape=line, ground="screen"))
    renewed = again(cut, dispute_likely=True)
    assert "the plan: another than before" in [each.what.en for each in found(renewed).changes]
