"""What is late at a scene: by its record and a time alone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from schemas.rules import rulebook
from service.domain import findings as f
from service.domain.deadlines import Matter, Warned, warnings_at, warns_from
from service.domain.extensions import Asking
from service.domain.history import present
from service.domain.holds import Hold, HoldKind
from service.domain.scene_refusals import SealNotSet
from tests.scene_builders import (
    LEAD,
    NOON,
    Building,
    a_market,
    a_release,
    a_scene,
    a_sealed_market,
    decided,
    uid,
)

TERMS = rulebook().terms
HOURS = timedelta(hours=1)


def told(building: Building, now: datetime | None = None) -> tuple[Warned, ...]:
    now = now or building.now
    return warnings_at(present(building.scene, now), terms=TERMS, now=now)


def matters(building: Building, now: datetime | None = None) -> list[Matter]:
    return [each.matter for each in told(building, now)]


def reviewed(building: Building) -> Building:
    again = f.SealReviewed(id=uid(f"again {building.version}"), ground="the flue is not done")
    return building.record(again)


def a_roof() -> Asking:
    hold = Hold(
        id=uid("roof"), kind=HoldKind.HAZARD, shapes=box(32, 16, 38, 22), levels=("1",),
        opened_by=LEAD.id, opened_at=NOON, ground="cracks",
    )  # fmt: skip
    return Asking(id=uid("roof"), reason="cracks", hold=hold, at_once=True)


def test_a_seal_not_reviewed_for_a_day_is_late() -> None:
    scene = a_sealed_market()
    assert matters(scene, NOON + 24 * HOURS) == []
    (late,) = told(scene, NOON + 25 * HOURS)
    assert (late.matter, late.late, late.due_at) == (
        Matter.SEAL_NOT_REVIEWED, True, NOON + 24 * HOURS,
    )  # fmt: skip
    assert "24 hours" in late.words.en


def test_a_finding_that_weighs_the_seal_is_a_review_and_so_is_saying_so() -> None:
    scene = a_sealed_market().later(hours=20)
    for again in (reviewed(scene), scene.surveyed("102")):
        assert matters(again, NOON + 25 * HOURS) == []
        assert matters(again, NOON + 45 * HOURS) == [Matter.SEAL_NOT_REVIEWED]


def test_what_parties_say_is_no_review() -> None:
    scene = a_sealed_market().later(hours=20).parties("bao")
    assert matters(scene, NOON + 25 * HOURS) == [Matter.SEAL_NOT_REVIEWED]


def test_a_review_needs_a_seal() -> None:
    with pytest.raises(SealNotSet):
        reviewed(a_market())


def test_a_seal_set_on_an_extension_is_reviewed_from_then_on() -> None:
    scene = a_scene(after_registration=True).with_plan().hold("burned").later(hours=30)
    scene = scene.asks(Asking(id=uid("whole"), reason="a dispute")).approves("whole")
    assert matters(scene, NOON + 40 * HOURS) == []


def test_a_seal_past_its_planned_release_is_late() -> None:
    planned = f.SealSet(id=uid("seal"), ground="survey", planned_release_at=NOON + 3 * HOURS)
    scene = a_market().hold("kettle", HoldKind.EVIDENCE, Point(5, 16)).record(planned)
    assert matters(scene, NOON + 3 * HOURS) == []
    assert matters(scene, NOON + 4 * HOURS) == [Matter.RELEASE_OVERDUE]
    assert matters(scene, NOON + 25 * HOURS) == [Matter.RELEASE_OVERDUE, Matter.SEAL_NOT_REVIEWED]


def test_an_objection_not_decided_in_a_day_is_late_until_it_is() -> None:
    scene = reviewed(a_sealed_market().objects("bao").later(hours=23))
    (late,) = told(scene, NOON + 25 * HOURS)
    assert (late.matter, late.about) == (Matter.OBJECTION_UNDECIDED, uid("objection"))
    assert matters(scene.record(decided(False)), NOON + 25 * HOURS) == []


def test_an_extension_taken_at_once_is_told_of_until_it_is_approved_or_lapses() -> None:
    scene = a_sealed_market().asks(a_roof())
    (told_of,) = told(scene)
    assert (told_of.matter, told_of.late) == (Matter.EXTENSION_LAPSES, False)
    assert told_of.due_at == NOON + 4 * HOURS
    assert matters(scene, NOON + 5 * HOURS) == []
    assert matters(scene.approves("roof")) == []


def test_nothing_is_late_at_a_scene_released_or_wholly_open() -> None:
    scene = a_sealed_market()
    assert matters(scene.record(a_release(scene)), NOON + 99 * HOURS) == []
    small = a_market().hold("roof", HoldKind.HAZARD, box(2, 16, 8, 22)).sealed()
    cleared = small.record(f.HazardCleared(id=uid("c"), hold_id=uid("roof"), ground="safe"))
    assert matters(cleared, NOON + 99 * HOURS) == []
    assert warns_from(a_market().scene, terms=TERMS) is None


@settings(max_examples=60)
@given(st.integers(0, 60), st.booleans(), st.booleans(), st.booleans())
def test_a_scene_has_a_warning_from_the_moment_foretold(
    hours: int, objects: bool, extended: bool, again: bool
) -> None:
    scene = a_sealed_market().later(hours=1)
    scene = scene.objects("bao") if objects else scene
    scene = scene.asks(a_roof()).approves("roof") if extended else scene
    scene = reviewed(scene) if again else scene
    now = scene.now + hours * HOURS
    first = warns_from(present(scene.scene, now), terms=TERMS)
    assert first is not None
    assert bool(matters(scene, now)) == (first < now)
