"""Tape: the limits of a shape that two people can put up."""

import itertools
from math import dist
from random import Random

import pytest
import shapely
from pytest import approx
from shapely import LineString, Point, Polygon, box

from service.domain.plane import Axes
from service.domain.tape import tape

TURNED = Axes(12.0, 7.0, 33.0)
AN_L = shapely.union_all([box(0, 0, 10, 2), box(0, 0, 2, 8)])
BULGE = shapely.union_all([box(0, 0, 4, 4), Point(4, 2).buffer(2.2)])
SHAPES = {
    "a square": box(0, 0, 5, 5),
    "a disc": Point(0, 0).buffer(3),
    "a small disc": Point(0, 0).buffer(0.3),
    "an L with a margin": AN_L.buffer(1.5, quad_segs=16),
    "a thin strip": box(0, 0, 10, 0.1),
    "a cable run": LineString([(0, 0), (5, 3), (9, 2)]).buffer(0.4),
    "a needle": Polygon([(0, 0), (10, 0.5), (10, -0.5)]),
    "a ring": Point(0, 0).buffer(6).difference(Point(1, 0).buffer(2)),
    "a ring with a small hole": Point(0, 0).buffer(4).difference(Point(1, 0).buffer(0.4)),
    "steps of 30 cm": shapely.union_all([box(0, 0, 10 - i * 0.9, 1 + i * 0.3) for i in range(6)]),
    "two apart": shapely.union_all([box(0, 0, 3, 3), box(8, 0, 11, 4)]),
    "a corner of land": Polygon([(0, 0), (9, 0), (0, 9)]),
    "a fire at a shop front": BULGE,
    "a fire seen from the north": shapely.affinity.rotate(BULGE, -10),
    "a fire seen from the south": shapely.affinity.rotate(BULGE, 10),
    "two nearly touching": shapely.union_all([box(0, 0, 3, 3), box(3.1, 0, 6, 4)]),
}


@pytest.mark.parametrize("axes", [Axes(), TURNED], ids=["straight", "turned"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_tape_keeps_its_limits(name: str, axes: Axes) -> None:
    shape = axes.outward(SHAPES[name])
    found = tape(shape, axes=axes)
    assert shapely.difference(shape, found).area < 1e-7
    filled = shapely.union_all([Polygon(p.exterior) for p in shapely.get_parts(shape)])
    base = filled if name == "a ring with a small hole" else shape
    assert shapely.difference(found, base.buffer(0.5, quad_segs=64)).area < 1e-6
    for part in shapely.get_parts(found):
        assert all(Polygon(hole).area >= 1 for hole in part.interiors)
        for ring in (part.exterior, *part.interiors):
            assert len(ring.coords) - 1 <= 16
    shrunk = shapely.buffer(found, -0.15, join_style="mitre")
    back = shapely.buffer(shrunk, 0.15, join_style="mitre")
    assert shapely.difference(found, back).area < 1e-4


@pytest.mark.parametrize("name", ["a disc", "an L with a margin", "a ring", "steps of 30 cm"])
def test_no_side_is_under_half_a_metre(name: str) -> None:
    for part in shapely.get_parts(tape(SHAPES[name], axes=Axes())):
        for ring in (part.exterior, *part.interiors):
            corners = list(ring.coords)
            assert min(dist(*side) for side in itertools.pairwise(corners)) >= 0.5 - 5e-3


def test_the_end_of_a_narrower_strip_may_be_shorter() -> None:
    """A strip 10 cm wide is taped 41 cm wide: wide enough to walk round, and no wider."""
    west, south, east, north = tape(SHAPES["a thin strip"], axes=Axes()).bounds
    assert (north - south, east - west) == (approx(0.415, abs=0.1), approx(10.3, abs=0.3))


def test_sixteen_corners_yield_to_the_reach_where_both_cannot_be_had() -> None:
    """A comb of twenty teeth a metre apart needs eighty corners within half a metre."""
    teeth = [box(i * 4, 0, i * 4 + 2, 20) for i in range(20)]
    comb = shapely.union_all([box(0, -2, 78, 0), *teeth])
    found = tape(comb, axes=Axes())
    assert shapely.difference(found, comb.buffer(0.5, quad_segs=64)).area < 1e-6
    assert len(found.exterior.coords) > 17


def test_equal_shapes_put_together_differently_give_the_same_tape() -> None:
    random = Random(7)
    pieces = [box(x, 0, x + 1, random.uniform(1, 4)) for x in range(6)]
    one = tape(shapely.union_all(pieces), axes=TURNED)
    two = tape(shapely.union_all(pieces[::-1]), axes=TURNED)
    assert one.equals_exact(two, 0)


def test_what_tape_adds_is_at_most_six_percent_of_shapes_above_ten_square_metres() -> None:
    large = [shape for shape in SHAPES.values() if shape.area > 10]
    taped = [tape(shape, axes=Axes()) for shape in large]
    assert sum(x.area for x in taped) <= 1.06 * sum(x.area for x in large)


def test_a_disc_of_two_hundred_metres_keeps_its_corners_for_the_reach() -> None:
    """Tangents in 32 directions would stand off by a metre."""
    disc = Point(0, 0).buffer(200)
    found = tape(disc, axes=Axes())
    assert shapely.difference(disc, found).area < 1e-6
    assert shapely.difference(found, disc.buffer(0.5, quad_segs=64)).area < 1e-6
