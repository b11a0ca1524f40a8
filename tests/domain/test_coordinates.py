"""Coordinate systems: the published vectors, there and back, and real places."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point

from service.domain.coordinates import (
    GRIDS,
    SYSTEMS,
    added_accuracy_m,
    bd09_to_gcj02,
    central_meridian,
    from_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)

MILLIMETRE_DEG = 1e-3 / 111_320
# Vendors' own values differ from the formula by up to this much.
VENDOR_DEG = 1e-5


def row(lon: float, lat: float) -> np.ndarray:
    return np.array([[lon, lat]])


# From the text of the published formulas (a = 6378245.0, ee = 0.00669342162296594323).
@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_gcj02_follows_the_published_formula(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert wgs84_to_gcj02(row(*wgs84)) == pytest.approx(row(*gcj02), abs=1e-12)
    assert gcj02_to_wgs84(row(*gcj02)) == pytest.approx(row(*wgs84), abs=1e-9)


def test_bd09_follows_the_published_formula() -> None:
    bd09 = row(116.41036949371029, 39.92133699351021)
    assert gcj02_to_bd09(row(116.404, 39.915)) == pytest.approx(bd09, abs=1e-12)


def test_the_inverse_of_bd09_is_nearer_than_the_published_approximation() -> None:
    """The published inverse is one step only; it misses by 4e-7 degrees (4 cm)."""
    bd09, approximate = row(116.404, 39.915), row(116.39762729119315, 39.90865673957631)
    found = bd09_to_gcj02(bd09)
    assert found == pytest.approx(approximate, abs=5e-7)
    assert np.abs(gcj02_to_bd09(found) - bd09).max() < 1e-9
    assert np.abs(gcj02_to_bd09(approximate) - bd09).max() > 1e-7


def test_hohhot_lies_604_metres_off_in_gcj02() -> None:
    hohhot = row(111.75, 40.84)
    east, north = (wgs84_to_gcj02(hohhot) - hohhot)[0] * 111_320
    assert np.hypot(east * np.cos(np.radians(40.84)), north) == pytest.approx(604, abs=5)


@given(
    st.sampled_from(["GCJ02", "BD09"]),
    st.floats(73.6, 135.0),
    st.floats(3.9, 53.5),
)
def test_there_and_back_is_within_a_millimetre(crs: str, lon: float, lat: float) -> None:
    back = to_wgs84(from_wgs84(Point(lon, lat), crs), crs)
    assert np.hypot(back.x - lon, back.y - lat) < MILLIMETRE_DEG


@given(st.sampled_from(sorted(GRIDS)), st.floats(-1.5, 1.5), st.floats(3.9, 53.5))
def test_there_and_back_on_a_grid_is_within_a_millimetre(
    crs: str, off_deg: float, lat: float
) -> None:
    lon = central_meridian(crs) + off_deg
    back = to_wgs84(from_wgs84(Point(lon, lat), crs), crs)
    assert np.hypot(back.x - lon, back.y - lat) < MILLIMETRE_DEG


def test_a_grid_takes_easting_first() -> None:
    """On the central meridian the easting is 500 km, behind the zone's number if it has one.

    The northing is the length of the meridian from the equator.
    """
    meridian_m = Geod(ellps="GRS80").line_length([111.0, 111.0], [0.0, 40.8])
    on_37 = from_wgs84(Point(111.0, 40.8), "EPSG:4525")
    on_111e = from_wgs84(Point(111.0, 40.8), "EPSG:4546")
    assert (on_37.x, on_111e.x) == pytest.approx((37_500_000, 500_000), abs=1e-3)
    assert on_37.y == on_111e.y == pytest.approx(meridian_m, abs=1e-3)


def test_outside_china_gcj02_is_wgs84() -> None:
    paris = row(2.35, 48.85)
    assert (wgs84_to_gcj02(paris) == paris).all()
    assert (gcj02_to_wgs84(paris) == paris).all()


@pytest.mark.parametrize("crs", ["WGS84", "CGCS2000", "EPSG:4490"])
def test_cgcs2000_is_taken_as_wgs84(crs: str) -> None:
    line = LineString([(111.66, 40.81), (111.67, 40.82)])
    assert to_wgs84(line, crs).equals(line)
    assert from_wgs84(line, crs).equals(line)


def test_cgcs2000_and_its_grids_add_a_metre_and_nothing_else_does() -> None:
    adding = {crs for crs in SYSTEMS if added_accuracy_m(crs) == 1.0}
    assert adding == GRIDS | {"CGCS2000", "EPSG:4490"}
    assert {added_accuracy_m(crs) for crs in SYSTEMS - adding} == {0.0}


@pytest.mark.shared_cases
def test_real_places_come_out_as_printed(shared_cases: Path) -> None:
    """83 places as a map vendor printed them, to seven digits.

    GCJ-02 to BD-09 agrees to the last digit printed; WGS 84 to GCJ-02 as far as vendors do.
    """
    places = json.loads((shared_cases / "coordinates" / "china-cities.json").read_text("utf-8"))
    wgs84, gcj02, bd09 = (
        np.array([place["coords"][crs] for place in places]) for crs in ("WGS84", "GCJ02", "BD09")
    )
    assert np.abs(gcj02_to_bd09(gcj02) - bd09).max() <= 1e-7
    assert np.abs(bd09_to_gcj02(bd09) - gcj02).max() <= 1e-7
    assert np.abs(wgs84_to_gcj02(wgs84) - gcj02).max() <= VENDOR_DEG
    assert np.abs(gcj02_to_wgs84(bd09_to_gcj02(bd09)) - wgs84).max() <= VENDOR_DEG
