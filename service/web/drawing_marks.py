"""Signs on a drawing: posts, evidence in place, where the fire began, where photos were taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from math import cos, dist, hypot, pi, sin

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.photo_pins import PhotoPin
from service.web.drawing_frame import Frame
from service.web.drawing_legend import SIGNS
from service.web.drawing_photos import draw_pin

_APART = 40.0
"""Two signs nearer than this would hide each other."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in units of the drawing."""


class MarkKind(StrEnum):
    """What a point on the drawing stands for."""

    POST = "post"
    ORIGIN = "origin"
    EVIDENCE = "evidence"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A post of the tape, a point of origin, evidence in place, or a photo, in plane metres."""

    kind: MarkKind
    at: BaseGeometry
    label: str = ""
    pin: PhotoPin | None = None


def draw_marks(marks: Sequence[Mark], frame: Frame, boxes: Sequence[Box]) -> list[str]:
    """Each sign where it belongs; one that would hide another, or a name, is set aside.

    A line leads back from it to its place.
    """
    drawn, taken = list[str](), list[tuple[float, float]]()
    for mark in marks:
        x, y = at = frame.point(shapely.get_coordinates(shapely.centroid(mark.at))[0])
        if mark.kind is not MarkKind.POST:
            at = _free(x, y, taken, boxes)
            taken.append(at)
        if at != (x, y):
            line = f'd="M{x:.0f},{y:.0f} {at[0]:.0f},{at[1]:.0f}"'
            drawn.append(
                f'<path class="under" {line}/><path class="aside" {line}/>'
                f'<circle class="place" cx="{x:.0f}" cy="{y:.0f}" r="6"/>'
            )
        if mark.pin is None:
            drawn.append(SIGNS[mark.kind](*at, escape(mark.label)))
        else:
            drawn.append(draw_pin(*at, mark.pin, north_deg=frame.direction_deg))
    return drawn


def _free(
    x: float, y: float, taken: Sequence[tuple[float, float]], boxes: Sequence[Box]
) -> tuple[float, float]:
    """The nearest place around x, y that no sign has taken and no name; x, y where there is none.

    Where names leave no room, only signs keep clear of one another.
    """
    turns = [(sin(n * pi / 6), -cos(n * pi / 6)) for n in range(12)]
    steps = [(x + r * dx, y + r * dy) for r in (_APART, 1.6 * _APART) for dx, dy in turns]
    free = [at for at in ((x, y), *steps) if all(dist(at, other) >= _APART for other in taken)]
    clear = (at for at in free if not any(_hides(at, box) for box in boxes))
    return next(clear, free[0] if free else (x, y))


def _hides(at: tuple[float, float], box: Box) -> bool:
    west, north, east, south = box
    beyond = max(west - at[0], at[0] - east, 0.0), max(north - at[1], at[1] - south, 0.0)
    return hypot(*beyond) < _APART / 2
