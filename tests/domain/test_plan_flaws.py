"""Real plans' flaws, each by hand and on every venue: mended and said, or refused by name.

Rooms are about 8 by 11 m side by side, in Hohhot:  room(0) room(1) room(2)
"""

import json
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.market_plan import imdf, market
from service.domain.errors import PlanInvalid, Refusal
from service.domain.mending import mend_plan
from service.domain.mends import Mend
from service.domain.plan import Plan
from service.domain.plan_doubts import doubts
from service.domain.plan_import import POSITION_LIMIT, ImportedPlan, import_geojson, import_imdf
from service.domain.plan_placing import Placement
from service.domain.plane import Plane

PLANE = Plane(lon0=111.66, lat0=40.81)
HERE = Placement(lon=111.66, lat=40.81)
METRE = 1 / 84_300
"""A metre east, in degrees, at the latitude of the rooms."""
SAID_OVER_M = 0.01


def ring(index: float, width: float = 1.0) -> list[list[float]]:
    west, east = 111.66 + index * 1e-4, 111.66 + (index + width) * 1e-4
    return [[west, 40.81], [east, 40.81], [east, 40.8101], [west, 40.8101], [west, 40.81]]


def room(id: object, *rings: list[list[float]], **properties: object) -> dict[str, Any]:
    given = {"kind": "closed", "level": "1F", **properties}
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "id": id, "properties": given, "geometry": geometry}


def moved(rings: list[Any], east: float) -> list[Any]:
    return [[[x + east, y] for x, y in one] for one in rings]


def taken(read: Any, **options: Any) -> tuple[ImportedPlan, Plan, tuple[Mend, ...], str]:
    imported = read(plane=PLANE, **options)
    plan, mends = mend_plan(imported.plan)
    sentences = [*imported.notes, *doubts(plan), *(mend.words for mend in mends)]
    return imported, plan, mends, "\n".join(words.en for words in sentences)


def brought(*features: dict[str, Any]) -> tuple[ImportedPlan, Plan, tuple[Mend, ...], str]:
    return taken(partial(import_geojson, {"features": list(features)}))


# --- each flaw by hand ---


def test_overlapping_units_are_cut_and_said_with_both_ids() -> None:
    """a and b share a strip of 1 m: the smaller, or else the first, keeps it."""
    _, plan, _, said = brought(room("a", ring(0)), room("b", ring(1 - 1e4 * METRE, 2)))
    assert "a, b overlap by 11." in said
    assert plan.unit("a").shape.intersection(plan.unit("b").shape).area == pytest.approx(0)


def test_a_gap_under_a_centimetre_is_closed_and_one_of_three_is_left_and_said() -> None:
    for gap_m, words in ((0.006, "a gap under 1 cm beside b, a was closed"), (0.03, "a | b")):
        _, plan, _, said = brought(room("a", ring(0)), room("b", ring(1 + gap_m * METRE * 1e4)))
        assert words in said
        apart = plan.unit("a").shape.distance(plan.unit("b").shape)
        assert apart == pytest.approx(0 if gap_m < 0.01 else gap_m, abs=0.002)


def test_an_id_used_twice_is_changed_and_said_and_a_level_may_share_a_unit_s() -> None:
    level = room("a", ring(0, 9), kind="level", name="1F")
    _, plan, _, said = brought(level, room("a", ring(0), level="a"), room("a", ring(2), level="a"))
    assert [unit.id for unit in plan.units()] == ["a", "a-1", "ground"]
    assert "ids used twice were changed: a → a-1" in said
    assert plan.levels[0].outline is not None
    twice = room("L", ring(0, 9), kind="level", name="1F")
    assert "L → L-1" in brought(twice, twice, room("a", ring(0), level="L"))[3]


def test_hundreds_of_one_id_are_told_apart() -> None:
    same = [room("x", ring(n % 50 * 2)) for n in range(400)]
    imported = import_geojson({"features": same}, plane=PLANE)
    assert len({unit.id for unit in imported.plan.levels[0].units}) == 400


def test_a_hole_nobody_fills_is_said() -> None:
    inner = [[x, y] for x, y in ring(0.25, 0.5)]
    small = [[x, 40.81003 if y < 40.81005 else 40.81007] for x, y in inner]
    _, plan, _, said = brought(room("yard", ring(0), small, kind="open"))
    assert "holes in units belong to none: yard (18." in said
    assert len(plan.unit("yard").shape.interiors) == 1


def test_a_sliver_is_kept_and_said() -> None:
    _, plan, _, said = brought(room("a", ring(0)), room("s", ring(1, 0.02)))
    assert "units narrower than 0.3 m may be scraps of drawing: s" in said
    assert plan.unit("s").shape.area == pytest.approx(1.87, abs=0.02)


def test_a_unit_without_a_level_lies_on_the_ground_and_that_is_said() -> None:
    _, plan, _, said = brought(room("a", ring(0)), room("b", ring(1), level=None))
    assert plan.unit("b").level == "1F"
    assert "features that name no level lie on the ground level" in said


def test_winding_changes_nothing() -> None:
    _, one, _, _ = brought(room("a", ring(0)), room("b", ring(1)))
    _, other, _, _ = brought(room("a", ring(0)[::-1]), room("b", ring(1)))
    assert all(a.shape.equals(b.shape) for a, b in zip(one.units(), other.units(), strict=True))


def test_missing_doors_are_said() -> None:
    assert "no doors are drawn" in brought(room("a", ring(0)))[3]


