"""What a seal has cost, by hand: the market of tests/scene_builders.py, shops of 100 m².

Burned 101, 102 and the hall before them; a cause in 105: three closed units.
"""

from datetime import UTC, datetime, timedelta

import pytest
from shapely import LineString, Point, box

from service.domain import findings as f
from service.domain.calendar import month_of
from service.domain.extensions import Asking
from service.domain.figures import figures, total
from service.domain.holds import Hold, HoldKind
from service.domain.seal_cost import Sums, counted
from tests.scene_builders import (
    LEAD,
    NOON,
    Building,
    a_market,
    a_release,
    a_scene,
    a_sealed_market,
    uid,
)
from tests.slow_figures import slow_figures, sums

HOUR = timedelta(hours=1)


def a_shop() -> Building:
    """101 alone is sealed, 100 m²."""
    return a_market().hold("kettle", HoldKind.EVIDENCE, Point(5, 16)).sealed()


def more(unit_x: float, *, at_once: bool = True) -> Asking:
    """A hazard over the northern shop that begins at x."""
    hold = Hold(
        id=uid("roof"), kind=HoldKind.HAZARD, shapes=box(unit_x + 2, 16, unit_x + 8, 22),
        levels=("1",), opened_by=LEAD.id, opened_at=NOON, ground="cracks",
    )  # fmt: skip
    return Asking(id=uid("roof"), reason="cracks", hold=hold, at_once=at_once)


def taken(name: str) -> f.HazardCleared:
    return f.HazardCleared(id=uid(f"{name} cleared"), hold_id=uid(name), ground="safe")


def test_an_extension_counts_from_when_its_cells_join() -> None:
    """One hour 100 m², then two hours 200 m²."""
    scene = a_shop().later(hours=1).asks(more(10)).later(hours=2)
    found = figures(scene.happened, until=scene.now)
    assert found.sealed_m2_hours == pytest.approx(100 + 2 * 200)
    assert found.never_shrank_m2_hours == pytest.approx(100 + 2 * 200)
    assert found.closed_unit_hours == found.never_shrank_closed_unit_hours == 1 + 2 * 2
    assert (found.extensions, found.extension_m2) == (1, pytest.approx(100))


def test_an_extension_approved_later_is_not_counted_twice() -> None:
    scene = a_shop().asks(more(10)).later(hours=1).approves("roof").later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert found.sealed_m2_hours == pytest.approx(2 * 200)
    assert (found.extensions, found.extension_m2) == (1, pytest.approx(100))


def test_an_extension_that_is_only_asked_for_counts_nothing() -> None:
    scene = a_shop().asks(more(10, at_once=False)).later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert (found.sealed_m2_hours, found.extensions) == (pytest.approx(100), 0)


def test_what_is_released_and_sealed_again_counts_once_in_the_seal_that_never_shrank() -> None:
    """102 is burned, surveyed after an hour, and an hour later a roof hangs over it again."""
    scene = a_sealed_market()
    before = scene.area_m2
    scene = scene.later(hours=1).surveyed("102").later(hours=1).asks(more(10)).later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert found.sealed_m2_hours == pytest.approx(3 * before - 100)
    assert found.never_shrank_m2_hours == pytest.approx(3 * before)
    assert found.closed_unit_hours == 3 * 3 - 1
    assert found.never_shrank_closed_unit_hours == 3 * 3


def test_a_lapsed_extension_stays_in_the_seal_that_never_shrank() -> None:
    scene = a_shop().asks(more(10)).later(hours=6)
    found = figures(scene.happened, until=scene.now)
    assert found.closed_unit_hours == 6 + 4
    assert found.never_shrank_closed_unit_hours == 12


def test_a_divided_unit_counts_as_its_parts_in_both() -> None:
    """An hour whole, an hour in two parts."""
    line = LineString([(5, 14), (5, 24)])
    divided = f.UnitDivided(id=uid("divided"), unit_id="101", shape=line, ground="a screen")
    scene = a_shop().later(hours=1).record(divided).later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert found.closed_unit_hours == found.never_shrank_closed_unit_hours == 1 + 2
    assert found.sealed_m2_hours == pytest.approx(found.never_shrank_m2_hours)


def test_nothing_is_counted_after_the_whole_is_released() -> None:
    scene = a_shop().later(hours=2)
    scene = scene.record(a_release(scene)).later(days=30)
    found = figures(scene.happened, until=scene.now)
    assert found.never_shrank_closed_unit_hours == found.closed_unit_hours == 2
    assert found.never_shrank_m2_hours == pytest.approx(200)


def test_a_seal_set_after_a_registration_is_an_extension() -> None:
    scene = a_scene(after_registration=True).with_plan().hold("burned")
    asked = Asking(id=uid("whole"), reason="a late dispute")
    scene = scene.asks(asked).approves("whole").later(hours=1)
    found = figures(scene.happened, until=scene.now)
    assert (found.extensions, found.extension_m2) == (1, pytest.approx(100))
    assert found.closed_unit_hours == 1


def test_a_scene_is_split_at_the_months_bounds_and_its_parts_sum() -> None:
    """Sealed at noon of 2 March; the months are those of Shanghai."""
    scene = a_sealed_market().later(hours=2).surveyed("102").later(days=60).asks(more(10))
    scene = scene.later(hours=3)
    months = [NOON.date().replace(day=1, month=m) for m in (2, 3, 4, 5)]
    cost, _ = counted(scene.happened)
    found = cost.until(scene.now)
    assert sorted(found) == months[1:]
    parts = [found.get(month, Sums()) for month in months]
    for month, part in zip(months, parts, strict=True):
        since, end = month_of(month)
        again = slow_figures(scene.happened, since=since, until=min(end, scene.now))
        assert sums(part) == pytest.approx(sums(again))
    whole = slow_figures(scene.happened, until=scene.now)
    assert sums(total(parts, since=NOON, until=scene.now)) == pytest.approx(sums(whole))
    assert [each.extensions for each in parts] == [0, 0, 0, 1]


def test_a_month_is_one_of_shanghai() -> None:
    since, until = month_of(datetime(2026, 12, 1, tzinfo=UTC).date())
    assert since == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert until == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_before_a_scene_is_opened_it_has_cost_nothing() -> None:
    found = figures(a_shop().happened, until=NOON - HOUR)
    assert (found.since, found.sealed_m2_hours) == (NOON - HOUR, 0.0)


def test_a_scene_begins_with_its_opening() -> None:
    with pytest.raises(ValueError, match="opening"):
        counted([])
