"""The scene's plane: there and back, on the grid."""

import shapely
from pytest import approx
from shapely import Point, Polygon, box

from service.domain.plane import Axes, Plane, on_grid, to_plane, to_wgs84

HOHHOT = Plane(lon0=111.66, lat0=40.82)


def test_the_plane_keeps_lengths_within_half_a_millimetre_a_kilometre() -> None:
    """One degree of latitude at 40.82° N is 111,041 m on WGS 84 (a 0.01° step: 1,110.4 m)."""
    north = to_plane(Point(111.66, 40.83), plane=HOHHOT)
    assert (north.x, north.y) == (0, approx(1110.4, abs=0.3))


def test_a_place_comes_back_within_a_millimetre() -> None:
    there = to_plane(Point(111.67, 40.81), plane=HOHHOT)
    back = to_wgs84(there, plane=HOHHOT)
    assert (back.x, back.y) == (approx(111.67, abs=1e-8), approx(40.81, abs=1e-8))


def test_what_comes_in_is_put_on_the_grid_and_the_grid_is_taken_off_again() -> None:
    found = on_grid(box(0, 0, 1.00049, 2))
    assert (found.bounds, shapely.get_precision(found)) == ((0, 0, 1, 2), 0)


def test_a_crossing_ring_is_put_on_the_grid_as_it_is() -> None:
    bow = Polygon([(0, 0), (1.0004, 1), (1, 0), (0, 1)])
    assert not on_grid(bow).is_valid


def test_axes_turn_a_shape_and_turn_it_back() -> None:
    axes = Axes(3, 4, 90)
    assert axes.inward(Point(3, 5)).coords[0] == (approx(1), approx(0))
    assert axes.outward(axes.inward(box(0, 0, 2, 1))).equals_exact(box(0, 0, 2, 1), 1e-12)
