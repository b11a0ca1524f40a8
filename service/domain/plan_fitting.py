"""A picture or a drawing laid on the scene's plane by control points, by least squares.

Similarity (shift, turn, scale) and affine transforms as in Umeyama 1991, without reflection:
what lies on a wall or on a sheet is never mirrored. Targets are metres of the scene's plane.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.coordinates import Coordinates
from service.domain.errors import Fault
from service.domain.plan_refusals import (
    PointsCoincide,
    PointsCollinear,
    PointsMirrored,
    PointsTooFew,
)
from service.domain.words import Words

WARNED_OVER_M = 0.5
NARROWEST = 0.02
"""Points whose spread across is under this share of their spread along lie on a line."""
_CLEARLY = 0.5
"""A mirrored fit must be better by this factor before the points are called mirrored."""
LEAST_APART_M = 0.01


class FitKind(StrEnum):
    """Which transforms are weighed."""

    SIMILARITY = "similarity"
    AFFINE = "affine"


LEAST_POINTS = {FitKind.SIMILARITY: 2, FitKind.AFFINE: 3}
"""So many fix the transform; one more, and it can be told how well it fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One place in the picture's own coordinates and on the scene's plane, metres."""

    pointer: str
    source: tuple[float, float]
    target: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """x' = a x + b y + c, y' = d x + e y + f, with matrix (a, b, c, d, e, f): metres.

    `residuals_m`, one a point, and `rms_m` are None where no point is left to tell them by.
    """

    kind: FitKind
    matrix: tuple[float, float, float, float, float, float]
    residuals_m: tuple[float, ...] | None
    rms_m: float | None
    on_a_line: bool

    @property
    def scale(self) -> float:
        """Metres for one unit of the source: the root of what an area is multiplied by."""
        a, b, _, d, e, _ = self.matrix
        return float(abs(a * e - b * d) ** 0.5)

    @property
    def is_off(self) -> bool:
        """Whether a control point is known to be over half a metre off."""
        return self.residuals_m is not None and max(self.residuals_m) > WARNED_OVER_M

    def onto(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry, in source coordinates, in metres of the plane."""
        return shapely.transform(geometry, self.moved)

    def moved(self, xy: Coordinates) -> Coordinates:
        """Rows of source coordinates in metres of the plane."""
        a, b, c, d, e, f = self.matrix
        found: Coordinates = xy @ np.array([[a, d], [b, e]]) + (c, f)
        return found

    def warnings(self) -> tuple[Words, ...]:
        """What should make somebody look at the points again."""
        said = []
        if self.residuals_m is None:
            said.append(
                Words(
                    "控制点只够定出变换，误差未知，请再加一点",
                    "there are just enough points: how well they fit is unknown; add one more",
                )
            )
        elif self.is_off:
            worst = int(np.argmax(self.residuals_m))
            off = f"{self.residuals_m[worst]:.2f}"
            said.append(
                Words(
                    f"误差超过 {WARNED_OVER_M} 米：第 {worst + 1} 个控制点差 {off} 米，请核对",
                    f"over {WARNED_OVER_M} m off: control point {worst + 1} by {off} m; check it",
                )
            )
        if self.on_a_line:
            said.append(
                Words(
                    "控制点几乎在一直线上，线外的误差无从核对",
                    "the control points lie on one line: what lies beside it is not checked",
                )
            )
        return tuple(said)


def fit(points: Sequence[ControlPoint], *, kind: FitKind, y_is_down: bool, pointer: str) -> Fit:
    """The transform of that kind nearest to the points, in the least-squares sense.

    `y_is_down` for pixels, counted from the top; a drawing's y goes up, like the plane's.

    Raises: PointsTooFew, PointsCoincide, PointsCollinear (affine only), PointsMirrored.
    """
    if len(points) < LEAST_POINTS[kind]:
        raise _too_few(kind, len(points), pointer)
    source = np.array([point.source for point in points], dtype=np.float64)
    target = np.array([point.target for point in points], dtype=np.float64)
    _must_be_apart(points, source, target)
    upright = source * (1.0, -1.0) if y_is_down else source
    narrow = min(_spread(upright), _spread(target)) < NARROWEST
    if kind is FitKind.AFFINE:
        if narrow:
            raise _collinear(pointer)
        linear = _affine(upright, target)
    else:
        linear = _similarity(upright, target)
    _must_not_mirror(upright, target, linear, narrow=narrow, pointer=pointer)
    if y_is_down:
        linear = linear * (1.0, -1.0)
    shift = target.mean(axis=0) - linear @ source.mean(axis=0)
    (a, b), (d, e) = linear.tolist()
    off = np.hypot(*(source @ linear.T + shift - target).T)
    told = len(points) > LEAST_POINTS[kind]
    return Fit(
        kind=kind,
        matrix=(a, b, float(shift[0]), d, e, float(shift[1])),
        residuals_m=tuple(off.tolist()) if told else None,
        rms_m=float(np.sqrt(np.mean(off**2))) if told else None,
        on_a_line=bool(narrow and len(points) > 2),
    )


