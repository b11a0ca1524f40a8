"""Plans, holds, setting the seal, dividing a unit."""

import pytest
from shapely import LineString, Point, box

from service.domain import findings as f
from service.domain.answering import answer
from service.domain.deciding import decide, power_for
from service.domain.findings import Stage, placed
from service.domain.holds import HoldKind
from service.domain.plan import Plan
from service.domain.powers import Operation
from service.domain.scene_fold import replay
from service.domain.scene_refusals import (
    HoldCleared,
    HoldIdUsed,
    HoldOfAnotherKind,
    HoldUnknown,
    LevelsMissing,
    NotAsked,
    NothingToSeal,
    PlanLosesHold,
    SealAlreadySet,
    SealIsAnExtension,
)
from tests.scene_builders import (
    LEAD,
    PLAN,
    a_hold,
    a_market,
    a_scene,
    a_sealed_market,
    a_survey,
    an_officer,
    uid,
)

SLIVER = box(1, 15, 10.05, 20)
"""Shop 101, and five centimetres of 102."""


def told(building, *findings):
    return answer(building.scene, decide(building.begin(), findings))


def test_the_seal_is_what_the_live_holds_claim() -> None:
    assert a_sealed_market().units == {"101", "102", "105", "hall"}


def test_without_a_plan_the_ground_is_sealed_as_taped() -> None:
    scene = a_scene().hold("burned", shape=box(0, 0, 5, 5), levels=("ground",)).sealed()
    assert scene.units == {"ground"}
    assert scene.area_m2 == pytest.approx(25, rel=0.02)


def test_a_seal_needs_something_to_seal() -> None:
    with pytest.raises(NothingToSeal):
        a_market().sealed()


def test_a_seal_is_set_once() -> None:
    with pytest.raises(SealAlreadySet):
        a_sealed_market().sealed()


def test_after_a_registration_sealing_is_an_extension() -> None:
    with pytest.raises(SealIsAnExtension):
        a_scene(after_registration=True).with_plan().hold("burned").sealed()


def test_a_hold_inside_the_seal_splits_and_releases_nothing() -> None:
    before = a_sealed_market()
    after = before.hold("mark", HoldKind.EVIDENCE, Point(5, 12), margin_m=1.0)
    assert after.area_m2 == pytest.approx(before.area_m2)
    assert len(after.scene.seal.cells) > len(before.scene.seal.cells)


def test_the_part_of_a_hold_outside_the_seal_needs_an_extension() -> None:
    found = told(a_sealed_market(), a_hold("more", shape=box(12, 15, 28, 20)))
    assert [(each.unit, each.level) for each in found.needs_extension] == [("103", "1")]
    assert found.joined == ()


def test_a_hold_that_claims_nothing_is_warned_of() -> None:
    found = told(a_market(), a_hold("lost", HoldKind.EVIDENCE, Point(5, 99), levels=("2",)))
    assert found.warnings[0].en == "the evidence in place claims nothing"


def test_a_hold_names_its_levels_and_has_an_id_of_its_own() -> None:
    with pytest.raises(LevelsMissing):
        a_market().hold("burned", levels=())
    with pytest.raises(HoldIdUsed):
        a_market().hold("burned").hold("burned")


def test_origin_and_dispute_are_opened_by_findings_of_their_own() -> None:
    with pytest.raises(HoldOfAnotherKind):
        a_market().hold("origin", HoldKind.AREA_OF_ORIGIN)


def test_a_hold_drawn_wrongly_is_replaced_before_the_seal_only() -> None:
    scene = a_market().hold("burned").hold("better", replaces=uid("burned"))
    assert scene.live() == {uid("better")}
    with pytest.raises(SealAlreadySet):
        scene.sealed().hold("again", replaces=uid("better"))


def test_a_small_overlap_is_a_question_and_the_answer_counts() -> None:
    scene = a_market().hold("burned", shape=SLIVER)
    assert [each.unit for each in told(scene).questions] == ["102"]
    assert "reach Shop 102?" in told(scene).questions[0].words.en
    yes = f.QuestionAnswered(id=uid("q"), hold_id=uid("burned"), reaches=("102",))
    assert scene.record(yes).sealed().units == {"101", "102"}
    no = f.QuestionAnswered(id=uid("q"), hold_id=uid("burned"), reaches_not=("102",))
    assert told(scene.record(no)).questions == ()
    assert scene.record(no).sealed().units == {"101"}


def test_after_the_seal_an_answer_joins_cells_or_needs_an_extension() -> None:
    yes = f.QuestionAnswered(id=uid("q"), hold_id=uid("burned"), reaches=("102",))
    alone = a_market().hold("burned", shape=SLIVER).sealed()
    found = told(alone, yes)
    assert [each.unit for each in found.needs_extension] == ["102"]
    both = a_market().hold("burned", shape=SLIVER).hold("next", shape=box(12, 15, 18, 20)).sealed()
    after = both.record(yes)
    (cell,) = [cell for cell in after.scene.seal.cells if cell.unit == "102"]
    assert cell.holds == {uid("burned"), uid("next")}
    with pytest.raises(NotAsked):
        after.record(yes)


