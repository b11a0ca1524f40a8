"""Geometry from outside: what is mended, and what is refused with the pointer to the fault.

Shapes lie in Hohhot, on a square of 84 m by 111 m:  D---C
                                                     |   |
                                                     A---B
"""

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from service.domain.errors import Fault, GeometryInvalid
from service.domain.intake import ANY_KIND, AREAS, POINTS, Taken, grow, take_geometry
from service.domain.positions import VERTEX_LIMIT
from tests.geojson import any_json, geometries

A, B, C, D = [111.660, 40.810], [111.661, 40.810], [111.661, 40.811], [111.660, 40.811]
SQUARE = [A, B, C, D, A]
HOLE = [[111.6602, 40.8102], [111.6602, 40.8104], [111.6604, 40.8104], [111.6602, 40.8102]]
OVERLAPPING_HOLE = [[x + 0.00005, y] for x, y in HOLE]
AWAY = [[x + 0.01, y] for x, y in HOLE]
NAN, INFINITY = float("nan"), float("inf")


def take(sent: object, **options: Any) -> Taken:
    return take_geometry(sent, **{"pointer": "/place", "kinds": ANY_KIND, **options})


def polygon(*rings: object) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def of(kind: str, coordinates: object) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def fault_of(sent: object, **options: Any) -> Fault:
    with pytest.raises(GeometryInvalid) as refused:
        take(sent, **options)
    (fault,) = refused.value.faults
    assert fault.wrong.zh and fault.wrong.en and fault.remedy.zh and fault.remedy.en
    return fault


# --- taken as it is ---


@pytest.mark.parametrize(
    ("sent", "wkt"),
    [
        (of("Point", A), "POINT (111.66 40.81)"),
        (of("MultiPoint", [A, B]), "MULTIPOINT (111.66 40.81, 111.661 40.81)"),
        (of("LineString", [A, B]), "LINESTRING (111.66 40.81, 111.661 40.81)"),
        (of("MultiLineString", [[A, B]]), "MULTILINESTRING ((111.66 40.81, 111.661 40.81))"),
        (
            polygon(SQUARE),
            "POLYGON ((111.66 40.81, 111.661 40.81, 111.661 40.811, 111.66 40.811, 111.66 40.81))",
        ),
    ],
)
def test_a_sound_geometry_is_taken_as_it_is(sent: dict[str, Any], wkt: str) -> None:
    taken = take(sent)
    assert shapely.equals_exact(taken.geometry, shapely.from_wkt(wkt))
    assert (taken.sent, taken.mends, taken.crs, taken.accuracy_m) == (sent, (), "WGS84", 0.0)


def test_holes_and_parts_are_kept() -> None:
    taken = take(of("MultiPolygon", [[SQUARE, HOLE], [[[x + 1, y] for x, y in SQUARE]]]))
    assert [len(part.interiors) for part in taken.geometry.geoms] == [1, 0]


def test_a_collection_holds_points_beside_areas() -> None:
    sent = {"type": "GeometryCollection", "geometries": [polygon(SQUARE), of("Point", A)]}
    assert [part.geom_type for part in take(sent).geometry.geoms] == ["Polygon", "Point"]


def test_a_bounding_box_may_come_along() -> None:
    assert take({**of("Point", A), "bbox": [1, 2, 3, 4]}).geometry == Point(A)


# --- mended without guessing, and said ---


def mends_of(sent: object) -> tuple[object, list[str]]:
    taken = take(sent)
    return taken.geometry, [words.en for words in taken.mends]


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        (SQUARE[::-1], "/place/coordinates/0: ring turned round"),
        ([A, B, C, D], "/place/coordinates/0: closing point added"),
        ([A, B, B, B, C, D, A], "/place/coordinates/0: 2 repeated point(s) left out"),
        ([[*p, 1065.2] for p in SQUARE], "/place: altitude left out of 5 position(s)"),
    ],
)
def test_a_ring_is_mended_where_no_guess_is_needed(ring: list[Any], said: str) -> None:
    geometry, mends = mends_of(polygon(ring))
    assert geometry == take(polygon(SQUARE)).geometry or ring == SQUARE[::-1]
    assert shapely.equals(geometry, take(polygon(SQUARE)).geometry)
    assert mends == [said]


def test_a_hole_turns_the_other_way() -> None:
    geometry, mends = mends_of(polygon(SQUARE, HOLE[::-1]))
    assert mends == ["/place/coordinates/1: ring turned round"]
    assert shapely.is_ccw(geometry.exterior)
    assert not shapely.is_ccw(geometry.interiors[0])


def test_repeated_points_of_lines_and_points_are_left_out() -> None:
    assert mends_of(of("LineString", [A, A, B]))[1] == [
        "/place/coordinates: 1 repeated point(s) left out"
    ]
    assert mends_of(of("MultiPoint", [A, A]))[0] == shapely.MultiPoint([A])


