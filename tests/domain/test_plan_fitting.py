"""Laying a picture under a plan by control points: exact answers, and random transforms."""

from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest import approx

from service.domain.errors import Refusal
from service.domain.plan_fitting import ControlPoint, Fit, FitKind, fit
from service.domain.plan_refusals import (
    PointsCoincide,
    PointsCollinear,
    PointsMirrored,
    PointsTooFew,
)

CORNERS = [(0.0, 0.0), (4000.0, 0.0), (4000.0, 3000.0), (0.0, 3000.0)]
SIMILARITY, AFFINE = FitKind


def points(*pairs: tuple[tuple[float, float], tuple[float, float]]) -> list[ControlPoint]:
    return [
        ControlPoint(pointer=f"/points/{n}", source=source, target=target)
        for n, (source, target) in enumerate(pairs)
    ]


def laid(pairs: list[ControlPoint], kind: FitKind = SIMILARITY, *, y_is_down: bool = True) -> Fit:
    return fit(pairs, kind=kind, y_is_down=y_is_down, pointer="/points")


def on_wall(xy: tuple[float, float]) -> tuple[float, float]:
    """A centimetre a pixel, the photo's top left corner at 10 east and 50 north."""
    return 10 + xy[0] / 100, 50 - xy[1] / 100


def said(found: Fit) -> str:
    return "\n".join(words.en for words in found.warnings())


def refused(*arguments: Any, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        laid(*arguments, **options)
    return refusal.value


def test_two_points_fix_a_similarity_and_leave_its_residual_unknown() -> None:
    found = laid(points(*((xy, on_wall(xy)) for xy in CORNERS[:2])))
    assert found.matrix == approx((0.01, 0, 10, 0, -0.01, 50), abs=1e-12)
    assert (found.residuals_m, found.rms_m) == (None, None)
    assert "unknown" in said(found)


def test_three_points_tell_how_well_a_similarity_fits() -> None:
    found = laid(points(*((xy, on_wall(xy)) for xy in CORNERS[:3])))
    assert found.residuals_m == approx((0, 0, 0), abs=1e-9)
    assert found.rms_m == approx(0, abs=1e-9)
    assert found.scale == approx(0.01)
    assert said(found) == ""


def test_one_corner_put_off_is_shown_and_warned_of() -> None:
    """By hand: with z the corners about their middle, the fit takes 1/4 + conj(zi) zj / 4|z|² of
    corner i's move over to corner j. Of 2.4 m at corner 2, half stays there, nothing goes to the
    corner across, and the root of 2 quarters to each of the others.

        3-----2 →
        |     |
        0-----1
    """
    square = [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)]
    pairs = [(xy, on_wall(xy)) for xy in square]
    pairs[2] = (pairs[2][0], (pairs[2][1][0] + 2.4, pairs[2][1][1]))
    found = laid(points(*pairs))
    beside = 2.4 * np.sqrt(2) / 4
    assert found.residuals_m == approx((0.0, beside, 1.2, beside), abs=1e-9)
    assert found.rms_m == approx(2.4 * np.sqrt(0.5 / 4))
    assert "over 0.5 m off: control point 3 by 1.20 m" in said(found)


def test_three_points_fix_an_affine_transform_and_four_tell_how_well() -> None:
    def skewed(xy: tuple[float, float]) -> tuple[float, float]:
        return 0.01 * xy[0] - 0.002 * xy[1] + 3, 0.001 * xy[0] - 0.02 * xy[1] + 7

    exact = laid(points(*((xy, skewed(xy)) for xy in CORNERS[:3])), AFFINE)
    assert exact.matrix == approx((0.01, -0.002, 3, 0.001, -0.02, 7))
    assert exact.residuals_m is None
    over = laid(points(*((xy, skewed(xy)) for xy in CORNERS)), AFFINE)
    assert over.residuals_m == approx((0, 0, 0, 0), abs=1e-9)


def test_a_drawing_s_y_goes_up() -> None:
    found = laid(points(((0, 0), (5, 5)), ((10, 0), (5, 15))), y_is_down=False)
    assert found.matrix == approx((0, -1, 5, 1, 0, 5), abs=1e-12)
    moved = found.onto(shapely.Point(10, 10))
    assert (moved.x, moved.y) == approx((-5, 15))


@pytest.mark.parametrize(("kind", "count"), [(SIMILARITY, 0), (SIMILARITY, 1), (AFFINE, 2)])
def test_too_few_points_are_refused(kind: FitKind, count: int) -> None:
    found = refused(points(*((xy, on_wall(xy)) for xy in CORNERS[:count])), kind)
    assert isinstance(found, PointsTooFew)
    assert found.faults[0].pointer == "/points"


