"""The survey order of a scene: what each step opens by the scene's own rules, and in which order.

The market of tests/scene_builders.py: burned 101, 102 and the hall; a cause in 105; evidence in
101. Durations in minutes, by hand.
"""

from itertools import permutations
from typing import Any

import pytest
from shapely import box

from schemas.rules import rulebook
from service.domain.findings import Stage
from service.domain.holds import HoldKind
from service.domain.scene_refusals import (
    HoldCleared,
    HoldOfAnotherKind,
    HoldUnknown,
    LevelUnknown,
    UnitUnknown,
)
from service.domain.survey_order_refusals import OrderIncomplete, StepClearsNothing
from service.domain.survey_pending import PendingStep
from service.domain.survey_planning import OrderTold, SurveyPlanned, plan_survey
from tests.scene_builders import (
    Building,
    a_market,
    a_sealed_market,
    a_survey,
    decided,
    uid,
)

DURATIONS = rulebook().survey


def planned(building: Building, *steps: PendingStep, **more: Any) -> SurveyPlanned:
    given = {"weights": {}, "asked": None, "durations": DURATIONS}
    return plan_survey(building.begin(), steps, **(given | more))


def a_step(id: str, minutes: int | None = 60, **more: Any) -> PendingStep:
    return PendingStep(id=id, duration_minutes=minutes, **more)


def opens(order: OrderTold) -> dict[str, int]:
    return {unit: each.ends_after_minutes for each in order.steps for unit in each.opens}


FLUE = a_step("flue", 30, hold_id=uid("flue"))
KETTLE = a_step("kettle", 20, hold_id=uid("kettle"))
BURNED = a_step("burned", 100, hold_id=uid("burned"))


def test_a_unit_opens_when_its_last_hold_goes() -> None:
    """101 waits for burned and kettle, 102 and the hall for burned alone, 105 for the flue."""
    found = planned(a_sealed_market(), BURNED, KETTLE, FLUE)
    assert [each.id for each in found.proposed.steps] == ["flue", "burned", "kettle"]
    assert opens(found.proposed) == {"105": 30, "102": 130, "hall": 130, "101": 150}
    assert found.proposed.cost == 30 + 2 * 130 + 150
    assert found.exact and found.lower_bound == found.proposed.cost
    assert opens(found.first_come) == {"105": 150, "101": 120, "102": 100, "hall": 100}
    assert found.first_come.cost == 150 + 120 + 2 * 100
    assert found.remains == ()


def test_weights_move_a_unit_forward_and_the_order_asked_is_compared() -> None:
    order = ["burned", "kettle", "flue"]
    found = planned(
        a_sealed_market(), FLUE, KETTLE, BURNED, weights={"102": 50, "105": 1}, asked=order
    )
    assert found.proposed.steps[0].id == "burned"
    assert found.weights["102"] == 50
    assert found.asked is not None and found.asked.cost == 50 * 100 + 100 + 120 + 150
    assert found.proposed.cost <= found.asked.cost <= found.first_come.cost


def test_without_steps_each_live_hold_is_one_with_an_assumed_duration() -> None:
    scene = a_sealed_market().origin(box(4, 16, 6, 18))
    found = planned(scene)
    assert {each.step.hold_id for each in found.steps} == {
        uid(x) for x in ("burned", "flue", "kettle")
    }
    assert all(each.assumed for each in found.steps)
    assert "assumption" in found.durations_source
    assert [(each.unit, each.reasons[0].kind) for each in found.remains] == [
        ("101", HoldKind.AREA_OF_ORIGIN)
    ]
    assert "101" not in opens(found.proposed)


def test_a_unit_with_a_hold_that_no_step_ends_remains() -> None:
    found = planned(a_sealed_market(), BURNED, FLUE)
    assert [each.unit for each in found.remains] == ["101"]
    assert [each.hold_id for each in found.remains[0].reasons] == [uid("kettle")]


def test_a_survey_clears_by_stage() -> None:
    early = planned(
        a_sealed_market(), a_step("s", None, units=("102", "105"), stage=Stage.PRELIMINARY)
    )
    assert opens(early.proposed) == {"102": 2 * DURATIONS.stages_minutes[Stage.PRELIMINARY]}
    late = planned(a_sealed_market(), a_step("s", units=("102", "105")))
    assert opens(late.proposed) == {"102": 60, "105": 60}


def test_a_zone_opens_an_open_unit_by_halves() -> None:
    west = a_step("west", 10, shape=box(-1, 9, 10, 15), levels=("1",))
    east = a_step("east", 20, shape=box(10, 9, 41, 15), levels=("1",))
    assert opens(planned(a_sealed_market(), west, east).proposed) == {"hall": 30}
    assert opens(planned(a_sealed_market(), west).proposed) == {}
    assert "hall" in {each.unit for each in planned(a_sealed_market(), west).remains}


