"""The assessment: what is proposed for which answers, on the market of tests/scene_builders.py.

y 24 +------+------+------+------+
     | 101  | 102  | 103  | 104  |
y 14 +------+------+------+------+        level 2: 201 (x 0-20, y 14-24),
     |        hall (open)        |                 202 (x 0-20, y 0-10),
y 10 +------+------+------+------+                 hall2 (open, y 10-14)
     | 105  | 106  | 107  | 108  |
y 0  +------+------+------+------+
     x 0    10     20     30     40      around it: "ground" (open)
"""

from dataclasses import replace

import pytest
from pytest import raises
from shapely import LineString, Point, box

from service.domain.assessment import Choice, Decision
from service.domain.assessment_answers import (
    Explosion,
    GasAnswer,
    GasState,
    OriginAnswer,
    OriginKnown,
)
from service.domain.assessment_refusals import (
    AnswerIdTwice,
    AssessmentOutdated,
    AssessmentUndecided,
    ChangeMisplaced,
    PlaceMissing,
    ProposalDecidedTwice,
    ProposalUnknown,
    ReasonMissing,
)
from service.domain.assessment_rules import Ground
from service.domain.course import Course
from service.domain.errors import FixTooCoarse, GroundNamed, LineDoesNotDivide
from service.domain.extensions import Asking
from service.domain.findings import SealSet
from service.domain.holds import HoldKind
from service.domain.incident import CauseKind
from service.domain.reasons import still_sealed
from service.domain.scene_fold import replay
from service.domain.scene_refusals import HoldIdUsed, LevelsMissing, LevelUnknown, UnitUnknown
from service.domain.seal_foreseen import Foreseen, foresee
from tests.assessments import (
    accepted,
    again,
    all_accepted,
    assessed,
    cause,
    changed,
    claims,
    clear_origin,
    dropped,
    found,
    spot,
    where,
)
from tests.scene_builders import LEAD, PLAN, Building, a_market, a_scene, uid

BURNED = spot("burned", box(1, 15, 19, 18))
"""The front of shops 101 and 102, 27 m² of each."""


def foreseen(building: Building) -> Foreseen | None:
    """What setting the seal now would seal."""
    course = Course(scene=building.scene, by=LEAD, now=building.now)
    return foresee(course, found(building))


# --- what follows from which answer ---


def test_what_burned_is_held_with_its_ground_and_article() -> None:
    """The burned area of 101 and 102 claims both shops."""
    building = assessed(a_market(), burned=(BURNED,))
    assert claims(building) == {Ground.BURNED_AREA: {"101", "102"}}
    hold = found(building).proposals[0].hold
    assert (hold.kind, hold.levels, hold.accuracy_m) == (HoldKind.BURNED_AREA, ("1",), 0.0)
    assert hold.basis is not None
    assert "第十六条" in hold.basis.zh
    assert "Art. 16" in hold.basis.en
    assert found(building).proposals[0].area_m2 == pytest.approx(200)


def test_without_an_answer_the_burned_area_is_what_was_reported() -> None:
    building = assessed(a_market(), reported=BURNED)
    assert claims(building) == {Ground.BURNED_AREA: {"101", "102"}}
    other = assessed(a_market(), reported=BURNED, burned=(spot("mine", box(21, 15, 29, 20)),))
    assert claims(other) == {Ground.BURNED_AREA: {"103"}}


def test_a_coarse_fix_is_proposed_to_be_placed_by_hand_and_cannot_be_accepted() -> None:
    coarse = spot("burned", box(1, 15, 9, 20), accuracy_m=8.0)
    building = assessed(a_market(), burned=(coarse,))
    assert found(building).proposals[0].must_be_placed
    assert claims(building) == {Ground.BURNED_AREA: set()}
    assert foreseen(building).cells == ()  # type: ignore[union-attr]
    with raises(FixTooCoarse) as refusal:
        again(building, *accepted("burned"))
    assert refusal.value.faults[0].pointer == "/outcome/0/hold/accuracy_m"
    placed = again(building, changed("burned", box(1, 15, 9, 23)))
    assert foreseen(placed).units == ("101",)  # type: ignore[union-attr]