def test_too_many_positions_are_refused_at_the_feature() -> None:
    wave = [[111.66 + n * 1e-7, 40.81 + n % 2 * 1e-7] for n in range(9_000)]
    line = {"type": "LineString", "coordinates": wave}
    many = [
        {"type": "Feature", "geometry": line, "properties": {"feature_type": "fixture"}}
        for _ in range(POSITION_LIMIT // 9_000 + 1)
    ]
    with pytest.raises(PlanInvalid, match="positions in all") as refusal:
        import_geojson({"features": many}, plane=PLANE)
    assert refusal.value.faults[0].pointer == "/features/22"


def test_a_unit_that_cannot_be_mended_is_named() -> None:
    flat = [[111.66, 40.81], [111.661, 40.81], [111.66, 40.81]]
    with pytest.raises(PlanInvalid, match="203") as refusal:
        brought(room("a", ring(0)), room("203", flat))
    assert refusal.value.faults[0].pointer == "/features/1/geometry"


# --- on every venue, whole and damaged ---


@cache
def venue(file: Path | None) -> str:
    """The market that ships, or one of ../shared/cases, as text."""
    return json.dumps(market()) if file is None else file.read_text("utf-8")


def polygons(document: Any) -> list[Any]:
    found = [f for f in document["features"] if (f["geometry"] or {}).get("type") == "Polygon"]
    return [f for f in found if f["properties"].get("kind") != "level"]


def drop_levels(document: Any, random: Random) -> None:
    for feature in random.sample(polygons(document), 3):
        for name in ("level", "level_id"):
            feature["properties"].pop(name, None)


def double_ids(document: Any, random: Random) -> None:
    one, other = random.sample(polygons(document), 2)
    for feature in (one, other):
        feature["id"] = feature["properties"]["id"] = "twice"


def shift(document: Any, random: Random) -> None:
    feature = random.choice(polygons(document))
    geometry = feature["geometry"]
    geometry["coordinates"] = moved(geometry["coordinates"], 0.03 * METRE)


def reverse(document: Any, random: Random) -> None:
    for feature in random.sample(polygons(document), 5):
        feature["geometry"]["coordinates"] = [r[::-1] for r in feature["geometry"]["coordinates"]]


def add_sliver(document: Any, random: Random) -> None:
    feature = deepcopy(random.choice(polygons(document)))
    (x, y), (u, v) = feature["geometry"]["coordinates"][0][:2]
    feature["geometry"]["coordinates"] = [[[x, y], [u, v], [u + 1e-8, v + 2e-6], [x, y]]]
    feature["id"] = feature["properties"]["id"] = "sliver"
    document["features"].append(feature)


def cross(document: Any, random: Random) -> None:
    shell = random.choice(polygons(document))["geometry"]["coordinates"][0]
    shell[1], shell[2] = shell[2], shell[1]


def lose_a_corner(document: Any, random: Random) -> None:
    shell = random.choice(polygons(document))["geometry"]["coordinates"][0]
    shell[1] = [None, None]


def flatten(document: Any, random: Random) -> None:
    shell = random.choice(polygons(document))["geometry"]["coordinates"][0]
    shell[:] = [shell[0], shell[1], shell[0]]


def drop_doors(document: Any, random: Random) -> None:
    kinds = {"Point", "LineString", "MultiLineString"}
    document["features"] = [
        f for f in document["features"] if (f["geometry"] or {}).get("type") not in kinds
    ]


DAMAGES = (drop_levels, double_ids, shift, reverse, add_sliver, cross, lose_a_corner, flatten,
           drop_doors)  # fmt: skip


def must_be_honest(document: Any, read: Any = None) -> None:
    """Nothing changes by over a centimetre, or goes, without being said of; or a named refusal."""
    try:
        imported, plan, mends, said = taken(
            read or partial(import_geojson, document), placement=HERE
        )
    except Refusal as refusal:
        assert all(fault.pointer and fault.wrong.zh and fault.remedy.en for fault in refusal.faults)
        return
    told = {id for mend in mends for id in mend.units}
    after = {unit.id: unit for unit in plan.units()}
    for level in imported.plan.levels:
        for unit in level.units:
            if unit.id not in told:
                off = shapely.hausdorff_distance(unit.shape.boundary, after[unit.id].shape.boundary)
                assert off <= SAID_OVER_M, unit.id
    crossed = sum(not shapely.geometry.shape(f["geometry"]).is_valid for f in polygons(document))
    assert not crossed or "crossed themselves" in said or "without an area" in said


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_an_imdf_archive_damaged_is_taken_with_notes_or_refused_by_name(damage: Any) -> None:
    files: dict[str, Any] = json.loads(json.dumps(imdf()))
    damage(files["unit.geojson"], Random(7))
    must_be_honest(files["unit.geojson"], partial(import_imdf, files))


def files(shared_cases: Path) -> list[Path | None]:
    return [None, *sorted((shared_cases / "plans").glob("*.geojson"))]


@pytest.mark.shared_cases
def test_every_venue_is_taken_and_nothing_is_changed_unsaid(shared_cases: Path) -> None:
    for file in files(shared_cases):
        must_be_honest(json.loads(venue(file)))


@pytest.mark.shared_cases
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_every_venue_damaged_is_taken_with_notes_or_refused_by_name(
    shared_cases: Path, damage: Any
) -> None:
    for file in files(shared_cases):
        document = json.loads(venue(file))
        damage(document, Random(file.name if file else "market"))
        must_be_honest(document)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_a_market_damaged_anyhow_is_taken_with_notes_or_refused_by_name(
    damages: list[Any], seed: int
) -> None:
    document = json.loads(venue(None))
    for damage in damages:
        damage(document, Random(seed))
    must_be_honest(document)
