"""What a phone without a signal found is weighed against the present, never applied to the past."""

from dataclasses import replace

import pytest
from shapely import box

from service.domain.findings import Stage, made_on
from service.domain.holds import HoldKind
from service.domain.origin import has_agreed
from service.domain.scene_refusals import HoldCleared
from tests.scene_builders import (
    Building,
    a_sealed_market,
    a_survey,
    decided,
    evidence,
    no_objection,
    uid,
)


def a_later_hold(scene: Building) -> Building:
    """Burning is found in 102 again, behind a ceiling, while the phone is away."""
    return scene.hold("ceiling", HoldKind.BURNED_AREA, box(12, 16, 18, 22))


def test_a_survey_does_not_clear_what_was_opened_after_it() -> None:
    known = a_sealed_market()
    late = a_later_hold(known).record(made_on(a_survey("102"), known.version))
    assert "102" in late.units
    holds = {cell.unit: cell.holds for cell in late.scene.seal.cells}
    assert holds["102"] == {uid("ceiling")}


def test_a_survey_clears_what_it_could_know_of() -> None:
    known = a_sealed_market()
    late = known.hold("beside", HoldKind.EVIDENCE, box(32, 16, 34, 18))
    assert "102" not in late.record(made_on(a_survey("102"), known.version)).units
    assert "102" not in a_later_hold(known).surveyed("102").units


def test_zones_surveyed_before_a_hold_was_opened_do_not_add_up_for_it() -> None:
    known = a_sealed_market()
    half = a_survey(shape=box(10, 14, 15, 24), stage=Stage.DETAILED, at=1)
    rest = a_survey(shape=box(15, 14, 20, 24), stage=Stage.DETAILED, at=2)
    late = a_later_hold(known).record(made_on(half, known.version))
    assert "102" in late.record(rest).units
    assert "102" not in a_later_hold(known).record(half).record(rest).units


def test_a_word_given_before_an_objection_does_not_come_after_it() -> None:
    known = a_sealed_market().parties("bao")
    late = known.objects("bao").record(decided(keeps=False))
    stale = late.record(made_on(no_objection("bao"), known.version))
    assert not has_agreed(stale.scene, uid("bao"))
    assert has_agreed(late.agrees("bao").scene, uid("bao"))


def test_an_older_word_does_not_undo_a_newer_one() -> None:
    known = a_sealed_market().parties("bao")
    late = known.objects("bao").record(decided(keeps=False)).agrees("bao")
    stale = late.record(made_on(no_objection("bao", at=1), known.version))
    assert has_agreed(stale.scene, uid("bao"))


def test_clearing_what_is_cleared_is_refused_by_name() -> None:
    taken = a_sealed_market().record(evidence("kettle"))
    with pytest.raises(HoldCleared):
        taken.record(replace(evidence("kettle"), id=uid("again")))


def test_only_what_depends_on_it_keeps_the_version_it_was_made_on() -> None:
    assert made_on(evidence("kettle"), 7) == evidence("kettle")
    assert made_on(a_survey("102"), None).made_on is None
    assert made_on(a_survey("102"), 7).made_on == 7
