"""The way out kept with the scene: who is shut in, refused without a remedy, told to its owner.

The market of tests/scene_builders.py with a door from each shop to the hall, and its one exit at
the hall's west end: the tape across the hall cuts the eastern shops off.

         | 101  | 102  | 103  | 104  |
         +--:---+--:---+--:---+--:---+
    exit E ####### hall              |
         +--:---+--:---+--:---+--:---+
         | 105  | 106  | 107  | 108  |
"""

from dataclasses import replace

import pytest
from shapely import LineString, Point, box

from service.domain import findings as f
from service.domain.answering import answer
from service.domain.deciding import decide
from service.domain.extensions import Asking
from service.domain.findings import Remedy
from service.domain.history import present
from service.domain.holds import Hold, HoldKind
from service.domain.plan import Opening, OpeningKind, Plan
from service.domain.reopening import UnitState, units_status
from service.domain.scene_fold import replay
from service.domain.scene_refusals import ShutsIn, UnitUnknown
from service.domain.status import Headline, headline
from service.domain.way_kept import keep_way_out
from service.domain.way_out import NOT_KNOWN, Way
from service.domain.way_told import way_out_told
from tests.scene_builders import LEAD, NOON, PLAN, Building, a_scene, a_survey, uid

EAST = {"103", "104", "106", "107", "108"}


def an_opening(kind: OpeningKind, id: str, line: LineString) -> Opening:
    return Opening(id=id, level="1", kind=kind, shape=line, joins=(), width_m=None, levels=())


def with_doors(*more: Opening) -> Plan:
    doors = [
        an_opening(OpeningKind.DOOR, f"d{x}-{y}", LineString([(x - 1, y), (x + 1, y)]))
        for y in (10, 14)
        for x in (5, 15, 25, 35)
    ]
    west = an_opening(OpeningKind.EXIT, "west", LineString([(0, 10.5), (0, 13.5)]))
    return replace(PLAN, openings=(*doors, west, *more))


EAST_EXIT = an_opening(OpeningKind.EXIT, "east", LineString([(40, 10.5), (40, 13.5)]))
HELP = Remedy(text="windows, escorted", unit_ids=(*sorted(EAST), "101", "102", "105"))


def a_burned_hall(plan: Plan) -> Building:
    """Burned: the hall's west with 101 and 102."""
    return a_scene().with_plan(plan).hold("burned", shape=box(1, 10, 19, 20))


def sealed(building: Building, *remedies: Remedy) -> Building:
    return building.record(f.SealSet(id=uid("seal"), ground="survey", remedies=remedies))


def shut_in(building: Building) -> set[str]:
    return {each.unit for each in way_out_told(building.scene).shut_in}


def states(building: Building) -> dict[str, UnitState]:
    return {each.unit: each.state for each in units_status(building.scene)}


def test_a_seal_that_shuts_somebody_in_is_refused_by_name() -> None:
    with pytest.raises(ShutsIn) as refused:
        sealed(a_burned_hall(with_doors()))
    assert set(refused.value.facts["units"]) >= EAST
    assert refused.value.facts["blocked_by"] == ["hall"]


def test_a_named_remedy_is_kept_and_told() -> None:
    scene = sealed(a_burned_hall(with_doors()), HELP)
    told = {each.unit: each for each in way_out_told(scene.scene).shut_in}
    assert set(told) >= EAST
    assert told["104"].blocked_by == ("hall",)
    assert told["104"].remedies == (HELP.text,)
    assert told["104"].way is Way.NONE
    assert "hall" in told["104"].words.en


def test_a_remedy_for_another_unit_does_not_count() -> None:
    partly = replace(HELP, unit_ids=tuple(sorted(EAST - {"104"} | {"105"})))
    with pytest.raises(ShutsIn) as refused:
        sealed(a_burned_hall(with_doors()), partly)
    assert refused.value.facts["units"] == ["104"]
    with pytest.raises(UnitUnknown):
        sealed(a_burned_hall(with_doors()), replace(HELP, unit_ids=("999",)))


def test_another_exit_needs_no_remedy_for_the_east() -> None:
    scene = sealed(a_burned_hall(with_doors(EAST_EXIT)), replace(HELP, unit_ids=("105", "106")))
    assert shut_in(scene) & {"103", "104", "107", "108"} == set()


def test_without_doors_on_the_plan_nothing_is_refused_and_it_says_so() -> None:
    scene = sealed(a_burned_hall(PLAN))
    assert scene.scene.record.way_out == NOT_KNOWN
    assert not way_out_told(scene.scene).known
    assert not any(type(each.event).__name__ == "WayOutFound" for each in scene.happened)


def test_an_owner_shut_in_reads_open_no_way_in_with_the_seal_that_blocks() -> None:
    scene = sealed(a_burned_hall(with_doors()), HELP)
    found = {each.unit: each for each in units_status(scene.scene)}
    assert found["104"].state is UnitState.OPEN_NO_WAY_IN
    assert [each.en for each in found["104"].reasons] == [
        "no way in or out: the seal of hall is in the way"
    ]
    assert found["104"].remains[0].en == HELP.text
    assert found["hall"].state is UnitState.OPEN_WITH_CONDITIONS
    assert "no way in or out" in found["hall"].reasons[-1].en
    assert headline([found["104"]], decided=True) is Headline.CONDITIONS