def test_a_hold_is_named_rightly() -> None:
    scene = a_sealed_market()
    excluded = f.CauseExcluded(id=uid("x"), hold_id=uid("nothing"), ground="sound")
    with pytest.raises(HoldUnknown):
        scene.record(excluded)
    done = f.CauseExcluded(id=uid("x"), hold_id=uid("flue"), ground="sound")
    with pytest.raises(HoldCleared):
        scene.record(done).record(done)


def test_a_plan_that_loses_a_hold_is_refused_before_the_seal() -> None:
    with pytest.raises(PlanLosesHold):
        a_market().hold("burned").with_plan(Plan(levels=(PLAN.levels[1],)))


def test_before_the_seal_holds_are_laid_on_the_new_plan() -> None:
    scene = a_market().hold("burned", shape=SLIVER).with_plan()
    assert scene.scene.record.plan_version == 2
    assert [each.unit for each in told(scene).questions] == ["102"]


def test_after_the_seal_a_new_plan_changes_nothing_decided() -> None:
    before = a_sealed_market()
    after = before.with_plan(Plan(levels=(PLAN.levels[1],)))
    assert after.units == before.units
    assert [level.id for level in after.scene.plan.levels] == ["2", "1"]
    assert after.scene.record.plan.levels == (PLAN.levels[1],)


def test_dividing_a_unit_releases_nothing_and_each_part_is_surveyed_alone() -> None:
    line = LineString([(5, 14), (5, 24)])
    divided = f.UnitDivided(id=uid("d"), unit_id="102", shape=line, ground="screen")
    across = f.UnitDivided(
        id=uid("d"), unit_id="102", shape=LineString([(15, 14), (15, 24)]), ground="screen"
    )
    scene = a_sealed_market().record(across)
    assert scene.area_m2 == a_sealed_market().area_m2
    assert {"102.1", "102.2"} <= scene.units
    assert told(a_sealed_market(), across).opened_units == ()
    assert scene.surveyed("102.1").units == {"101", "102.2", "105", "hall"}
    with pytest.raises(Exception, match="wall"):
        a_sealed_market().record(divided)


def test_dividing_renames_what_holds_name_or_list_outside() -> None:
    line = LineString([(35, 14), (35, 24)])
    divided = f.UnitDivided(id=uid("d"), unit_id="104", shape=line, ground="screen")
    outside = a_sealed_market().hold("roof", HoldKind.HAZARD, box(32, 16, 38, 22)).record(divided)
    assert [each.unit for each in told(outside).needs_extension] == ["104.1", "104.2"]
    named = a_market().hold("burned", named_units=("104",)).record(divided).sealed()
    assert named.units == {"101", "104.1", "104.2"}
    again = f.UnitDivided(
        id=uid("d2"), unit_id="104.1", shape=LineString([(30, 19), (35, 19)]), ground="screen"
    )
    assert named.record(again).scene.parts(["104"]) == ("104.1.1", "104.1.2", "104.2")


def test_a_question_about_a_divided_unit_still_has_a_name() -> None:
    line = LineString([(15, 14), (15, 24)])
    divided = f.UnitDivided(id=uid("d"), unit_id="102", shape=line, ground="screen")
    scene = a_market().hold("burned", shape=SLIVER).sealed().record(divided)
    assert told(scene).questions[0].words.en.endswith("reach Shop 102?")


def test_powers_differ_by_finding() -> None:
    assert power_for(a_hold("x")) is Operation.RECORD_FINDING
    assert power_for(f.SealSet(id=uid("s"), ground="x")) is Operation.SET_SEAL


def test_another_lead_officer_is_noted_at_the_next_finding() -> None:
    from service.domain.deciding import begin

    scene = a_sealed_market()
    other = an_officer("hao")
    course = begin(scene.scene, by=LEAD, now=scene.now, lead=other.id)
    assert course.scene.record.lead_officer_id == other.id
    same = begin(scene.scene, by=LEAD, now=scene.now, lead=LEAD.id)
    assert same.events == ()


def test_only_a_shape_is_projected() -> None:
    plane = a_scene().scene.record.plane
    survey = a_survey("101", stage=Stage.DETAILED)
    assert placed(survey, plane=plane) is survey
    point = a_hold("kettle", HoldKind.EVIDENCE, Point(plane.lon0, plane.lat0))
    assert placed(point, plane=plane).shape.equals(Point(0, 0))


def test_a_scene_begins_with_its_opening() -> None:
    with pytest.raises(ValueError, match="begins"):
        replay([])