def test_points_that_coincide_are_refused_at_the_second() -> None:
    in_picture = [(CORNERS[0], (0.0, 0.0)), (CORNERS[1], (9.0, 0.0)), (CORNERS[0], (9.0, 9.0))]
    on_ground = [(CORNERS[0], (0.0, 0.0)), (CORNERS[1], (9.0, 0.0)), (CORNERS[2], (9.0, 0.001))]
    for pairs in (in_picture, on_ground):
        found = refused(points(*pairs))
        assert isinstance(found, PointsCoincide)
        assert found.faults[0].pointer == "/points/2"
    assert isinstance(refused(points(*[((0, 0), (0, 0))] * 2)), PointsCoincide)


def test_points_on_a_line_are_refused_for_an_affine_and_warned_of_for_a_similarity() -> None:
    line = [(float(x), 100.0) for x in (0, 1000, 2000, 4000)]
    pairs = points(*((xy, on_wall(xy)) for xy in line))
    assert isinstance(refused(pairs, AFFINE), PointsCollinear)
    found = laid(pairs)
    assert found.matrix == approx((0.01, 0, 10, 0, -0.01, 50), abs=1e-9)
    assert "lie on one line" in said(found)


@pytest.mark.parametrize("kind", list(FitKind))
def test_points_that_turn_the_picture_over_are_refused(kind: FitKind) -> None:
    mirrored = [(xy, (on_wall(xy)[0], -on_wall(xy)[1])) for xy in CORNERS]
    assert isinstance(refused(points(*mirrored), kind), PointsMirrored)
    a, b, *others = [(xy, on_wall(xy)) for xy in CORNERS]
    swapped = [(a[0], b[1]), (b[0], a[1]), *others]
    if kind is FitKind.AFFINE:
        assert isinstance(refused(points(*swapped[:3]), kind), PointsMirrored)


coordinate = st.floats(-5000, 5000)
cloud = st.lists(st.tuples(coordinate, coordinate), min_size=4, max_size=12)


def _spread(xy: Any) -> float:
    rows = np.array(xy)
    return float(np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False)[1])


def _sound(xy: list[tuple[float, float]]) -> bool:
    apart = min(hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(xy) for b in xy[:i])
    return apart > 100 and _spread(xy) > 1000


@given(cloud, st.floats(0, 360), st.floats(0.001, 0.2), coordinate, coordinate, st.booleans())
def test_any_similarity_is_found_again(
    xy: list[tuple[float, float]], turn: float, scale: float, east: float, north: float, down: bool
) -> None:
    assume(_sound(xy))
    cosine, sine, sign = cos(radians(turn)) * scale, sin(radians(turn)) * scale, -1 if down else 1
    pairs = [
        ((x, y), (cosine * x - sine * y * sign + east, sine * x + cosine * y * sign + north))
        for x, y in xy
    ]
    found = laid(points(*pairs), y_is_down=down)
    assert found.scale == approx(scale, rel=1e-9)
    assert found.rms_m == approx(0, abs=1e-6)
    again = laid(points(*pairs), AFFINE, y_is_down=down)
    assert again.matrix == approx(found.matrix, abs=1e-6)


@given(cloud, st.integers(0, 2**32 - 1))
def test_no_nearby_transform_fits_better(xy: list[tuple[float, float]], seed: int) -> None:
    assume(_sound(xy))
    random = np.random.default_rng(seed)
    target = [
        (x / 50 + a, y / 50 + b)
        for (x, y), (a, b) in zip(xy, random.normal(0, 0.3, (len(xy), 2)), strict=True)
    ]
    found = laid(points(*zip(xy, target, strict=True)), AFFINE, y_is_down=False)
    source = np.array(xy)

    def squares(matrix: Any) -> float:
        moved = source @ np.array([[matrix[0], matrix[3]], [matrix[1], matrix[4]]])
        return float(np.sum((np.add(moved, (matrix[2], matrix[5])) - target) ** 2))

    best = squares(found.matrix)
    assert found.rms_m == approx(np.sqrt(best / len(xy)))
    for _ in range(5):
        nudge = random.normal(0, 1, 6) * (1e-5, 1e-5, 1e-2, 1e-5, 1e-5, 1e-2)
        assert squares(np.array(found.matrix) + nudge) >= best - 1e-9
