"""Reports that contradict themselves, the clock or a table; double reports; id numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import Point

from service.domain.doubles import DoubleRule, near_ones, region_of
from service.domain.errors import ReportInvalid
from service.domain.finding_times import check_times
from service.domain.findings import Custody, Finding, PartyNotReached
from service.domain.id_number import is_id_number, masked
from service.domain.incident import RecordedHazard, State, Utilities, Utility
from service.domain.incident_query import Around, folded, searched_text
from service.domain.report_checks import check_heard, check_report
from service.domain.statement import Signature
from service.domain.words import Words
from tests.fires import CALLED_AT, CREW, NOW, a_fire, a_statement, located
from tests.scene_builders import evidence

HAZARD = RecordedHazard(id=UUID(int=50), what="吊顶松动", unit_ids=("101",))
LATE = NOW + timedelta(minutes=11)
RULE = DoubleRule(reach_m=200, within=timedelta(hours=2), steps_up=1, reason=Words("近", "near"))


def faults(**changes: Any) -> list[str]:
    """The pointers of what is wrong with the fire's report."""
    try:
        check_report(a_fire(**changes).report, now=NOW, divisions=frozenset({"1501"}))
    except ReportInvalid as refusal:
        return [fault.pointer for fault in refusal.faults]
    return []


def test_a_usual_report_is_accepted() -> None:
    assert faults(hazards=(HAZARD,)) == []


def test_a_clock_may_be_ten_minutes_ahead() -> None:
    ahead = NOW + timedelta(minutes=10)
    assert faults(called_at=ahead, response_ended_at=None) == []
    assert faults(called_at=LATE, response_ended_at=None) == ["/called_at"]


def test_no_fire_was_called_in_before_2000() -> None:
    before = datetime(1999, 12, 31, tzinfo=UTC)
    assert faults(called_at=before, response_ended_at=None) == ["/called_at"]


def test_a_response_does_not_end_before_the_call() -> None:
    assert faults(response_ended_at=CALLED_AT - timedelta(seconds=1)) == ["/response_ended_at"]


def test_nothing_is_restored_or_cleared_in_the_future() -> None:
    utilities = Utilities(power=Utility(restored_at=LATE))
    hazards = (replace(HAZARD, cleared_at=LATE),)
    assert faults(utilities=utilities, hazards=hazards) == [
        "/utilities/power/restored_at",
        "/hazards/0/cleared_at",
    ]


def test_every_id_stands_once_and_a_hazard_names_units_concerned() -> None:
    unit = a_fire().units[0]
    assert faults(units=(unit, unit)) == ["/units/1/id"]
    assert faults(hazards=(HAZARD, HAZARD)) == ["/hazards/1/id"]
    assert faults(hazards=(replace(HAZARD, unit_ids=("102",)),)) == ["/hazards/0/unit_ids/0"]


def test_a_place_outside_the_region_is_refused() -> None:
    assert faults(place=replace(a_fire().place, division_code="110101")) == ["/place/division_code"]


def test_a_hearing_and_its_signature_lie_in_the_past() -> None:
    signature = Signature(strokes=(), digest="", device="", officer_present=CREW.id, signed_at=LATE)
    check_heard(a_statement(), None, called_at=CALLED_AT, now=NOW)
    with pytest.raises(ReportInvalid) as refusal:
        check_heard(a_statement(heard_at=LATE), signature, called_at=CALLED_AT, now=NOW)
    assert [fault.pointer for fault in refusal.value.faults] == [
        "/heard_at",
        "/signature/signed_at",
    ]


def at(metres_east: float, **changes: Any) -> Any:
    """A fire so far east of the usual one."""
    spot = located(Point(111.67 + metres_east / 84_350, 40.82))
    return a_fire(place=replace(a_fire().place, location=spot), **changes)


def test_a_report_near_in_place_and_time_is_perhaps_the_same_fire() -> None:
    near, far = at(150), at(250)
    late = at(10, called_at=CALLED_AT + timedelta(hours=2, seconds=1))
    found = near_ones(a_fire(), [far, near, late], rule=RULE)
    assert [each.incident for each in found] == [near]
    assert found[0].distance_m == pytest.approx(150, abs=1)


