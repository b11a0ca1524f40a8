"""How a scene stood, what changed it, what it cost, and how units read to their owners."""

from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import box

from service.domain.extensions import Asking
from service.domain.figures import figures
from service.domain.history import history, stood_at
from service.domain.holds import Hold, HoldKind
from service.domain.incident import State, UnitConcerned, Utilities, Utility, UtilityState
from service.domain.reasons import reason
from service.domain.reopening import (
    ASK_WHERE,
    NO_PLAN,
    NOT_SHOWN,
    Danger,
    UnitState,
    UnitStatus,
    units_status,
    units_without_scene,
)
from service.domain.status import Headline, headline, units_now
from service.domain.words import Words
from tests.fires import a_fire
from tests.scene_builders import (
    LEAD,
    NOON,
    a_market,
    a_release,
    a_scene,
    a_sealed_market,
    evidence,
    uid,
)

HOUR = timedelta(hours=1)


def states(found) -> dict[str, UnitState]:
    return {each.unit: each.state for each in found}


def a_roof() -> Asking:
    hold = Hold(
        id=uid("roof"), kind=HoldKind.HAZARD, shapes=box(32, 16, 38, 22), levels=("1",),
        opened_by=LEAD.id, opened_at=NOON, ground="cracks",
    )  # fmt: skip
    return Asking(id=uid("roof"), reason="cracks", hold=hold, at_once=True)


def test_the_seal_is_seen_as_it_stood() -> None:
    scene = a_sealed_market().later(hours=1).surveyed("102")
    assert "102" in stood_at(scene.happened, NOON).seal.sealed_units()
    assert "102" not in stood_at(scene.happened, NOON + HOUR).seal.sealed_units()
    assert stood_at(scene.happened, NOON - HOUR) is None


def test_the_history_says_what_was_released_and_why() -> None:
    *_, last = history(a_sealed_market().later(hours=1).surveyed("102").happened)
    assert (last.name, last.released_m2, last.closed_units) == ("survey-finished", 100.0, 2)
    assert [why.en for why in last.why_left] == ["the survey excluded the origin there"]


def test_the_history_says_which_hold_was_opened_and_which_is_over() -> None:
    scene = a_sealed_market().later(hours=1).record(evidence("kettle")).surveyed("105")
    told = [*history(scene.happened)]
    opened = next(entry.what for entry in told if entry.name == "hold-opened")
    assert opened == Words(
        "开列封闭事由：过火区域（理由：“seen”）", "a hold was opened: burned area (ground: “seen”)"
    )
    taken, surveyed = told[-2:]
    assert taken.what.en == "evidence was taken: evidence in place (ground: “seen”)"
    assert surveyed.what == Words("完成勘验：Shop 105", "a survey was finished: Shop 105")
    (why,) = surveyed.why_left
    assert why.zh == "勘验排除，终止：起火原因有关区域（理由：“seen”）"
    assert why.en.endswith("; over now: area bearing on the cause (ground: “seen”)")


def test_an_extension_says_for_which_hold_it_is() -> None:
    asked = a_sealed_market().asks(replace(a_roof(), at_once=False))
    *_, last = history(asked.approves("roof").happened)
    assert last.what.en == "an extension was approved: hazard (ground: “cracks”)"


def test_without_events_there_is_no_history() -> None:
    assert not list(history([]))


def test_the_figures_compare_with_a_seal_that_never_shrank() -> None:
    scene = a_sealed_market().later(hours=2).surveyed("102").later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert found.closed_unit_hours == 3 * 2 + 2 * 1
    assert found.never_shrank_closed_unit_hours == 9
    assert found.never_shrank_m2_hours - found.sealed_m2_hours == pytest.approx(100)


def test_a_lapse_counts_from_its_time_not_from_its_record() -> None:
    scene = a_sealed_market().asks(a_roof()).later(hours=6)
    for each in (scene, scene.by(scene.begin())):
        found = figures(each.happened, until=scene.now)
        assert found.closed_unit_hours == pytest.approx(3 * 6 + 4)


def test_each_unit_reads_sealed_or_open_with_its_reasons() -> None:
    found = units_status(a_sealed_market().scene)
    assert states(found)["101"] is UnitState.SEALED
    assert states(found)["hall"] is UnitState.OPEN_WITH_CONDITIONS
    assert states(found)["103"] is UnitState.OPEN
    shop = next(each for each in found if each.unit == "101")
    assert shop.hold_kinds == (HoldKind.BURNED_AREA, HoldKind.EVIDENCE)
    assert len(shop.remains) == 2


