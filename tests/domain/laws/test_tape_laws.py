"""The limits of a tape, one law each, on the findings of random scenes as they were grown."""

from functools import cache
from itertools import pairwise
from math import cos, dist, radians

import shapely
from hypothesis import given
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from service.domain.margins import grow
from service.domain.pieces import polygon_parts
from service.domain.tape import tape
from tests.scenes import Scene, claims_of, scene_of, scenes, seeds

EXACT_M2 = 1e-6
SURE_REACH_M = 0.49
"""What reaches no farther than this is within reach, however its circle is drawn."""

Point = tuple[float, float]


@cache
def taped(seed: int) -> list[tuple[BaseGeometry, BaseGeometry]]:
    """The findings of a scene that have an area once grown, and their tapes, in its axes."""
    scene = scene_of(seed)
    grown = [
        grow(hold.shapes, hold.accuracy_m + hold.margin_m, axes=scene.axes) for hold in scene.holds
    ]
    areas = [shapely.union_all(parts) for shape in grown if (parts := polygon_parts(shape))]
    inward = scene.axes.inward
    return [(inward(area), inward(tape(area, axes=scene.axes))) for area in areas]


@given(seeds)
def test_a_tape_contains_its_finding(seed: int) -> None:
    for shape, found in taped(seed):
        assert found.is_valid
        assert shapely.difference(shape, found).area < EXACT_M2


@given(seeds)
def test_a_tape_reaches_half_a_metre_at_most(seed: int) -> None:
    for shape, found in taped(seed):
        reach = shapely.buffer(without_small_holes(shape), 0.5, quad_segs=64)
        assert shapely.difference(found, reach).area < 1e-5


@given(seeds)
def test_a_tape_leaves_no_hole_under_a_square_metre(seed: int) -> None:
    for _, found in taped(seed):
        for part in polygon_parts(found):
            assert all(Polygon(hole).area >= 1 for hole in part.interiors)


@given(seeds)
def test_a_tape_loses_nothing_when_shrunk_and_grown_back(seed: int) -> None:
    for _, found in taped(seed):
        shrunk = shapely.buffer(found, -0.15, join_style="mitre")
        back = shapely.buffer(shrunk, 0.15, join_style="mitre")
        assert shapely.difference(found, back).area < 1e-4


@given(seeds)
def test_a_tape_has_more_than_16_corners_only_where_none_can_be_left_out_in_reach(
    seed: int,
) -> None:
    for shape, found in taped(seed):
        for ring in rings(found):
            if len(ring) > 16:
                assert not any(can_go(ring, i, shape) for i in range(len(ring)))


@given(seeds)
def test_a_side_of_a_tape_is_under_half_a_metre_only_where_it_cannot_be_left_out_in_reach(
    seed: int,
) -> None:
    for shape, found in taped(seed):
        for ring in rings(found):
            for i, (a, b) in enumerate(pairwise([*ring, ring[0]])):
                if dist(a, b) < 0.495:
                    assert not can_go(ring, i, shape)


def without_small_holes(shape: BaseGeometry) -> BaseGeometry:
    """A hole under one square metre is filled, however far that reaches."""
    parts = [
        Polygon(part.exterior, [x for x in part.interiors if Polygon(x).area >= 1.01])
        for part in polygon_parts(shape)
    ]
    return shapely.union_all(parts)


def rings(shape: BaseGeometry) -> list[list[Point]]:
    """The corners of each ring, the inside to the left."""
    found = shapely.get_rings(polygon_parts(shapely.orient_polygons(shape)))
    return [[(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist()] for ring in found]


def can_go(ring: list[Point], i: int, shape: BaseGeometry) -> bool:
    """Whether the side from corner i goes when its neighbours are carried on, or an end is filled.

    What that adds is within reach, the corner it makes is no sharper than 30°, the ring still
    meets itself nowhere, and a hole keeps its square metre.
    """
    n = len(ring)
    a, b, c, d = (ring[(i + k) % n] for k in range(-1, 3))
    if turn(a, b, c) > 0 and turn(b, c, d) > 0:
        tip = where_they_meet(a, b, c, d)
        return tip is not None and may_be(ring, (b, tip, c), {i, (i + 1) % n}, tip, shape)
    return any(
        turn(*corner) <= 0 and may_be(ring, corner, {at % n}, None, shape)
        for at, corner in ((i, (a, b, c)), (i + 1, (b, c, d)))
    )


def may_be(
    ring: list[Point], added: tuple[Point, ...], gone: set[int], tip: Point | None,
    shape: BaseGeometry,
) -> bool:  # fmt: skip
    """Whether some corners may give way to one, or to none, in reach."""
    new = [xy for k, xy in enumerate(ring) if k not in gone]
    if tip is not None:
        at = max(gone) if gone != {0, len(ring) - 1} else 0
        new.insert(at - len([k for k in gone if k < at]), tip)
    before, after = Polygon(ring), Polygon(new)
    is_hole = not before.exterior.is_ccw
    if len(new) < 3 or not after.is_valid or (is_hole and after.area < 1.02):
        return False
    reach = shapely.buffer(shape, SURE_REACH_M, quad_segs=16)
    return bool(reach.covers(Polygon(added)))


def turn(a: Point, b: Point, c: Point) -> float:
    """Positive where the way from a to c turns left at b."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def where_they_meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where a-b carried on meets d-c carried on, in a corner of 31° at least."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - d[0], c[1] - d[1]
    across = uy * vx - ux * vy
    if across <= 1e-6 or ux * vx + uy * vy > cos(radians(31)) * dist(a, b) * dist(c, d):
        return None
    t = ((c[1] - b[1]) * vx - (c[0] - b[0]) * vy) / across
    return b[0] + ux * t, b[1] + uy * t


@given(scenes)
def test_a_tape_never_cuts_into_the_claim_and_meets_it_in_each_unit(scene: Scene) -> None:
    for found in claims_of(scene):
        assert found.bare.keys() == found.taped.keys()
        for unit, bare in found.bare.items():
            assert shapely.difference(bare, found.taped[unit]).area < EXACT_M2
            assert all(part.intersects(bare) for part in polygon_parts(found.taped[unit]))
            whole = scene.plan.unit(unit).shape
            # Of edges a rounding apart GEOS now and then takes the wrong side; this cures that.
            outside = shapely.difference(found.taped[unit], whole, grid_size=1e-9)
            assert outside.area < EXACT_M2
        reach = shapely.buffer(shapely.union_all(list(found.bare.values())), 0.5, quad_segs=64)
        for shape in found.taped.values():
            assert shapely.difference(shape, reach).area < 2e-5
