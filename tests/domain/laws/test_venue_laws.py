"""Every law of sealing again, on real venues."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.domain.laws import test_scene_laws as courses
from tests.domain.laws import test_sealing_laws as laws
from tests.domain.laws import test_tape_laws as tapes
from tests.venues import VENUES, venue_scenes

COUNT = int(os.environ.get("LAW_EXAMPLES", "300")) // 60
LAWS = (
    laws.test_the_cells_agree_with_the_slow_computation,
    laws.test_no_two_cells_of_a_level_overlap,
    tapes.test_a_tape_never_cuts_into_the_claim_and_meets_it_in_each_unit,
)
SEEDED = (
    laws.test_order_does_not_matter,
    laws.test_closed_units_are_whole_and_no_cell_is_an_orphan,
    laws.test_clearing_more_or_surveying_more_never_leaves_more_sealed,
    laws.test_what_if_is_what_clearing_frees,
    laws.test_a_new_hold_inside_seals_nothing_and_releases_nothing,
    laws.test_a_level_is_untouched_by_what_happens_on_another,
)


@pytest.mark.shared_cases
@pytest.mark.parametrize("venue", VENUES)
def test_the_laws_hold_on_a_real_venue(shared_cases: Path, venue: str) -> None:
    file = shared_cases / "plans" / f"{venue}.geojson"
    for seed, scene in enumerate(venue_scenes(file, COUNT)):
        for law in LAWS:
            law.hypothesis.inner_test(scene)
        for law in SEEDED:
            law.hypothesis.inner_test(scene, seed)
        building = courses.sealed(scene)
        courses.laws_hold_over_a_course(building, Random(seed))
        courses.laws_hold_of_clearing(building, seed)