def test_what_an_officer_typed_is_a_quotation_in_both_languages() -> None:
    scene = a_market().hold("burned", label="厨房").scene
    [burned] = scene.holds()
    assert reason(burned).why == Words(
        "过火区域“厨房”（理由：“seen”）", "burned area “厨房” (ground: “seen”)"
    )
    danger = [Danger(what="楼板开裂", unit_ids=("103",))]
    shop = next(x for x in units_status(scene, dangers=danger) if x.unit == "103")
    assert shop.reasons == (Words("危险：“楼板开裂”", "hazard: “楼板开裂”"),)


def test_an_incidents_own_dangers_are_conditions() -> None:
    dangers = [
        Danger(what="gas leak", unit_ids=("103",)),
        Danger(what="old", unit_ids=("104",), cleared=True),
    ]
    found = units_status(a_sealed_market().scene, dangers=dangers)
    assert states(found)["103"] is UnitState.OPEN_WITH_CONDITIONS
    assert states(found)["104"] is UnitState.OPEN
    units = [
        UnitConcerned(id="103", name="A", level="1"),
        UnitConcerned(id="9", name="B", level="1"),
    ]
    bare = states(units_without_scene(units, dangers=dangers))
    assert bare == {"103": UnitState.OPEN_WITH_CONDITIONS, "9": UnitState.OPEN}


def test_before_the_seal_units_wait_unless_they_were_handed_back() -> None:
    fire = a_fire(state=State.INVESTIGATING, units=())
    for scene in (a_market().scene, a_market().hold("burned").scene):
        assert set(states(units_now(fire, scene)).values()) == {UnitState.UNDECIDED}
    back = a_scene(after_registration=True).with_plan().hold("burned").scene
    assert set(states(units_now(fire, back)).values()) == {UnitState.OPEN}


SHOP = UnitConcerned(id="stall", name="Old Wang's stall", level="")


def test_without_a_plan_a_unit_on_record_reads_as_the_ground_it_stands_on() -> None:
    fire = a_fire(state=State.INVESTIGATING, units=(SHOP,))
    scene = a_scene().hold("burned", shape=box(0, 0, 10, 10), levels=("ground",)).sealed().scene
    stall = next(each for each in units_now(fire, scene) if each.unit == "stall")
    assert (stall.name, stall.state) == ("Old Wang's stall", UnitState.OPEN_WITH_CONDITIONS)
    assert stall.reasons[0] == NO_PLAN
    assert "burned area" in stall.reasons[-1].en
    danger = [Danger(what="gas", unit_ids=("stall",))]
    found = units_status(a_scene().scene, dangers=danger, recorded=[SHOP])
    assert states(found)["stall"] is UnitState.OPEN_WITH_CONDITIONS


def test_a_unit_that_the_plan_no_longer_shows_says_so_and_whom_to_ask() -> None:
    fire = a_fire(state=State.INVESTIGATING, units=(SHOP,))
    found = units_now(fire, a_sealed_market().scene)
    stall = next(each for each in found if each.unit == "stall")
    assert (stall.state, stall.reasons, stall.remains) == (
        UnitState.UNDECIDED,
        (NOT_SHOWN,),
        (ASK_WHERE,),
    )
    owed = Utilities(gas=Utility(state=UtilityState.OFF))
    again = units_now(replace(fire, utilities=owed), a_sealed_market().scene)
    assert next(each for each in again if each.unit == "stall") == stall


def test_a_headline_says_undecided_sealed_or_partly() -> None:
    def head(*found: UnitState) -> Headline:
        units = [UnitStatus(unit="1", name="1", level="", state=each) for each in found]
        return headline(units, decided=True)

    assert head(UnitState.UNDECIDED) is Headline.UNDECIDED
    assert head(UnitState.UNDECIDED, UnitState.SEALED) is Headline.SEALED
    assert head(UnitState.UNDECIDED, UnitState.OPEN) is Headline.PARTLY
    assert head(UnitState.SEALED, UnitState.OPEN) is Headline.PARTLY
    assert head(UnitState.OPEN, UnitState.OPEN_WITH_CONDITIONS) is Headline.CONDITIONS


def test_after_the_release_every_unit_is_open() -> None:
    scene = a_sealed_market()
    found = units_status(scene.record(a_release(scene)).scene)
    assert set(states(found).values()) == {UnitState.OPEN}