def test_a_better_fix_grows_what_burned_by_its_accuracy() -> None:
    """From x 9.5 a burned area exact to 1 m reaches 101 and 102."""
    near = spot("burned", box(6, 15, 9.5, 20), accuracy_m=1.0)
    assert claims(assessed(a_market(), burned=(near,))) == {Ground.BURNED_AREA: {"101", "102"}}


def test_a_clear_origin_with_nothing_disputed_is_proposed_alone() -> None:
    """Panel and run are left out; what is evidence, dangerous or a fault elsewhere is not."""
    wiring = cause("wiring", panel=where(None, "106"), fault=where(Point(25, 5)))
    building = assessed(
        a_market(),
        burned=(BURNED,),
        origin=clear_origin(box(4, 16, 6, 18)),
        causes=(wiring,),
        evidence=(spot("kettle", Point(15, 17)),),
    )
    assert claims(building) == {
        Ground.ORIGIN_CLEAR: {"101"},
        Ground.ELECTRICAL_FAULT: {"107"},
        Ground.EVIDENCE: {"102"},
    }
    left = [(each.rule, each.label) for each in found(building).left_out]
    assert left == [(Ground.BURNED_AREA, "burned"), (Ground.CAUSE, "wiring")]


@pytest.mark.parametrize("dispute", [{"dispute_likely": True}, {"dispute_likely": None},
                                     {"disputed": True}])  # fmt: skip
def test_a_likely_dispute_or_one_on_record_keeps_what_burned(dispute: dict[str, bool]) -> None:
    origin = clear_origin(box(4, 16, 6, 18))
    building = assessed(a_market(), burned=(BURNED,), origin=origin, **dispute)  # type: ignore[arg-type]
    assert set(claims(building)) == {Ground.BURNED_AREA, Ground.ORIGIN_CLEAR}


def test_a_probable_origin_is_kept_until_a_detailed_survey() -> None:
    known = OriginAnswer(known=OriginKnown.PROBABLE, spot=spot("origin", box(4, 16, 6, 18)))
    building = assessed(a_market(), burned=(BURNED,), origin=known)
    kinds = {each.rule: each.hold.kind for each in found(building).proposals}
    assert kinds[Ground.ORIGIN_PROBABLE] is HoldKind.CAUSE_AREA
    unknown = replace(known, known=OriginKnown.UNKNOWN)
    assert set(claims(assessed(a_market(), burned=(BURNED,), origin=unknown))) == {
        Ground.BURNED_AREA
    }


def test_an_electrical_cause_holds_the_panel_and_the_run() -> None:
    """The panel is in 106; the run leaves 101 through the hall, with half a metre on each side."""
    run = LineString([(5, 18), (5, 12), (15, 12), (15, 8)])
    wiring = cause("wiring", panel=where(Point(15, 5)), cable_run=where(run))
    building = assessed(a_market(), causes=(wiring,))
    assert claims(building) == {Ground.CAUSE: {"101", "106", "hall"}}
    (proposal,) = found(building).proposals
    assert proposal.hold.basis is not None
    assert "电气" in proposal.hold.basis.zh
    assert "electrical" in proposal.hold.basis.en


def test_parts_on_another_level_are_held_apart() -> None:
    """A panel in 202 upstairs, a run in 101: neither is held on the other's level."""
    wiring = cause(
        "wiring",
        panel=where(Point(15, 5), level="2"),
        cable_run=where(LineString([(2, 18), (8, 18)])),
    )
    building = assessed(a_market(), causes=(wiring,))
    held = [(each.hold.levels, [one.unit for one in each.claimed])
            for each in found(building).proposals]  # fmt: skip
    assert held == [(("2",), ["202"]), (("1",), ["101"])]
    assert len({each.id for each in found(building).proposals}) == 2


