"""What-if is the truth (law 9): each thing foretold, beside the finding really recorded."""

import pytest
from shapely import Point, box

from service.domain import findings as f
from service.domain.findings import Finding
from service.domain.holds import HoldKind
from service.domain.previewing import preview, what_if
from service.domain.scene_refusals import LastUnitNotExcluded
from service.domain.way_told import way_out_told
from service.domain.ways_if import WayIf, ways_if_cleared
from tests.domain.test_way_kept import EAST, HELP, a_burned_hall, sealed, shut_in, with_doors
from tests.scene_builders import (
    Building,
    a_market,
    a_sealed_market,
    a_survey,
    an_origin,
    decided,
    evidence,
    no_objection,
    uid,
)


def freed(building: Building, *findings: Finding) -> float:
    return round(building.area_m2 - building.record(*findings).area_m2, 6)


def test_each_survey_frees_what_was_foretold_and_opens_the_unit_or_not() -> None:
    scene = a_sealed_market()
    found = what_if(scene.begin()).surveys
    assert {each.unit: each.opens for each in found} == {"102": True, "105": True, "hall": True}
    for each in found:
        assert freed(scene, a_survey(each.unit)) == pytest.approx(each.area_m2, abs=1e-6)


def test_a_unit_that_stays_sealed_in_part_does_not_open() -> None:
    scene = a_sealed_market().hold("gas", HoldKind.HAZARD, box(2, 11, 4, 13))
    opens = {each.unit: each.opens for each in what_if(scene.begin()).surveys}
    assert opens["hall"] is False


def test_the_last_unit_not_excluded_is_not_foretold_for_it_is_refused() -> None:
    scene = a_market().hold("burned", shape=box(2, 16, 18, 22)).sealed().surveyed("102")
    assert what_if(scene.begin()).surveys == ()
    with pytest.raises(LastUnitNotExcluded):
        scene.surveyed("101")
    assert [each.unit for each in what_if(scene.origin().begin()).surveys] == []
    other = scene.origin(box(32, 16, 34, 18))
    assert [each.unit for each in what_if(other.begin()).surveys] == ["101"]


def test_a_cause_excluded_and_evidence_taken_free_what_was_foretold() -> None:
    scene = a_sealed_market()
    areas = {each.reason.hold_id: each.area_m2 for each in what_if(scene.begin()).holds}
    cause = f.CauseExcluded(id=uid("x"), hold_id=uid("flue"), ground="sound")
    assert freed(scene, cause) == pytest.approx(areas[uid("flue")])
    assert freed(scene, evidence("kettle")) == pytest.approx(areas[uid("kettle")])


def test_origin_only_frees_what_was_foretold_in_what_if_and_in_the_preview() -> None:
    scene = a_sealed_market().origin().parties("bao")
    foretold = what_if(scene.begin()).nobody_objects
    assert foretold is not None
    told = preview(scene.begin(), [no_objection("bao")])
    after = scene.agrees("bao")
    assert round(scene.area_m2 - after.area_m2, 6) == pytest.approx(foretold.area_m2)
    assert set(told.opened_units) == scene.units - after.units == set(foretold.units)


def test_a_set_of_findings_is_previewed_with_its_consequences() -> None:
    scene = a_sealed_market().parties("bao")
    told = preview(scene.begin(), [an_origin(), no_objection("bao")])
    after = scene.record(an_origin(), no_objection("bao"))
    assert set(told.opened_units) == scene.units - after.units
    assert sum(told.sealed_m2.values()) == pytest.approx(after.area_m2)


def test_a_dispute_that_ends_frees_what_was_foretold() -> None:
    scene = a_sealed_market().origin().parties("bao").objects("bao").record(decided(True))
    dispute = uid("decided-objection")
    foretold = {each.reason.hold_id: each for each in what_if(scene.begin()).holds}[dispute]
    over = f.DisputeDecided(id=uid("over"), hold_id=dispute, ground="seen by an expert")
    assert freed(scene, over) == pytest.approx(foretold.area_m2)
    assert scene.units - scene.record(over).units == set(foretold.units)


def test_what_if_says_who_would_get_out_and_who_would_stay_shut_in() -> None:
    """With its hold the hall opens: the east is let out. Without the flue 105 stays shut in."""
    scene = a_burned_hall(with_doors()).hold("flue", HoldKind.CAUSE_AREA, box(2, 2, 8, 8))
    scene = sealed(scene.hold("trace", HoldKind.EVIDENCE, Point(5, 18)), HELP)
    assert way_out_told(scene.scene).known
    ways = {each.reason.hold_id: each.way for each in what_if(scene.begin()).holds}
    assert ways[uid("flue")] == WayIf(shut_in=("105",))
    assert set(ways[uid("burned")].let_out) == EAST | {"hall"}
    assert ways[uid("trace")] == WayIf()
    after = scene.record(f.CauseExcluded(id=uid("x"), hold_id=uid("flue"), ground="sound"))
    assert shut_in(after) - shut_in(scene) == {"105"}


def test_where_no_doors_are_drawn_no_way_is_foretold_and_on_large_plans_only_some() -> None:
    assert {each.way for each in what_if(a_sealed_market().begin()).holds} == {None}
    scene = a_burned_hall(with_doors()).hold("flue", HoldKind.CAUSE_AREA, box(2, 2, 8, 8))
    scene = sealed(scene.hold("trace", HoldKind.EVIDENCE, Point(5, 18)), HELP)
    assert ways_if_cleared(scene.begin()).keys() == {uid(x) for x in ("burned", "flue", "trace")}
    few = ways_if_cleared(scene.begin(), most_units=1)
    assert few.keys() == {uid("burned"), uid("trace")}
