"""A ring of tape drawn by lines that touch a shape: as few as stay in reach, none too short."""

from dataclasses import dataclass, field
from math import cos, hypot, inf, pi, sin, tau

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from service.domain.tape_corners import MOST_CORNERS, SHORT_M, TIED, TIED_M2
from service.domain.tape_dents import Corners
from service.domain.tape_lines import Line, lines_around, meeting, touching

SHARPEST = 5 * pi / 6
"""No line is left out where its neighbours would then turn by more: a corner of 30°."""
POINT_M, POINTED = 0.01, 0.95 * pi
"""A shorter side is the point of a sharp corner, and is left out up to 9°."""


@dataclass(slots=True, kw_only=True)
class Drawn:
    """Lines around a ring of `shape`, in its order; corners reach at most `reach_m` beyond it."""

    xy: Corners
    shape: BaseGeometry
    reach_m: float
    lines: list[Line] = field(default_factory=list)
    in_reach: bool = False

    @property
    def has_dents(self) -> bool:
        """Whether the ring has an inner corner that no bridge was thrown over."""
        return any(line.ends is not None for line in self.lines)

    def tape(self) -> Corners:
        """Return the corners of a tape around the ring, each once.

        Sides are at least 0.5 m and at most 16, unless the reach or a narrower shape forbids.
        """
        self.lines = lines_around(self.xy)
        self.refine()
        for rank in sorted({line.rank for line in self.lines} - {0}, reverse=True):
            self.leave_out_short(rank)
        self.leave_out_many()
        return self.corners()

    def corners(self) -> Corners:
        """Where each line meets the one before it."""
        before = [self.lines[-1], *self.lines[:-1]]
        return np.array([meeting(a, b) for a, b in zip(before, self.lines, strict=True)])

    def refine(self) -> None:
        """Add lines at each corner that reaches too far, until none does."""
        for rank in range(3, 7):
            far = self._beyond(self.corners())
            if not far.any():
                self.in_reach = True
                return
            lines: list[Line] = []
            for i, line in enumerate(self.lines):
                if far[i]:
                    lines += self._between(self.lines[i - 1], line, rank)
                lines.append(line)
            self.lines = lines

    def _between(self, before: Line, after: Line, rank: int) -> list[Line]:
        if (after.way - before.way) % tau > pi:
            return []
        way = before.way + ((after.way - before.way) % tau) / 2
        count = (after.at - before.at) % len(self.xy) + 1
        return [
            touching(self.xy, np.arange(before.at, before.at + count) % len(self.xy), way, rank)
        ]

    def leave_out_short(self, rank: int) -> None:
        """Leave out the lines of a rank whose sides are under 0.5 m, where that stays in reach."""
        for line in [line for line in self.lines if line.rank == rank]:
            at = self.lines.index(line)
            if _side(self.lines, at) < SHORT_M and self._cost(at) < inf:
                del self.lines[at]

    def leave_out_many(self) -> None:
        """Leave out the cheapest lines until 16 are left, or all others reach too far."""
        known: dict[tuple[Line, ...], float] = {}
        while len(self.lines) > MOST_CORNERS:
            costs = self._costs(known)
            least = min(costs)
            if least == inf:
                return
            tied = [i for i, cost in enumerate(costs) if cost <= (1 + TIED) * least + TIED_M2]
            del self.lines[min(tied, key=self._place)]

    def _costs(self, known: dict[tuple[Line, ...], float]) -> list[float]:
        """What leaving out each line costs; `known` is what was found of lines and neighbours."""
        lines, found = self.lines, []
        for i, line in enumerate(lines):
            sides = (lines[i - 1], line, lines[(i + 1) % len(lines)])
            if sides not in known:
                known[sides] = self._cost(i)
            found.append(known[sides])
        return found

    def _place(self, at: int) -> float:
        """Where a line touches, along a direction that no drawing has: ties go to the first."""
        x, y = self.xy[self.lines[at].at]
        return float(x * cos(0.7) + y * sin(0.7))

    def _cost(self, at: int) -> float:
        """The area that leaving a line out adds; infinite where it may not be."""
        lines = self.lines
        before, line, after = lines[at - 1], lines[at], lines[(at + 1) % len(lines)]
        turn = (line.way - before.way) % tau + (after.way - line.way) % tau
        if len(lines) < 4 or turn > (POINTED if _side(lines, at) < POINT_M else SHARPEST):
            return inf
        tip, a, b = meeting(before, after), meeting(before, line), meeting(line, after)
        if self._beyond(np.array([tip]))[0]:
            return inf
        return abs((a[0] - tip[0]) * (b[1] - tip[1]) - (a[1] - tip[1]) * (b[0] - tip[0])) / 2

    def _beyond(self, points: Corners) -> NDArray[np.bool_]:
        found: NDArray[np.float64] = shapely.distance(shapely.points(points), self.shape)
        return found > self.reach_m


def _side(lines: list[Line], at: int) -> float:
    """The length of a line's side."""
    a = meeting(lines[at - 1], lines[at])
    b = meeting(lines[at], lines[(at + 1) % len(lines)])
    return hypot(b[0] - a[0], b[1] - a[1])