def test_a_gas_run_and_a_flue_are_held_where_they_are_named() -> None:
    causes = (
        cause("gas", CauseKind.OTHER, gas_run=where(LineString([(22, 2), (28, 2)]))),
        cause("flue", CauseKind.CARELESS_USE_OF_FIRE, flue=where(None, "104", "201")),
    )
    building = assessed(a_market(), causes=causes)
    assert claims(building) == {Ground.CAUSE: {"104", "107", "201"}}
    assert found(building).proposals[1].hold.levels == ("1", "2")


def test_an_explosion_is_held_as_far_as_the_thrown_pieces_lie() -> None:
    """From the seat in 101 a piece flew through the front to (8, 11) in the hall, 7 m off.

    The circle about the seat counts in the hall, between its walls, and in no shop but 101.
    """
    bang = Explosion(id=uid("bang"), seat=where(Point(8, 18)), thrown=(where(Point(8, 11)),))
    building = assessed(a_market(), explosion=bang)
    assert claims(building) == {Ground.EXPLOSION: {"101", "hall"}}
    (proposal,) = found(building).proposals
    shape = proposal.hold.shapes
    assert shape.distance(Point(8, 11)) < 1e-9
    assert shape.contains(Point(11, 13))
    assert not shape.intersects(box(10.1, 14.5, 40, 24))


def test_a_piece_that_a_wall_hides_does_not_open_the_yard_behind_it() -> None:
    """The pieces stay in 101: no open unit is reached, though the circle covers the hall."""
    bang = Explosion(id=uid("bang"), seat=where(Point(5, 18)), thrown=(where(Point(9, 23)),))
    assert claims(assessed(a_market(), explosion=bang)) == {Ground.EXPLOSION: {"101"}}


def test_a_seat_and_pieces_in_one_line_reach_the_hall_on_both_sides() -> None:
    """A pipe burst along x 8 from y 20 into the hall at y 11, a piece at its end."""
    pipe = where(LineString([(8, 20), (8, 11)]))
    bang = Explosion(id=uid("bang"), seat=pipe, thrown=(where(Point(8, 11)),))
    building = assessed(a_market(), explosion=bang)
    assert claims(building) == {Ground.EXPLOSION: {"101", "hall"}}
    assert found(building).proposals[0].hold.shapes.distance(Point(8, 20)) == 0


def test_an_explosion_in_a_named_shop_reaches_pieces_on_other_levels_too() -> None:
    """Seat: shop 103 as named; one piece in the hall, one upstairs, one in a shop by name."""
    thrown = (where(Point(25, 12)), where(Point(5, 18), level="2"), where(None, "106"))
    bang = Explosion(id=uid("bang"), seat=where(None, "103"), thrown=thrown)
    building = assessed(a_market(), explosion=bang)
    held = [(each.hold.levels, {one.unit for one in each.claimed})
            for each in found(building).proposals]  # fmt: skip
    assert held == [(("1",), {"103", "106", "hall"}), (("2",), {"201"})]
    alone = Explosion(id=uid("bang"), seat=where(Point(5, 12)), thrown=(where(Point(5, 12)),))
    assert claims(assessed(a_market(), explosion=alone)) == {Ground.EXPLOSION: {"hall"}}


def test_dangers_are_hazards() -> None:
    building = assessed(
        a_market(),
        structure=(spot("ceiling", box(12, 15, 18, 20)),),
        live_power=(spot("cable", None, "103"),),
        gas=GasAnswer(state=GasState.LEAKING, leak=spot("leak", Point(5, 12))),
    )
    assert claims(building) == {
        Ground.STRUCTURE: {"102"},
        Ground.LIVE_POWER: {"103"},
        Ground.GAS_LEAK: {"hall"},
    }
    assert {each.hold.kind for each in found(building).proposals} == {HoldKind.HAZARD}


