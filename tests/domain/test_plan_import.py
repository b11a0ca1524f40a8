"""Plans from outside: ours, looser ones, IMDF; what is mended, guessed or left out is said.

Rooms are squares of about 8 by 11 m side by side, in Hohhot:  room(0) room(1) room(2)
"""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from scripts.market_plan import SAMPLE, as_text, imdf, market
from service.domain.errors import GeometryInvalid, PlanInvalid, PlanTooFar, Refusal
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, OpeningKind, Unit, UnitKind
from service.domain.plan_import import FEATURE_LIMIT, ImportedPlan, import_geojson, import_imdf
from service.domain.plan_placing import Placement, take_placement
from service.domain.plane import Plane
from tests.geojson import any_json, geometries, oddities

PLANE = Plane(lon0=111.66, lat0=40.81)
HERE = Placement(lon=111.66, lat=40.81, turn_deg=10)


def room(index: int, width: float = 1.0) -> dict[str, Any]:
    west, east = 111.66 + index * 1e-4, 111.66 + (index + width) * 1e-4
    ring = [[west, 40.81], [east, 40.81], [east, 40.8101], [west, 40.8101], [west, 40.81]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_level_that_states_no_ordinal_is_told_from_its_name() -> None:
    imported = brought(
        feature(room(0, 9), "2F", kind="level", name="二层"),
        feature(room(1), "A", kind="closed", level="2F"),
    )
    assert [level.id for level in imported.plan.levels] == ["2F"]


def line(west: float, east: float) -> dict[str, Any]:
    """A line along the south wall, from and to tenths of a millidegree."""
    ends = [[111.66 + west * 1e-4, 40.81], [111.66 + east * 1e-4, 40.81]]
    return {"type": "LineString", "coordinates": ends}


def feature(geometry: object, id: object = None, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "id": id, "properties": properties, "geometry": geometry}


def brought(*features: object, **options: Any) -> ImportedPlan:
    document = {"type": "FeatureCollection", "features": list(features)}
    return import_geojson(document, **{"plane": PLANE, **options})


def units(plan: DrawnPlan) -> dict[str, Unit]:
    return {unit.id: unit for level in plan.levels for unit in level.units}


def said(imported: ImportedPlan) -> str:
    return "\n".join(words.en for words in imported.notes)


def pointer_of(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return refusal.value.faults[0].pointer


# --- our own format ---


def test_the_sample_market_comes_in_without_a_flaw() -> None:
    imported = import_geojson(market(), plane=PLANE)
    assert imported.notes == ()
    plan, mends = mend_plan(imported.plan)
    assert mends == ()
    ground, upper = plan.levels
    assert [(level.id, level.name, level.ordinal) for level in (ground, upper)] == [
        ("1F", "一层", 0),
        ("2F", "二层", 1),
    ]
    closed = [unit for unit in plan.units() if unit.kind is UnitKind.CLOSED]
    assert len(closed) == 53
    assert plan.unit("101").name == "101 兴旺五金"
    assert plan.unit("101").shape.area == pytest.approx(5.76 * 9.76, abs=0.02)
    assert plan.unit("院子").kind is UnitKind.OPEN
    assert all(len(opening.joins) == 2 for opening in plan.openings if not opening.levels)


def test_the_sample_on_file_is_what_the_script_draws() -> None:
    assert SAMPLE.read_text("utf-8") == as_text(market())


def test_stairs_and_lifts_are_floor_and_links() -> None:
    imported = import_geojson(market(), plane=PLANE)
    links = {opening.id: opening for opening in imported.plan.openings if opening.levels}
    assert links["1F-楼梯一-link"].kind is OpeningKind.STAIR
    assert links["1F-电梯-link"].levels == ("1F", "2F")
    assert units(imported.plan)["1F-楼梯一"].kind is UnitKind.OPEN
    assert units(imported.plan)["1F-电梯"].kind is UnitKind.CLOSED


def test_a_stair_links_the_levels_where_one_stands_above() -> None:
    imported = brought(
        feature(room(0), "S1", level="1F", kind="stair"),
        feature(room(0), "S2", level="2F", kind="stair"),
        feature(room(4), "S3", level="2F", kind="stair", levels=["1F", "9F", 3]),
    )
    assert [opening.levels for opening in imported.plan.openings] == [
        ("1F", "2F"),
        ("1F", "2F"),
        ("1F", "2F"),
    ]


def test_a_door_joins_what_it_says_or_what_lies_beside_it() -> None:
    imported = brought(
        feature(room(0), "a", kind="closed"),
        feature(room(1), "b", kind="open"),
        feature(line(0.9, 1.1), "told", kind="door", joins=["b", "nowhere", None]),
        feature(line(0.9, 1.1), "near", kind="door", width_m=0.9),
        feature(line(0.4, 0.6), "out", kind="exit", width_m=500),
        feature(line(30, 30.2), "far", kind="door"),
        feature({"type": "Point", "coordinates": [111.66, 40.81]}, "point", kind="door"),
        feature(line(0, 0.1), "upstairs", kind="door", level="5F"),
    )
    joins = {opening.id: opening.joins for opening in imported.plan.openings}
    assert joins["told"] == ("b",)
    assert sorted(joins["near"]) == ["a", "b"]
    assert joins["out"] == ("a", "ground")
    assert joins["far"] == joins["upstairs"] == ()
    widths = {opening.id: opening.width_m for opening in imported.plan.openings}
    assert widths["near"] == 0.9
    assert widths["told"] == pytest.approx(1.687, abs=0.01)
    assert widths["out"] is widths["point"] is None
    assert "doors join units that are not there: nowhere" in said(imported)
    assert "doors beside no unit: far, upstairs" in said(imported)


def test_a_level_may_be_an_outline_only() -> None:
    imported = brought(feature(room(0, 9), "1F", kind="level", ordinal=0))
    assert imported.plan.levels[0].outline is not None
    assert brought().plan == DrawnPlan()


def test_levels_of_one_storey_become_one() -> None:
    imported = brought(
        feature(room(0), "A", kind="level", ordinal=0),
        feature(room(1), "B", kind="level", ordinal=0),
        feature(None, "C", kind="level", ordinal=-1, name="地下车库"),
        feature(room(2), "D", kind="level", ordinal=0, outdoor=True),
        feature(room(0), "a", kind="closed", level="A"),
        feature(room(1), "b", kind="closed", level="B"),
        feature(room(2), "c", kind="closed", level="C"),
    )
    below, ground = imported.plan.levels
    assert (below.name, below.outline, ground.id) == ("地下车库", None, "A")
    assert [unit.id for unit in ground.units] == ["a", "b"]
    assert ground.outline is not None
    assert ground.outline.area == pytest.approx(units(imported.plan)["a"].shape.area * 2, rel=1e-3)
    assert "levels of one storey were joined" in said(imported)


@pytest.mark.parametrize(
    ("names", "ordinals"),
    [
        (["0", "1", "2"], [0, 1, 2]),
        (["1", "2", "-1"], [0, 1, -1]),
        (["1F", "2F", "B1"], [0, 1, -1]),
        (["一层", "十层", "负一层", "地下2层"], [0, 9, -1, -2]),
        (["F1", "3楼", "首层"], [0, 2, 0]),
        (["L2", "夹层", "roof"], [1, 2, 3]),
    ],
)
def test_storeys_are_told_from_their_names(names: list[str], ordinals: list[int]) -> None:
    imported = brought(
        *(feature(room(i), f"u{i}", kind="closed", level=name) for i, name in enumerate(names))
    )
    level_of = {u.id: level.ordinal for level in imported.plan.levels for u in level.units}
    assert [level_of[f"u{i}"] for i in range(len(names))] == ordinals


def test_what_names_no_level_lies_on_the_ground() -> None:
    alone = brought(feature(room(0), "a", kind="closed"))
    assert [(x.id, x.name, x.ordinal) for x in alone.plan.levels] == [("1F", "1F", 0)]
    beside = brought(
        feature(room(0), "a", kind="closed", level="null"), feature(room(1), "b", level=0)
    )
    assert [(x.id, x.name) for x in beside.plan.levels] == [("0", "1F")]
    none_there = brought(
        feature(None, "1F", kind="level", ordinal=3), feature(room(1), "b", kind="closed")
    )
    assert [(x.id, x.ordinal) for x in none_there.plan.levels] == [("1F-0", 0), ("1F", 3)]


# --- looser files ---


def test_loose_words_are_understood() -> None:
    imported = brought(
        feature(room(0), "a", feature_type="unit", category="walkway"),
        feature(room(1), "b", feature_type="corridor", category="null"),
        feature(room(2), "c", feature_type="unit", category="restaurant"),
        feature(room(3), "d", feature_type="unit", category="elevator"),
        feature(room(4), "e", feature_type="unkown"),
        feature(room(5), "f", feature_type="venue"),
        feature(line(0, 0.1), "g", feature_type="opening", category="emergencyexit"),
        feature(line(0, 0.1), "h", feature_type="opening", category="stairs"),
        {"type": "Feature", "geometry": room(6), "feature_type": "unit", "id": 7.0},
        feature(None, "i", feature_type="opening"),
    )
    kinds = {id: unit.kind.value for id, unit in units(imported.plan).items()}
    assert kinds == {
        "a": "open", "b": "open", "c": "closed", "d": "closed", "e": "closed", "7": "closed"
    }  # fmt: skip
    assert [(o.id, o.kind.value) for o in imported.plan.openings] == [
        ("d-link", "lift"), ("g", "exit"), ("h", "door")
    ]  # fmt: skip
    assert "of unknown kind, taken as closed: e" in said(imported)
    assert "features a plan has no use for were left out: f" in said(imported)


def test_names_come_in_any_language_and_null_is_no_name() -> None:
    imported = brought(
        feature(room(0), "a", kind="closed", name={"en": "Shop", "zh": "商铺"}),
        feature(room(1), "b", kind="closed", name={"fr": "Boutique", "en": None}),
        feature(room(2), "c", kind="closed", name="null"),
        feature(room(3), "d", kind="closed", name="一\n二\ud800"),
        feature(room(4), "e", kind="closed", name=True),
        feature(room(5), "f", kind="closed", name=10**30),
    )
    names = [unit.name for unit in imported.plan.levels[0].units]
    assert names == ["商铺", "Boutique", "c", "一 二", "e", "f"]


def test_ids_used_twice_are_changed_and_missing_ones_made() -> None:
    imported = brought(
        feature(room(0), "a", kind="closed"),
        feature(room(1), "a", kind="closed"),
        feature(room(2), "ground", kind="closed"),
        feature(room(3), kind="closed"),
        feature(room(4), "a-1", kind="closed"),
    )
    assert list(units(imported.plan)) == ["a", "a-2", "ground-1", "1F-closed-1", "a-1"]
    assert "ids used twice were changed: a → a-2, ground → ground-1" in said(imported)


def test_flawed_rings_altitudes_and_labels_are_dealt_with_and_said() -> None:
    square = room(0)["coordinates"][0]
    bow = {"type": "Polygon", "coordinates": [[square[i] for i in (0, 2, 1, 3, 0)]]}
    open_ring = {
        "type": "Polygon",
        "coordinates": [[[*xy, 9.0] for xy in room(1)["coordinates"][0][:-1]]],
    }
    parts = {
        "type": "MultiPolygon",
        "coordinates": [room(2)["coordinates"], room(3)["coordinates"]],
    }
    marks = {"type": "MultiLineString", "coordinates": [[square[0], square[0]], [square[0]]]}
    imported = brought(
        feature(bow, "bow", feature_type="unit"),
        feature(open_ring, "open", feature_type="unit"),
        feature(parts, "parts", feature_type="unit"),
        feature({"type": "MultiPoint", "coordinates": [square[0]]}, "label", feature_type="unit"),
        feature(line(0, 5), "fence", feature_type="unit"),
        feature({"type": "Point", "coordinates": []}, "empty", feature_type="unit"),
        feature({"type": "Polygon", "coordinates": [square[:1]]}, "speck", feature_type="unit"),
        feature(marks, "marks", feature_type="unit"),
    )
    assert list(units(imported.plan)) == ["bow", "open", "parts"]
    assert [(o.id, o.kind.value, o.width_m) for o in imported.plan.openings] == [
        ("marks", "door", None)
    ]
    assert all(shapely.is_valid(unit.shape) for unit in units(imported.plan).values())
    assert "outlines that crossed themselves were mended: bow" in said(imported)
    assert "altitudes were left out: open" in said(imported)
    assert "left out (labels, long lines): label, fence, empty, speck" in said(imported)


def test_a_sliver_thinner_than_the_grid_is_left_out_and_said() -> None:
    """34 m long and 0.3 mm high: over 0.01 m², and nothing on the 1 mm grid."""
    high = 40.81 + 3e-9
    ring = [[111.6598, 40.81], [111.6602, 40.81], [111.6602, high], [111.6598, high]]
    sliver = feature({"type": "Polygon", "coordinates": [ring]}, "sliver", kind="closed")
    imported = brought(feature(room(0), "a", kind="closed"), sliver)
    assert list(units(imported.plan)) == ["a"]
    assert "smaller than a millimetre, left out: sliver" in said(imported)


# --- refused ---


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (None, "/features"),
        ({"features": {}}, "/features"),
        ({"features": [None] * (FEATURE_LIMIT + 1)}, "/features"),
        ({"features": [7]}, "/features/0"),
        ({"features": [feature(room(0), kind="shop")]}, "/features/0/properties/kind"),
        ({"features": [feature(room(0), "x" * 101, kind="closed")]}, "/features/0/id"),
        ({"features": [feature(None, "203", kind="closed")]}, "/features/0/geometry"),
        ({"features": [feature(line(0, 1), "203", kind="closed")]}, "/features/0/geometry"),
        ({"features": [feature(line(0, 1), feature_type="opening")]}, "/features"),
        ({"features": [], "crs": "GPS"}, "/crs"),
        ({"features": [], "crs": 7}, "/crs"),
        ({"features": [], "crs": {"properties": {"name": "EPSG:3857"}}}, "/crs"),
        ({"features": [], "crs": {}}, "/crs"),
    ],
)
def test_a_hopeless_plan_is_refused_with_the_place(document: object, pointer: str) -> None:
    with pytest.raises(PlanInvalid) as refusal:
        import_geojson(document, plane=PLANE)
    assert pointer_of(refusal) == pointer