def _centred(xy: Coordinates) -> Coordinates:
    found: Coordinates = xy - xy.mean(axis=0)
    return found


def _spread(xy: Coordinates) -> float:
    """How wide the points lie beside how long: 0 on a line, 1 all round."""
    along, across = np.linalg.svd(_centred(xy), compute_uv=False)
    return float(across / along)


def _similarity(source: Coordinates, target: Coordinates) -> Coordinates:
    """The turn and scale, as one complex number, that leave the least squares."""
    turn = _turning(source, target)
    return np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])


def _turning(source: Coordinates, target: Coordinates) -> complex:
    here, there = _centred(source) @ (1, 1j), _centred(target) @ (1, 1j)
    return complex(np.vdot(here, there) / np.vdot(here, here).real)


def _affine(source: Coordinates, target: Coordinates) -> Coordinates:
    scale = np.abs(_centred(source)).max()
    found, *_ = np.linalg.lstsq(_centred(source) / scale, _centred(target), rcond=None)
    linear: Coordinates = found.T / scale
    return linear


def _must_not_mirror(
    source: Coordinates, target: Coordinates, linear: Coordinates, *, narrow: bool, pointer: str
) -> None:
    """Raises: PointsMirrored, when turning the picture over would fit the points far better."""
    if np.linalg.det(linear) < 0:
        raise _mirrored(pointer)
    if narrow or len(source) < 3:
        return
    over = source * (1.0, -1.0)
    here, there = _left(source, target), _left(over, target)
    if there < here * _CLEARLY**2:
        raise _mirrored(pointer)


def _left(source: Coordinates, target: Coordinates) -> float:
    """The sum of squares that the best similarity leaves."""
    linear = _similarity(source, target)
    return float(np.sum((_centred(source) @ linear.T - _centred(target)) ** 2))


def _must_be_apart(
    points: Sequence[ControlPoint], source: Coordinates, target: Coordinates
) -> None:
    """Raises: PointsCoincide at the second of two points that are one, here or there."""
    least = 1e-3 * float(np.ptp(source, axis=0).max(initial=0.0))
    for first, second in combinations(range(len(points)), 2):
        here = float(np.hypot(*(source[first] - source[second])))
        there = float(np.hypot(*(target[first] - target[second])))
        if here <= least or there <= LEAST_APART_M:
            raise PointsCoincide(
                Fault(
                    points[second].pointer,
                    Words(
                        f"与第 {first + 1} 个控制点重合",
                        f"it is at the same place as control point {first + 1}",
                    ),
                    Words("请选相距较远的点", "choose points far from each other"),
                )
            )


def _too_few(kind: FitKind, count: int, pointer: str) -> PointsTooFew:
    least = LEAST_POINTS[kind]
    return PointsTooFew(
        Fault(
            pointer,
            Words(
                f"{kind} 变换至少要 {least} 个控制点，收到 {count} 个",
                f"{kind} takes {least} control points at least, {count} were sent",
            ),
            Words(
                f"请给出 {least + 1} 个以上，才能算出误差",
                f"send {least + 1} or more, so that it can be told how well they fit",
            ),
        )
    )


def _collinear(pointer: str) -> PointsCollinear:
    return PointsCollinear(
        Fault(
            pointer,
            Words("各控制点几乎在一直线上", "the control points lie on one line, or nearly"),
            Words("请另选一个远离该线的点", "choose one more point well away from that line"),
        )
    )


def _mirrored(pointer: str) -> PointsMirrored:
    return PointsMirrored(
        Fault(
            pointer,
            Words(
                "各点在图上与在地上的绕行方向相反（可能有两点对调，或照片被镜像）",
                "the points run clockwise on one side and anticlockwise on the other: "
                "two of them are swapped, or the picture is mirrored",
            ),
            Words("请核对每个控制点", "check each control point"),
        )
    )
