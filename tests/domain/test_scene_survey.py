"""Surveys: only an exclusion clears, and from the stage that the kind of hold asks for."""

import pytest
from shapely import box

from service.domain.answering import answer
from service.domain.deciding import decide
from service.domain.findings import Outcome, Stage
from service.domain.holds import HoldKind
from service.domain.scene_refusals import (
    LastUnitNotExcluded,
    LevelsMissing,
    NothingSurveyed,
    SealNotSet,
)
from service.domain.survey import survey_finished
from tests.scene_builders import a_market, a_sealed_market, a_survey, uid


@pytest.mark.parametrize("outcome", [Outcome.POSSIBLE, Outcome.UNDETERMINED])
def test_only_an_exclusion_clears(outcome: Outcome) -> None:
    scene = a_sealed_market()
    assert scene.record(a_survey("102", outcome=outcome)).units == scene.units


@pytest.mark.parametrize(
    ("stage", "opened"),
    [
        (Stage.ENVIRONMENT, set()),
        (Stage.PRELIMINARY, {"102"}),
        (Stage.DETAILED, {"102", "105"}),
        (Stage.SPECIALISED, {"102", "105"}),
    ],
)
def test_each_kind_is_cleared_from_its_stage_on(stage: Stage, opened: set[str]) -> None:
    scene = a_sealed_market()
    assert scene.units - scene.surveyed("102", "105", stage=stage).units == opened


def test_evidence_is_never_cleared_by_survey() -> None:
    scene = a_sealed_market().surveyed("101")
    assert "101" in scene.units
    assert {cell.holds for cell in scene.scene.seal.cells if cell.unit == "101"} == {
        frozenset({uid("kettle")})
    }


def test_a_zone_opens_the_part_of_a_hall_that_it_covers() -> None:
    before = a_sealed_market()
    after = before.surveyed(shape=box(0, 10, 10, 14))
    assert before.area_m2 - after.area_m2 == pytest.approx(27, abs=1)
    assert "hall" in after.units


def test_zones_add_up_to_a_closed_unit() -> None:
    scene = a_sealed_market().surveyed(shape=box(10, 14, 15, 24))
    assert "102" in scene.units
    assert "102" not in scene.surveyed(shape=box(15, 14, 20, 24)).units


def test_zones_of_an_earlier_stage_do_not_add_up_for_a_cause() -> None:
    scene = a_sealed_market().surveyed(shape=box(0, 0, 5, 10), stage=Stage.PRELIMINARY)
    assert "105" in scene.surveyed(shape=box(5, 0, 10, 10)).units


def test_zones_before_a_hold_was_opened_do_not_count_for_it() -> None:
    scene = a_sealed_market().surveyed(shape=box(10, 14, 15, 24))
    scene = scene.hold("later", shape=box(12, 16, 18, 22)).surveyed(shape=box(15, 14, 20, 24))
    assert "102" in scene.units


def test_the_last_unit_not_excluded_needs_an_origin() -> None:
    scene = a_sealed_market()
    with pytest.raises(LastUnitNotExcluded):
        scene.surveyed("101", "102", "105", "hall")
    cleared = scene.origin().surveyed("101", "102", "105", "hall")
    assert cleared.units == {"101"}


def test_a_hold_wholly_excluded_is_over() -> None:
    scene = a_sealed_market().surveyed("105")
    assert uid("flue") not in scene.live()


def test_what_is_listed_outside_is_surveyed_too() -> None:
    wide = a_sealed_market().hold("more", shape=box(12, 11, 38, 20))
    outside = wide.scene.record.holds[uid("more")].outside
    assert outside.keys() == {"103", "104", "hall"}
    less = wide.surveyed("103", shape=box(20, 10, 25, 14))
    left = less.scene.record.holds[uid("more")].outside
    assert left.keys() == {"104", "hall"}
    assert left["hall"].area < outside["hall"].area
    assert wide.surveyed("hall").scene.record.holds[uid("more")].outside.keys() == {"103", "104"}


def test_a_hold_that_lies_outside_only_is_over_when_all_is_excluded() -> None:
    beyond = a_sealed_market().hold("more", shape=box(32, 16, 38, 22))
    assert uid("more") not in beyond.surveyed(shape=box(29, 13, 41, 25)).live()
    assert uid("more") in beyond.surveyed("hall").live()


def test_a_survey_names_places_within_a_seal() -> None:
    with pytest.raises(SealNotSet):
        a_market().surveyed("101")
    with pytest.raises(NothingSurveyed):
        a_sealed_market().surveyed()
    bare = a_survey(shape=box(0, 0, 1, 1))
    with pytest.raises(LevelsMissing):
        survey_finished(a_sealed_market().begin(), type(bare)(**{**_members(bare), "levels": ()}))


def _members(finding: object) -> dict[str, object]:
    names = ("id", "stage", "outcome", "ground", "units", "shape", "levels")
    return {name: getattr(finding, name) for name in names}


def test_a_survey_where_nothing_can_be_excluded_changes_nothing() -> None:
    scene = a_market().hold("kettle", HoldKind.EVIDENCE).sealed()
    assert scene.surveyed("101").units == {"101"}


def test_a_crumb_is_summed_and_not_listed() -> None:
    scene = a_sealed_market()
    crumb = a_survey(shape=box(5, 12, 5.4, 12.4))
    found = answer(scene.scene, decide(scene.begin(), [crumb]))
    assert found.released == ()
    assert sum(found.released_m2.values()) == pytest.approx(0.16)