def test_a_released_unit_amid_the_seal_is_open_without_a_way_in_and_not_refused() -> None:
    east = replace(HELP, unit_ids=(*sorted(EAST), "105"))
    scene = sealed(a_burned_hall(with_doors()), east).surveyed("102")
    assert states(scene)["102"] is UnitState.OPEN_NO_WAY_IN
    told = {each.unit: each for each in way_out_told(scene.scene).shut_in}
    assert told["102"].remedies == ()
    found = {each.unit: each for each in units_status(scene.scene)}
    assert "another way is made" in found["102"].remains[0].en


def test_a_passage_that_is_too_narrow_is_said_so() -> None:
    hall = box(1, 10.9, 19, 14)
    scene = sealed(a_scene().with_plan(with_doors()).hold("burned", shape=hall), HELP)
    (told,) = [each for each in way_out_told(scene.scene).shut_in if each.unit == "104"]
    assert (told.way, told.blocked_by) == (Way.NARROW, ("hall",))
    assert "under 1.2 m" in told.words.en


def test_the_way_opens_again_with_the_survey_that_frees_the_hall() -> None:
    scene = sealed(a_burned_hall(with_doors()), HELP)
    again = scene.surveyed("hall")
    assert shut_in(again) == set()
    assert states(again)["104"] is UnitState.OPEN


def test_the_answer_and_the_preview_tell_the_way_out() -> None:
    scene = sealed(a_burned_hall(with_doors()), HELP)
    told = answer(scene.scene, decide(scene.begin(), [a_survey("hall")]))
    assert told.way_out.known and told.way_out.shut_in == ()


def test_a_finding_that_changes_no_seal_finds_no_way_again() -> None:
    scene = sealed(a_burned_hall(with_doors()), HELP)
    after = scene.objects("bao")
    assert after.version == scene.version + 1


def a_roof(*remedies: Remedy, at_once: bool = True) -> Asking:
    """A hazard over the hall's west, at the exit."""
    hold = Hold(
        id=uid("roof"), kind=HoldKind.HAZARD, shapes=box(0, 10, 4, 14), levels=("1",),
        opened_by=LEAD.id, opened_at=NOON, ground="cracks",
    )  # fmt: skip
    return Asking(id=uid("roof"), reason="cracks", hold=hold, at_once=at_once, remedies=remedies)


def a_sealed_shop() -> Building:
    """Only 101 is sealed, and the plan has the one exit."""
    scene = a_scene().with_plan(with_doors()).hold("kettle", HoldKind.EVIDENCE, Point(5, 16))
    return sealed(scene)


ALL = Remedy(text="windows", unit_ids=("102", "103", "104", "105", "106", "107", "108"))


def test_an_extension_at_once_that_shuts_in_needs_a_remedy_and_opens_again_as_it_lapses() -> None:
    with pytest.raises(ShutsIn):
        a_sealed_shop().asks(a_roof())
    scene = a_sealed_shop().asks(a_roof(ALL))
    assert "104" in shut_in(scene)
    assert way_out_told(scene.scene).shut_in[0].remedies == ("windows",)
    later = present(scene.scene, scene.later(hours=5).now)
    assert later.record.way_out_is_old
    assert way_out_told(later).shut_in == ()
    recorded = scene.later(hours=5).objects("bao")
    assert recorded.scene.record.way_out.shut_in == ()
    assert not recorded.scene.record.way_out_is_old
    assert replay(recorded.happened) == recorded.scene


def test_an_extension_is_weighed_when_it_is_approved() -> None:
    asked = a_sealed_shop().asks(a_roof(at_once=False))
    assert shut_in(asked) == set()
    with pytest.raises(ShutsIn):
        asked.approves("roof")
    agreed = asked.approves("roof", remedies=(ALL,))
    assert "104" in shut_in(agreed)
    assert agreed.scene.extension(uid("roof")).remedies == (ALL,)
    named = a_sealed_shop().asks(a_roof(ALL, at_once=False)).approves("roof")
    assert "104" in shut_in(named)


def test_a_lapse_that_changes_nothing_is_found_again_once() -> None:
    """The roof lies over 101 alone: the way out is the same before and after it lapses."""
    roof = a_roof()
    small = replace(roof, hold=replace(roof.hold, shapes=box(2, 16, 8, 22)))
    scene = a_sealed_shop().asks(small).later(hours=5).objects("bao")
    assert not scene.scene.record.way_out_is_old


def test_an_open_unit_of_a_party_counts_as_occupied() -> None:
    """A stall at the hall's east end: only the hall itself is shut in there, and it is Bao's."""
    plan = with_doors()
    bare = replace(plan, openings=tuple(x for x in plan.openings if x.kind is OpeningKind.EXIT))
    scene = a_scene().with_plan(bare).hold("burned", shape=box(10, 9.9, 19, 14.1))
    assert shut_in(sealed(scene)) == {"hall"}
    with pytest.raises(ShutsIn):
        sealed(scene.parties(bao=("hall",)))


def test_a_plan_says_what_it_draws_no_way_out_for() -> None:
    before = a_scene()
    course = keep_way_out(before.scene, before.with_plan(with_doors()).begin())
    assert "201" in course.scene.record.way_out.undrawn