def test_zones_add_up_over_a_closed_unit_with_those_surveyed_before() -> None:
    west = a_step("west", 10, shape=box(10, 14, 15, 24), levels=("1",))
    east = a_step("east", 20, shape=box(15, 14, 20, 24), levels=("1",))
    assert opens(planned(a_sealed_market(), west, east).proposed) == {"102": 30}
    surveyed = a_sealed_market().surveyed(shape=box(10, 14, 15, 24))
    assert opens(planned(surveyed, east).proposed) == {"102": 20}
    whole = a_step("whole", 40, shape=box(10, 14, 20, 24), levels=("1",))
    assert opens(planned(a_sealed_market(), whole).proposed) == {"102": 40}


def test_two_steps_that_each_open_a_unit_are_told_as_they_go() -> None:
    """Either clears 102: the quicker is sought, and the bound asks for neither."""
    found = planned(
        a_sealed_market(), a_step("named", 50, units=("102",)), a_step("again", 20, units=("102",))
    )
    assert opens(found.proposed) == {"102": 20}
    assert opens(found.first_come) == {"102": 50}
    assert found.lower_bound <= found.proposed.cost
    assert not found.exact


def test_a_step_after_another_that_clears_the_same_does_not_count_twice() -> None:
    first = a_step("first", 30, units=("102",), stage=Stage.PRELIMINARY)
    then = a_step("then", 50, units=("102",), after=("first",))
    found = planned(a_sealed_market(), then, first)
    assert opens(found.proposed) == {"102": 30}
    assert found.exact


def test_a_dispute_that_is_decided_opens_what_was_kept_for_it() -> None:
    """Origin-only has cleared the rest: the flue's 105 is kept for the dispute alone."""
    scene = a_sealed_market().origin(box(4, 16, 6, 18)).parties("bao").objects("bao")
    scene = scene.record(decided(True)).agrees("bao")
    found = planned(scene, a_step("court", None, hold_id=uid("decided-objection")))
    assert opens(found.proposed) == {"105": DURATIONS.holds_minutes[HoldKind.DISPUTE]}
    assert [each.unit for each in found.remains] == ["101"]


def test_surveying_everything_away_is_warned_of() -> None:
    everything = a_step("all", units=("101", "102", "105", "hall"))
    assert planned(a_sealed_market(), everything, KETTLE).warnings
    assert not planned(a_sealed_market(), everything).warnings
    assert not planned(a_sealed_market(), BURNED, KETTLE, FLUE).warnings
    none = a_market().hold("gas", HoldKind.HAZARD).sealed()
    assert not planned(none, a_step("x", units=("102",))).warnings


def test_what_is_foretold_is_what_surveys_then_open() -> None:
    """Every order of three surveys, beside the findings really recorded one by one."""
    surveys = {
        "a": ("102",),
        "b": ("105",),
        "c": ("hall",),
    }
    steps = [a_step(id, 10, units=units) for id, units in surveys.items()]
    for order in permutations(surveys):
        told = planned(a_sealed_market(), *steps, asked=list(order)).asked
        assert told is not None
        scene = a_sealed_market()
        for step in told.steps:
            after = scene.record(a_survey(*surveys[step.id]))
            assert set(step.opens) == scene.units - after.units
            scene = after


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (a_step("x"), StepClearsNothing),
        (a_step("x", hold_id=uid("nothing")), HoldUnknown),
        (a_step("x", hold_id=uid("gone")), HoldCleared),
        (a_step("x", hold_id=uid("origin")), HoldOfAnotherKind),
        (a_step("x", units=("999",)), UnitUnknown),
        (a_step("x", shape=box(0, 0, 1, 1), levels=("9",)), LevelUnknown),
    ],
)
def test_a_step_that_is_wrong_is_refused(step: PendingStep, refusal: type[Exception]) -> None:
    scene = a_market().hold("gone").hold("burned", replaces=uid("gone")).sealed().origin()
    with pytest.raises(refusal):
        planned(scene, step)


def test_weights_and_orders_name_what_there_is() -> None:
    with pytest.raises(UnitUnknown):
        planned(a_sealed_market(), FLUE, weights={"999": 2})
    with pytest.raises(OrderIncomplete):
        planned(a_sealed_market(), FLUE, asked=[])


def test_a_crumb_keeps_no_unit_waiting() -> None:
    """The zone leaves ten centimetres of the taped hall."""
    east = max(c.shape.bounds[2] for c in a_sealed_market().scene.seal.cells if c.unit == "hall")
    zone = a_step("most", 10, shape=box(-1, 9, east - 0.1, 15), levels=("1",))
    assert opens(planned(a_sealed_market(), zone).proposed) == {"hall": 10}