def test_itself_drills_joined_ones_and_strangers_are_not_the_same_fire() -> None:
    fire = a_fire()
    others = [
        fire,
        at(1, drill=True),
        at(1, state=State.JOINED),
        at(1, state=State.STRUCK_OFF),
        at(1, station_path="/1/2/9/4/"),
    ]
    assert near_ones(fire, others, rule=RULE) == ()


def test_a_station_lies_in_the_region_of_its_brigade() -> None:
    assert region_of("/1/2/3/4/", steps_up=1) == "/1/2/3/"
    assert region_of("/1/", steps_up=1) == "/1/"


def test_a_circle_holds_what_lies_within_its_reach() -> None:
    circle = Around(lon=111.67, lat=40.82, reach_m=200)
    west, south, east, north = circle.box()
    assert west < 111.67 < east
    assert south < 40.82 < north
    assert (circle.holds(at(199)), circle.holds(at(201))) == (True, False)


def test_what_is_searched_names_no_number_of_a_person() -> None:
    words = searched_text(a_fire())
    assert "张三" in words
    assert "11010519491231002" not in words
    assert folded("KTV") == "ktv"
    assert "插座" not in searched_text(a_fire(cause=None, origin=None))


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("11010519491231002X", True),  # GB 11643-1999, its own example
        ("110105194912310021", False),
        ("110105194913310029", False),
        ("91350100M000100Y43", True),  # GB 32100-2015, its own example
        ("91350100M000100Y44", False),
        ("91350100I000100Y43", False),
        ("E12345678", True),
        ("e12345678", False),
        ("1234", False),
    ],
)
def test_a_number_is_known_by_its_check_character(number: str, good: bool) -> None:
    assert is_id_number(number) is good


def test_a_masked_number_shows_its_ends_only() -> None:
    assert masked("11010519491231002X", head=4, tail=4) == "1101**********002X"
    assert masked("1234567", head=4, tail=4) == "*******"
    assert masked(None, head=4, tail=4) is None


def test_nobody_is_heard_before_the_call_by_more_than_clocks_may_differ() -> None:
    just = CALLED_AT - timedelta(minutes=10)
    check_heard(a_statement(heard_at=just), None, called_at=CALLED_AT, now=NOW)
    with pytest.raises(ReportInvalid) as refused:
        before = a_statement(heard_at=just - timedelta(seconds=1))
        check_heard(before, None, called_at=CALLED_AT, now=NOW)
    assert [fault.pointer for fault in refused.value.faults] == ["/heard_at"]


AN_HOUR, EVER = timedelta(hours=1), timedelta(days=365 * 1000)


@pytest.mark.parametrize(
    ("custody", "pointers"),
    [
        ((AN_HOUR, 2 * AN_HOUR), []),
        ((2 * AN_HOUR, AN_HOUR), ["/custody/1/at"]),
        ((-AN_HOUR, AN_HOUR), ["/custody/0/at"]),
        ((AN_HOUR, EVER), ["/custody/1/at"]),
    ],
)
def test_evidence_goes_from_hand_to_hand_in_order_after_the_call(
    custody: tuple[timedelta, ...], pointers: list[str]
) -> None:
    hands = tuple(Custody(holder="王", at=CALLED_AT + after, place="室") for after in custody)
    assert told_wrongly(evidence("kettle", custody=hands)) == pointers


@pytest.mark.parametrize("after", [-AN_HOUR, EVER])
def test_nobody_is_served_before_the_call_or_in_the_future(after: timedelta) -> None:
    served = (CALLED_AT + after, CALLED_AT + AN_HOUR)
    away = PartyNotReached(id=UUID(int=1), party_id=UUID(int=2), served_at=served, ground="x")
    assert told_wrongly(away) == ["/served_at/0"]


def told_wrongly(finding: Finding) -> list[str]:
    """The pointers of what a finding tells at a time that cannot be."""
    try:
        check_times(finding, called_at=CALLED_AT, now=NOW)
    except ReportInvalid as refusal:
        return [fault.pointer for fault in refusal.faults]
    return []