def test_a_small_overlap_comes_back_as_a_question() -> None:
    """The burned area reaches 5 cm into 102."""
    building = assessed(a_market(), burned=(spot("burned", box(1, 15, 10.05, 23)),))
    assert [each.unit_id for each in found(building).proposals[0].questions] == ["102"]


def test_what_is_still_to_be_said_is_named_with_its_place() -> None:
    building = assessed(
        a_market(),
        causes=(cause("wiring"), cause("stove", CauseKind.OTHER, appliance=where(None, "106"))),
        explosion=Explosion(id=uid("bang"), seat=where(None, "101")),
        dispute_likely=None,
    )
    said = [(each.pointer, each.what.en) for each in found(building).still_to_say]
    assert said == [
        ("/answers/burned", "nothing says what burned"),
        ("/answers/causes/0/places", "the panel is not named"),
        ("/answers/causes/0/places", "the cable run is not named"),
        ("/answers/causes/0/places", "no place is named: nothing is held for it"),
        ("/answers/explosion/thrown", "nothing says where thrown pieces lie"),
        ("/answers/gas/state", "check the gas before anybody enters"),
        ("/answers/dispute_likely", "it is not said whether a dispute is likely"),
    ]
    assert all(each.what.zh for each in found(building).still_to_say)


# --- the outcome, and the seal ---


def test_what_was_accepted_opens_when_the_seal_is_set_and_reads_so_to_owners() -> None:
    """101 and 102 burned; the run in 105 is dropped, the kettle is drawn nearer."""
    building = assessed(
        a_market(),
        burned=(spot("burned", box(1, 15, 19, 23)),),
        causes=(cause("flue", CauseKind.OTHER, flue=where(None, "105")),),
        evidence=(spot("kettle", Point(25, 17)),),
    )
    assert [each.unit for each in found(building).divisions] == ["103"]
    building = again(
        building, *accepted("burned"), dropped("flue"), changed("kettle", Point(5, 17))
    ).sealed()
    assert building.units == {"101", "102"}
    assert building.live() == {uid("burned"), uid("kettle")}
    reasons = {each.why.zh for one in still_sealed(building.scene) for each in one.reasons}
    assert any("过火区域“burned”（过火及火灾涉及之处；" in each for each in reasons)
    assert replay(building.happened).record == building.scene.record


def test_the_seal_waits_until_every_proposal_is_decided() -> None:
    building = assessed(a_market(), burned=(BURNED,))
    with raises(AssessmentUndecided):
        building.sealed()
    with raises(AssessmentUndecided):
        again(building, *accepted("burned")).sealed()  # two divisions are still open


def test_a_hold_opened_by_hand_under_its_id_stays_as_it_was_opened() -> None:
    building = assessed(a_market(), evidence=(spot("kettle", Point(25, 17)),))
    building = again(building, *all_accepted(building))
    sealed = building.hold("kettle", HoldKind.EVIDENCE, box(32, 16, 38, 22)).sealed()
    assert sealed.units == {"104"}


def test_a_plan_set_since_makes_the_assessment_outdated() -> None:
    ground = spot("burned", box(0, 0, 5, 5), level="ground")
    building = assessed(a_scene(), burned=(ground,))
    building = again(building, *all_accepted(building)).with_plan(PLAN)
    assert foreseen(building) is None
    with raises(AssessmentOutdated):
        building.sealed()
    renewed = again(building, *accepted("burned"), burned=(spot("burned", box(1, 15, 9, 23)),))
    assert "the plan: another than before" in [e.what.en for e in found(renewed).changes]
    assert renewed.sealed().units == {"101"}


def test_what_is_foreseen_is_told_beside_a_blanket_over_the_levels_touched() -> None:
    """One shop of 100 m² of the nine units of level 1, 960 m² in all."""
    building = assessed(a_market(), burned=(spot("burned", box(1, 15, 9, 23)),))
    seen = foreseen(building)
    assert seen is not None
    assert seen.sealed_m2 == {"1": pytest.approx(100)}
    assert (seen.units, seen.closed_units) == (("101",), 1)
    assert seen.blanket_m2 == {"1": pytest.approx(960)}
    assert (seen.blanket_units, seen.blanket_closed_units) == (9, 8)
    assert seen.saved_m2 == pytest.approx(860)
    after = foreseen(again(building, *accepted("burned")).sealed())
    assert after == seen