def test_the_unit_without_a_shape_is_named() -> None:
    with pytest.raises(PlanInvalid, match="203"):
        brought(feature(None, "203", kind="closed"))


@pytest.mark.parametrize(
    ("geometry", "pointer"),
    [
        ("square", "/features/0/geometry"),
        ({"type": "Circle"}, "/features/0/geometry/type"),
        ({"type": "Point", "coordinates": [111.66, None]}, "/features/0/geometry/coordinates/1"),
        ({"type": "Point", "coordinates": [40.81, 111.66]}, "/features/0/geometry/coordinates"),
        ({"type": "Polygon"}, "/features/0/geometry/coordinates"),
    ],
)
def test_a_shape_that_cannot_be_read_is_pointed_at(geometry: object, pointer: str) -> None:
    with pytest.raises(GeometryInvalid) as refusal:
        brought(feature(geometry, "a", kind="closed"))
    assert pointer_of(refusal) == pointer


# --- where it lies ---


def test_the_system_a_file_names_is_believed() -> None:
    crs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    document = {"crs": crs84, "features": [feature(room(0), "a", kind="closed")]}
    shifted = import_geojson({**document, "crs": "GCJ02"}, plane=PLANE)
    asked = import_geojson({"features": document["features"]}, plane=PLANE, crs="GCJ02")
    plain = import_geojson(document, plane=PLANE, crs="GCJ02")
    assert units(shifted.plan)["a"].shape.equals(units(asked.plan)["a"].shape)
    assert units(shifted.plan)["a"].shape.distance(units(plain.plan)["a"].shape) > 400
    cgcs = {"properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    same = import_geojson({**document, "crs": cgcs}, plane=PLANE)
    assert units(same.plan)["a"].shape.equals(units(plain.plan)["a"].shape)


def test_a_plan_drawn_elsewhere_is_refused_and_can_be_moved_here() -> None:
    abroad = {
        "type": "Polygon",
        "coordinates": [[[x - 108, y + 5] for x, y in room(0, 9)["coordinates"][0]]],
    }
    with pytest.raises(PlanTooFar) as refusal:
        brought(feature(abroad, "a", kind="closed"))
    assert pointer_of(refusal) == "/features/0"
    assert refusal.value.facts["distance_m"] > 7_000_000
    assert "placement" in refusal.value.facts
    straight = brought(
        feature(abroad, "a", kind="closed"), placement=Placement(lon=111.66, lat=40.81)
    )
    turned = brought(
        feature(abroad, "a", kind="closed"),
        placement=Placement(lon=111.66, lat=40.81, turn_deg=90),
    )
    before, after = units(straight.plan)["a"].shape, units(turned.plan)["a"].shape
    assert after.area == pytest.approx(before.area, rel=1e-4)
    assert before.centroid.distance(shapely.Point(0, 0)) < 0.01
    quarter = shapely.affinity.rotate(before, 90, origin=(0, 0))
    assert shapely.hausdorff_distance(quarter, after) < 0.003


def test_a_plan_put_or_drawn_too_far_from_the_scene_is_refused() -> None:
    drawn = feature(room(0), "a", kind="closed")
    stray = feature(room(1000), "b", kind="closed")
    with pytest.raises(PlanTooFar, match=r"8\.4 km"):
        brought(drawn, stray)
    with pytest.raises(PlanTooFar):
        brought(drawn, placement=Placement(lon=111.8, lat=40.81))
    with pytest.raises(PlanTooFar):
        brought(drawn, feature(
            {"type": "Polygon", "coordinates": [[[-60, -40], [-59, -40], [-60, -39]]]},
            "c", kind="closed"), placement=HERE)  # fmt: skip


def test_a_placement_is_read_or_refused() -> None:
    assert take_placement({"anchor": [111.66, 40.81], "turn_deg": 10}, pointer="/p") == HERE
    assert take_placement({"anchor": [111.66, 40.81]}, pointer="/p").turn_deg == 0
    for sent in (None, {"turn_deg": "1"}, {"turn_deg": 361}, {"turn_deg": True}, {"angle": 1}):
        with pytest.raises(PlanInvalid):
            take_placement(sent, pointer="/p")
    for anchor in (None, [40.81, 111.66], [3.1, 45.7]):
        with pytest.raises(GeometryInvalid):
            take_placement({"anchor": anchor}, pointer="/p")


# --- IMDF ---


def test_an_imdf_archive_gives_the_same_plan() -> None:
    imported = import_imdf(imdf(), plane=PLANE)
    ours = import_geojson(market(), plane=PLANE)
    assert imported.notes == ()
    for mine, theirs in zip(ours.plan.levels, imported.plan.levels, strict=True):
        assert (mine.name, mine.ordinal) == (theirs.name, theirs.ordinal)
        assert [u.kind for u in mine.units] == [u.kind for u in theirs.units]
        assert [u.name for u in mine.units] == [u.name for u in theirs.units]
        assert all(a.shape.equals(b.shape) for a, b in zip(mine.units, theirs.units, strict=True))
    assert sorted(o.kind for o in ours.plan.openings) == sorted(
        o.kind for o in imported.plan.openings
    )


def test_a_shop_is_called_by_its_occupant() -> None:
    files: dict[str, object] = {
        "unit.geojson": {
            "features": [feature(room(0), "u", category="retail"), feature(room(1), "v")]
        },
        "anchor.geojson": {"features": [feature(None, "x", unit_id="u"), 7]},
        "occupant.geojson": {
            "features": [
                feature(None, "o", anchor_id="x", name={"zh": "茶庄"}),
                feature(None, "p", anchor_id="nowhere"),
                {"properties": None},
            ]
        },
    }
    assert units(import_imdf(files, plane=PLANE).plan)["u"].name == "茶庄"
    with pytest.raises(PlanInvalid):
        import_imdf({"unit.geojson": {"features": [7]}}, plane=PLANE)


# --- real venues ---


@pytest.mark.shared_cases
@pytest.mark.parametrize(
    ("name", "drawn", "mended_m2"),
    [
        ("demo-map", [59, 60, 49], [3708, 3708, 3557]),
        ("caserne", [39], [14357]),
    ],
)
def test_real_venues_come_in(
    shared_cases: Path, name: str, drawn: list[int], mended_m2: list[int]
) -> None:
    """Units as drawn, and the floor they cover once mended, which no overlap counts twice."""
    document = json.loads((shared_cases / "plans" / f"{name}.geojson").read_text("utf-8"))
    with pytest.raises(PlanTooFar):
        import_geojson(document, plane=PLANE)
    imported = import_geojson(document, plane=PLANE, placement=HERE)
    assert [len(level.units) for level in imported.plan.levels] == drawn
    plan, _ = mend_plan(imported.plan)
    areas = [
        sum(unit.shape.area for unit in level.units if unit.id != "ground") for level in plan.levels
    ]
    assert areas == pytest.approx(mended_m2, abs=1)


# --- whatever comes ---

words = st.sampled_from(["closed", "open", "door", "stair", "lift", "exit", "level", "1F", "null"])
near_features = st.fixed_dictionaries(
    {
        "geometry": geometries | st.integers(0, 5).map(room) | st.just(line(0, 1)) | oddities,
        "properties": st.dictionaries(
            st.sampled_from(
                ["kind", "level", "level_id", "name", "joins", "levels", "ordinal", "width_m",
                 "feature_type", "category", "outdoor", "unit_id", "anchor_id"]
            ),
            words | oddities | st.lists(words | oddities, max_size=2),
            max_size=4,
        )
        | oddities,
    },
    optional={"id": words | oddities},
)  # fmt: skip
documents = (
    st.fixed_dictionaries({"features": st.lists(near_features | any_json, max_size=5)}) | any_json
)


@given(documents, st.sampled_from([None, HERE]))
def test_any_json_is_a_plan_or_a_refusal(document: object, placement: Placement | None) -> None:
    try:
        imported = import_geojson(document, plane=PLANE, placement=placement)
    except Refusal as refusal:
        assert refusal.faults
    else:
        mend_plan(imported.plan)


@given(st.dictionaries(st.sampled_from(["level", "unit", "opening", "anchor", "occupant"]).map("{}.geojson".format), documents, max_size=3))  # fmt: skip  # noqa: E501
def test_any_archive_is_a_plan_or_a_refusal(files: dict[str, object]) -> None:
    try:
        import_imdf(files, plane=PLANE, placement=HERE)
    except Refusal as refusal:
        assert refusal.faults