# --- refused, with the place ---


@pytest.mark.parametrize(
    ("sent", "pointer", "wrong"),
    [
        (None, "/place", "a GeoJSON geometry object is expected here"),
        ([], "/place", "a GeoJSON geometry object is expected here"),
        ({}, "/place/type", "the type must be one of"),
        ({"type": "Circle"}, "/place/type", "the type must be one of"),
        ({"type": ["Point"]}, "/place/type", "the type must be one of"),
        ({"type": "Point"}, "/place/coordinates", "coordinates is missing"),
        ({"type": "GeometryCollection"}, "/place/geometries", "geometries is missing"),
        ({**of("Point", A), "a/b~": 1}, "/place/a~1b~0", "has no such member"),
        (of("Point", []), "/place/coordinates", "it is empty"),
        (of("Point", None), "/place/coordinates", "a list is expected"),
        (of("Point", [111.66]), "/place/coordinates", "1 were sent"),
        (of("Point", [*A, 0, 0]), "/place/coordinates", "4 were sent"),
        (of("Point", [111.66, None]), "/place/coordinates/1", "not null"),
        (of("Point", ["111.66", 40.81]), "/place/coordinates/0", "not a text"),
        (of("Point", [True, 40.81]), "/place/coordinates/0", "not true or false"),
        (of("Point", [A, B]), "/place/coordinates/0", "not a list"),
        (of("Point", [{}, 1]), "/place/coordinates/0", "not an object"),
        (of("Point", [(1,), 1]), "/place/coordinates/0", "not something else"),
        (of("Point", [*A, None]), "/place/coordinates/2", "not null"),
        (of("Point", [NAN, 40.81]), "/place/coordinates/0", "NaN or infinite"),
        (of("Point", [111.66, -INFINITY]), "/place/coordinates/1", "NaN or infinite"),
        (of("Point", [111.66, 10**5000]), "/place/coordinates/1", "too large"),
        (of("Point", [1e308, 40.81]), "/place/coordinates/0", "too large"),
        (of("LineString", [A]), "/place/coordinates", "2 different points"),
        (of("LineString", [A, A, A]), "/place/coordinates", "2 different points"),
        (polygon(), "/place/coordinates", "it is empty"),
        (polygon([]), "/place/coordinates/0", "it is empty"),
        (polygon([A]), "/place/coordinates/0", "3 different points"),
        (polygon([A, B, A]), "/place/coordinates/0", "3 different points"),
        (polygon([A, A, A, A]), "/place/coordinates/0", "3 different points"),
        (polygon([A, B, [111.6605, 40.81], A]), "/place/coordinates/0", "encloses no area"),
        (polygon(SQUARE, AWAY), "/place/coordinates/1", "not inside the shell"),
        (polygon(SQUARE, HOLE, HOLE), "/place/coordinates", "its holes meet"),
        (polygon(SQUARE, HOLE, OVERLAPPING_HOLE), "/place/coordinates", "its holes meet"),
        (of("MultiPolygon", [[SQUARE], [SQUARE]]), "/place/coordinates", "its parts overlap"),
        (of("MultiPolygon", [[SQUARE], []]), "/place/coordinates/1", "it is empty"),
        (
            {"type": "GeometryCollection", "geometries": [of("Point", A), of("Point", [1])]},
            "/place/geometries/1/coordinates",
            "1 were sent",
        ),
        (
            {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection"}]},
            "/place/geometries/0/type",
            "the type must be one of",
        ),
    ],
)
def test_a_fault_is_pointed_at(sent: object, pointer: str, wrong: str) -> None:
    fault = fault_of(sent)
    assert fault.pointer == pointer
    assert wrong in fault.wrong.en


def test_a_self_crossing_says_where_and_which_sides() -> None:
    """A bow tie: the sides A-C and B-D of A, C, B, D meet in the middle."""
    fault = fault_of(polygon([A, A, C, B, D, A]))
    assert fault.pointer == "/place/coordinates/0/0"
    assert "111.6605000, 40.8105000" in fault.wrong.en
    assert "at points 0, 3" in fault.wrong.en


def test_only_the_kinds_asked_for_are_taken() -> None:
    assert fault_of(of("Point", A), kinds=AREAS).pointer == "/place/type"
    assert take(of("Point", A), kinds=POINTS).geometry == Point(A)


def test_ten_thousand_positions_are_taken_and_one_more_is_not() -> None:
    row = [[111.66 + i * 1e-6, 40.81] for i in range(VERTEX_LIMIT + 1)]
    assert len(take(of("LineString", row[:-1])).geometry.coords) == VERTEX_LIMIT
    assert fault_of(of("LineString", row)).pointer == f"/place/coordinates/{VERTEX_LIMIT}"


def test_deep_nesting_is_refused_without_overflow() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    fault = fault_of(of("Polygon", deep))
    assert fault.pointer == "/place/coordinates" + "/0" * 63
    assert "64 levels" in fault.wrong.en


# --- where on earth ---


def test_swapped_axes_are_recognised() -> None:
    fault = fault_of(polygon([p[::-1] for p in SQUARE]))
    assert fault.pointer == "/place/coordinates/0/0"
    assert "swapped" in fault.wrong.en
    assert "[经度, 纬度]" in fault.remedy.zh


@pytest.mark.parametrize("crs", ["GCJ02", "BD09", "CGCS2000", "EPSG:4490"])
def test_swapped_axes_are_recognised_in_any_system_of_degrees(crs: str) -> None:
    assert "swapped" in fault_of(of("Point", A[::-1]), crs=crs).wrong.en


def test_a_northing_before_the_easting_is_recognised() -> None:
    easting, northing = 37_555_000.0, 4_518_700.0
    fault = fault_of(of("Point", [northing, easting]), crs="EPSG:4525")
    assert "[easting, northing]" in fault.remedy.en
    taken = take(of("Point", [easting, northing]), crs="EPSG:4525", accuracy_m=0.02)
    assert taken.geometry.x == pytest.approx(111.652, abs=0.001)
    assert taken.accuracy_m == 1.02


@pytest.mark.parametrize(
    ("sent", "crs"),
    [
        ([3.11, 45.75], "WGS84"),
        ([0, 0], "GCJ02"),
        ([5e8, -7e8], "BD09"),
        ([555_000.0, 4_518_700.0], "EPSG:4525"),
        ([5e8, 5e8], "EPSG:4546"),
    ],
)
def test_a_place_outside_china_is_refused(sent: list[float], crs: str) -> None:
    fault = fault_of(of("LineString", [sent, sent]), crs=crs)
    assert fault.pointer == "/place/coordinates/0"
    assert "outside the bounds" in fault.wrong.en


def test_without_bounds_anything_on_earth_will_do() -> None:
    assert take(of("Point", [3.11, 45.75]), bounds=False).geometry == Point(3.11, 45.75)
    assert "the earth" in fault_of(of("Point", [190, 95]), bounds=False).wrong.en
    assert "swapped" in fault_of(of("Point", [45.75, 103.11]), bounds=False).wrong.en


def test_another_system_is_kept_as_sent_beside_the_wgs84_derived() -> None:
    sent = of("Point", [116.41024449916938, 39.91640428150164])
    taken = take(sent, crs="GCJ02", accuracy_m=5.0)
    assert taken.sent is sent
    assert (taken.crs, taken.accuracy_m) == ("GCJ02", 5.0)
    assert taken.geometry.coords[0] == pytest.approx((116.404, 39.915), abs=1e-9)


@pytest.mark.parametrize("crs", ["GPS", "", "EPSG:3857", 4490, None])
def test_an_unknown_system_is_refused(crs: Any) -> None:
    assert fault_of(of("Point", A), pointer="/burned_area/geometry", crs=crs).pointer == (
        "/burned_area/crs"
    )


# --- bare points and lines grown ---


def test_a_point_grows_to_a_disc_of_its_accuracy() -> None:
    area = grow(take(of("Point", A)), 5.0)
    assert area.geom_type == "Polygon"
    assert pytest.approx(area.bounds[2] - area.bounds[0], rel=0.01) == 2 * 5 / 84_300


def test_what_grows_together_is_one_area_and_areas_stay_as_drawn() -> None:
    collection = {
        "type": "GeometryCollection",
        "geometries": [polygon(SQUARE), of("Point", [111.6605, 40.8105]), of("MultiPoint", [A])],
    }
    area = grow(take(collection), 5.0)
    assert area.geom_type == "Polygon"
    assert shapely.covers(shapely.buffer(area, 1e-8), take(polygon(SQUARE)).geometry)
    assert not shapely.covers(area, Point(111.6611, 40.8105))


@pytest.mark.parametrize("metres", [0.0, -1.0])
def test_a_bare_line_without_accuracy_is_no_area(metres: float) -> None:
    with pytest.raises(GeometryInvalid) as refused:
        grow(take(of("LineString", [A, B])), metres)
    assert refused.value.faults[0].pointer == "/accuracy_m"


# --- whatever comes ---


@given(
    geometries | any_json,
    st.sampled_from(["WGS84", "GCJ02", "BD09", "CGCS2000", "EPSG:4525", "EPSG:4546", "?"]),
    st.booleans(),
)
def test_any_json_is_taken_valid_or_refused(sent: object, crs: str, bounds: bool) -> None:
    try:
        taken = take(sent, crs=crs, bounds=bounds)
    except GeometryInvalid as refusal:
        assert all(fault.pointer.startswith("/") for fault in refusal.faults)
    else:
        assert shapely.is_valid(taken.geometry)
        assert not shapely.is_empty(taken.geometry)