def test_a_blanket_counts_of_the_endless_ground_what_is_sealed_anyway() -> None:
    building = assessed(a_market(), burned=(spot("burned", box(42, 2, 47, 7)),))
    seen = foreseen(building)
    assert seen is not None
    assert seen.units == ("ground",)
    assert seen.blanket_units == 10
    assert seen.saved_m2 == pytest.approx(960)


def test_a_revision_after_the_seal_says_what_changed_and_leaves_the_seal() -> None:
    building = assessed(a_market(), burned=(BURNED,))
    building = again(building, *all_accepted(building)).sealed()
    before = building.scene.seal
    later = again(building, *found(building).outcome, evidence=(spot("can", Point(25, 17)),))
    assert later.scene.seal.cells == before.cells
    assert found(later).revision == 3
    said = [each.what.en for each in found(later).changes]
    assert "the evidence seen: answered differently" in said
    assert "evidence in place “can”: newly proposed" in said


def test_saying_again_what_stands_changes_nothing() -> None:
    building = assessed(a_market(), burned=(BURNED,))
    assert again(building.later(hours=1)).version == building.version


def test_every_change_of_a_revision_is_said() -> None:
    """The cause is gone, what burned is smaller, the kettle's word is taken back."""
    building = assessed(
        a_market(),
        burned=(spot("burned", box(1, 15, 9, 23)),),
        causes=(cause("flue", CauseKind.OTHER, flue=where(None, "105")),),
        evidence=(spot("kettle", Point(5, 17)),),
    )
    building = again(building, *accepted("burned", "flue"), dropped("kettle", "taken away"))
    assert [each.what.en for each in found(building).changes] == [
        "burned area “burned”: accepted",
        "area bearing on the cause “flue”: accepted",
        "evidence in place “kettle”: dropped: “taken away”",
    ]
    later = again(
        building, *accepted("burned"), causes=(), burned=(spot("burned", box(1, 15, 9, 18)),)
    )
    assert [each.what.zh for each in found(later).changes] == [
        "过火区域：回答有改动",
        "考虑的起火原因：回答有改动",
        "起火原因有关区域“flue”：不再建议",
        "过火区域“burned”：建议有改动",
        "痕迹物证“kettle”：结论撤回",
        "划分 101：新建议",
    ]


# --- refusals ---


