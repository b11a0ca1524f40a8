"""The law of custody: whatever goes on around the seal, its bytes are the same."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from service.domain.errors import Refusal
from service.domain.holds import HoldKind
from service.domain.posted_notice import NoticePosted
from service.domain.scene import Scene
from service.domain.supplies import Supply, SupplyRecorded
from service.domain.tape_watch import take_down_tape
from service.domain.transferring import answer_transfer, offer_transfer
from storage.serialise import to_text
from tests.custody_builders import (
    Watch,
    a_check,
    a_notice,
    a_supply,
    a_tape,
    a_transfer,
    an_entry,
    down,
    on_unit,
)
from tests.scene_builders import NOON, REVIEWER, a_sealed_market, uid

UNITS = ("101", "102", "105", "hall", "104")
BUILDING = a_sealed_market().hold("gas", HoldKind.HAZARD, box(1, 15, 4, 18))
Step = Callable[[Watch, str], Watch]


def _taken_down(watch: Watch, unit: str) -> Watch:
    tape = watch.custody.tapes[-1] if watch.custody.tapes else a_tape()
    return watch.after(take_down_tape(tape, down(), now=watch.now))


def _answered(watch: Watch, unit: str) -> Watch:
    pending = watch.custody.pending or a_transfer()
    event = answer_transfer(pending, accepts=unit == "101", answer="", by=REVIEWER.id, at=NOON)
    return watch.after(event)


STEPS: dict[str, Step] = {
    "ask": lambda watch, unit: watch.asked(f"to {unit}", unit),
    "grant": lambda watch, unit: watch.granted(f"to {unit}", hazards={uid("gas"): "seen"}),
    "refuse": lambda watch, unit: watch.refused(f"to {unit}"),
    "enter": lambda watch, unit: watch.entered(an_entry(f"in {unit}"), access=f"to {unit}"),
    "tape": lambda watch, unit: watch.taped(a_tape(f"tape {unit}", on_unit(unit))),
    "check": lambda watch, unit: watch.checked(a_check(f"of {unit}", f"tape {unit}")),
    "take down": _taken_down,
    "notice": lambda watch, unit: watch.after(NoticePosted(notice=a_notice(unit))),
    "gas": lambda watch, unit: watch.after(SupplyRecorded(record=a_supply(Supply.GAS, unit))),
    "offer": lambda watch, unit: watch.after(offer_transfer(a_transfer(unit), scene=watch.scene)),
    "answer": _answered,
}


def sealed_bytes(scene: Scene) -> str:
    return to_text((scene.version, scene.record, scene.seal.cells))


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(UNITS)), max_size=25))
def test_no_course_of_custody_changes_a_byte_of_the_seal(course: list[tuple[str, str]]) -> None:
    watch = Watch(scene=BUILDING.scene)
    before = sealed_bytes(watch.scene)
    taken = 0
    for step, unit in course:
        try:
            watch = STEPS[step](watch.later(minutes=1), unit)
        except (Refusal, AssertionError):
            continue
        taken += 1
    assert watch.custody.version == taken
    assert sealed_bytes(watch.scene) == before