@pytest.mark.parametrize(
    ("answers", "refusal", "pointer"),
    [
        ({"burned": (BURNED, BURNED)}, AnswerIdTwice, "/answers/burned/1/id"),
        ({"burned": (spot("opened", Point(5, 17)),)}, HoldIdUsed, "/answers/burned/0/id"),
        ({"evidence": (spot("x"),)}, PlaceMissing, "/answers/evidence/0/where"),
        ({"evidence": (spot("x", Point(1, 1), level="9"),)}, LevelUnknown,
         "/answers/evidence/0/where/levels/0"),
        ({"evidence": (spot("x", None, "999"),)}, UnitUnknown,
         "/answers/evidence/0/where/named_units/0"),
        ({"evidence": (spot("x", None, "ground"),)}, GroundNamed,
         "/answers/evidence/0/where/named_units/0"),
        ({"causes": (cause("x", panel=replace(where(Point(5, 5)), levels=())),)}, LevelsMissing,
         "/answers/causes/0/places/0/where/levels"),
        ({"origin": OriginAnswer(known=OriginKnown.CLEAR)}, PlaceMissing, "/answers/origin/spot"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_stand_is_refused_with_its_place(
    answers: dict[str, object], refusal: type, pointer: str
) -> None:
    building = a_market().hold("opened")
    with raises(refusal) as refused:
        assessed(building, **answers)  # type: ignore[arg-type]
    assert refused.value.faults[0].pointer == pointer


LINE = LineString([(9, 14), (9, 24)])
SHORT = LineString([(9, 16), (9, 20)])


@pytest.mark.parametrize(
    ("choice", "refusal", "pointer"),
    [
        (accepted("nothing")[0], ProposalUnknown, "/proposal_id"),
        (dropped("burned", ""), ReasonMissing, "/reason"),
        (changed("burned", Point(5, 17), ""), ReasonMissing, "/reason"),
        (replace(dropped("burned"), decision=Decision.CHANGED), ChangeMisplaced, "/hold"),
        (replace(accepted("burned")[0], line=LINE), ChangeMisplaced, "/hold"),
        (replace(changed("burned", Point(5, 17)), decision=Decision.DROPPED), ChangeMisplaced,
         "/hold"),
        (changed("burned", Point(5, 17), named_units=("999",)), UnitUnknown,
         "/hold/named_units/0"),
        (changed("burned", Point(5, 17), accuracy_m=3.0), FixTooCoarse, "/hold/accuracy_m"),
        (replace(dropped("division"), decision=Decision.CHANGED), ChangeMisplaced, "/line"),
        (replace(dropped("division"), decision=Decision.CHANGED, line=SHORT), LineDoesNotDivide,
         "/line"),
    ],
)  # fmt: skip
def test_a_word_on_a_proposal_that_cannot_stand_is_refused_with_its_place(
    choice: Choice, refusal: type, pointer: str
) -> None:
    """What burned is a strip of 101, so that a division is proposed too."""
    building = assessed(a_market(), burned=(spot("burned", box(1, 15, 4, 23)),))
    if choice.proposal_id == uid("division"):
        choice = replace(choice, proposal_id=found(building).divisions[0].id)
    with raises(refusal) as refused:
        again(building, choice)
    assert refused.value.faults[0].pointer.startswith(f"/outcome/0{pointer}")


def test_a_changed_hold_without_levels_is_refused() -> None:
    building = assessed(a_market(), burned=(BURNED,))
    choice = changed("burned", Point(5, 17))
    assert choice.hold is not None
    with raises(LevelsMissing) as refused:
        again(building, replace(choice, hold=replace(choice.hold, levels=())))
    assert refused.value.faults[0].pointer == "/outcome/0/hold/levels"


def test_a_proposal_is_decided_once() -> None:
    building = assessed(a_market(), burned=(BURNED,))
    with raises(ProposalDecidedTwice) as refused:
        again(building, *accepted("burned", "burned"))
    assert refused.value.faults[0].pointer == "/outcome/1/proposal_id"


def test_without_an_assessment_the_seal_is_set_from_the_holds_opened() -> None:
    building = a_market().hold("burned").record(SealSet(id=uid("seal"), ground="survey"))
    assert building.units == {"101"}


def test_after_a_registration_the_accepted_holds_open_with_the_approved_extension() -> None:
    """Setting that seal is an extension: approved, it opens what the assessment accepted."""
    building = a_scene(after_registration=True).with_plan(PLAN)
    building = assessed(building, burned=(spot("burned", box(1, 15, 9, 23)),))
    asked = again(building, *accepted("burned")).asks(Asking(id=uid("more"), reason="a dispute"))
    assert asked.approves("more").units == {"101"}


def test_nobody_objecting_before_the_seal_leaves_the_origin_only() -> None:
    """All have agreed already: what burned is cleared as the seal is set, and foreseen so."""
    building = assessed(
        a_market().parties("bao").agrees("bao"),
        burned=(spot("burned", box(11, 15, 19, 23)),),
        origin=clear_origin(box(1, 15, 9, 23)),
        dispute_likely=True,
    )
    building = again(building, *all_accepted(building))
    seen = foreseen(building)
    assert seen is not None
    assert seen.units == ("101",)
    assert building.sealed().scene.seal.cells == seen.cells
