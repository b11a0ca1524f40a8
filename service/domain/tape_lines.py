"""Lines that touch a ring, in few directions: the scene's axes, and those of its long sides.

A line moves with the shape by as much as the shape does, whatever corners it was drawn with, so
that a tape moves and turns with its scene. A ring runs with its inside to the left; `way` is the
direction of a line, radians, its outside to the right.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, hypot, inf, pi, sin, tau

import numpy as np
from numpy.typing import NDArray

from service.domain.tape_corners import SHORT_M
from service.domain.tape_dents import STRAIGHT, Corners, turns_between, ways_of

EIGHTH = pi / 4
CLEAR = pi / 15
"""A line in the scene's axes differs at least this much from a straight side's."""
SMOOTH = pi / 12
"""A smaller turn belongs to an arc, or to nothing."""
PAST = 0.06
"""A line may point this much past the end of a bulge: to be parallel to an axis is no chance."""
SAME = 0.006
"""Sides that turn by less are drawn along one line."""
BESIDE = 4
"""A longer side, longer than the next four on either hand together, is no part of an arc."""
SURE_M = 1.2
"""Beside an arc only a side this long has a direction that a millimetre does not turn."""
LONG_M = 3.0
"""A side this long is straight, wherever it stands."""
FINER = (pi / 8, pi / 16, pi / 32)
FILL_M = 0.43
"""An inner corner may be filled so far."""
OUT_M = 4e-6
"""A line lies this far outside: more than rounding its corners to 1 µm takes away."""
OWN = 9
"""The rank of a short side's own line: the first to be left out."""


@dataclass(slots=True, eq=False)
class Line:
    """A line that touches the ring at its corner `at`: x * up - y * along = off.

    `along` and `up` are the cosine and the sine of its `way`. The higher its rank the sooner it is
    left out. `ends` are the lines of the two sides that meet in the inner corner before it, where
    there is one.
    """

    way: float
    along: float
    up: float
    rank: int
    off: float
    at: int
    ends: tuple["Line", "Line"] | None = None


def lines_around(xy: Corners) -> list[Line]:
    """Return lines that touch a ring, in its order: one run of them for each outward bulge."""
    ways = ways_of(xy)
    inner = np.flatnonzero(turns_between(ways) < -STRAIGHT).tolist()
    if not inner:
        return _first_lines(xy, np.arange(len(xy)), ways, whole=True)
    lines: list[Line] = []
    n = len(xy)
    for first, last in zip(inner, [*inner[1:], inner[0] + n], strict=True):
        at = np.arange(first, last + 1) % n
        bulge = _first_lines(xy, at, ways[at[:-1]], whole=False)
        here, before = float(ways[first]), float(ways[first - 1])
        pin = np.array([first])
        bulge[0].ends = (touching(xy, pin, before, OWN), touching(xy, pin, here, OWN))
        lines += bulge
    return _pinned(xy, lines)


def _pinned(xy: Corners, lines: list[Line]) -> list[Line]:
    """Add lines at each inner corner from which those of its two bulges' meet too far.

    Finer directions of the scene's axes come first: a short side's own is turned by a millimetre.
    """
    found: list[Line] = []
    for i, line in enumerate(lines):
        if line.ends is not None:
            before, (end, start) = lines[i - 1], line.ends
            added: list[Line] = []
            for step in FINER:
                if _far(xy[end.at], [before, *added, line]):
                    added = _finer(xy, before, line, line.ends, step)
            if _far(xy[end.at], [before, *added, line]):
                added = [end] if _apart(before, end) else []
                added += [start] if _apart(start, line) else []
            found += added
        found.append(line)
    return found


def _far(pin: Corners, lines: list[Line]) -> bool:
    """Say whether the inner corner between some lines lies far from where it was drawn."""
    turns = [(b.way - a.way + pi) % tau - pi for a, b in pairwise(lines)]
    at = int(np.argmin(turns))
    x, y = meeting(lines[at], lines[at + 1])
    return hypot(x - pin[0], y - pin[1]) > FILL_M


def _finer(
    xy: Corners, before: Line, after: Line, ends: tuple[Line, Line], step: float
) -> list[Line]:
    """The lines nearest to the two sides at an inner corner, in multiples of a direction."""
    end, start = ends
    n, added = len(xy), []
    room = (end.way - before.way) % tau
    way = floor((before.way + room + PAST) / step) * step
    if SAME < room < pi and way > before.way + SAME:
        at = np.arange(before.at, before.at + (end.at - before.at) % n + 1) % n
        added.append(touching(xy, at, way, OWN))
    room = (after.way - start.way) % tau
    way = ceil((after.way - room - PAST) / step) * step
    if SAME < room < pi and way < after.way - SAME:
        at = np.arange(start.at, start.at + (after.at - start.at) % n + 1) % n
        added.append(touching(xy, at, way, OWN))
    return added


def _apart(a: Line, b: Line) -> bool:
    return abs((a.way - b.way + pi) % tau - pi) > SAME


def _first_lines(
    ring: Corners, at: NDArray[np.intp], ways: NDArray[np.float64], *, whole: bool
) -> list[Line]:
    """The straight sides' own lines, and those in the scene's axes that differ from them.

    `at` are the corners of a bulge, or of a ring without inner corners; `ways` the directions of
    the sides from one to the next. There is one line at least.
    """
    turns = turns_between(ways) % tau
    if whole:
        start = int(np.argmax(turns))
        at = np.concatenate((at[start:], at[: start + 1]))
        turns = np.concatenate((turns[start:], turns[:start]))
    else:
        turns[0] = inf
    first = _firsts(turns)
    last = np.concatenate((first[1:], (len(at) - 1,)))
    steps = ring[at[last]] - ring[at[first]]
    sizes, turns = np.hypot(steps[:, 0], steps[:, 1]), turns[first]
    drawn = np.arctan2(steps[:, 1], steps[:, 0])
    low = float(drawn[0]) % tau
    unrolled = low + np.concatenate(((0.0,), np.cumsum(np.diff(drawn) % tau)))
    lines = []
    for i in np.flatnonzero(_straight(sizes, turns, whole=whole)).tolist():
        lines.append(
            (float(unrolled[i]), touching(ring, at[first[i] : last[i] + 1], unrolled[i], 0))
        )
    straight = [way for way, _ in lines]
    high = low + tau - 1e-9 if whole else float(unrolled[-1]) + PAST
    low -= 0.0 if whole else PAST
    around = unrolled.tolist()
    for k in range(ceil(low / EIGHTH), floor(high / EIGHTH) + 1):
        way = k * EIGHTH
        if all(abs((way - other + pi) % tau - pi) >= CLEAR for other in straight):
            i = bisect_left(around, way)
            beside = at[first[max(i - 1, 0)] : last[min(i, len(last) - 1)] + 1]
            lines.append((way, touching(ring, beside, way, 1 + k % 2)))
    if not lines:
        i = int(np.argmax(sizes))
        lines = [(0.0, touching(ring, at[first[i] : last[i] + 1], unrolled[i], OWN))]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _firsts(turns: NDArray[np.float64]) -> NDArray[np.intp]:
    """The first sides of the runs that are drawn along one line each."""
    if turns[1:].min(initial=inf) > SAME:
        return np.arange(len(turns))
    firsts, turned = [], inf
    for i, turn in enumerate(turns.tolist()):
        turned += turn
        if turned > SAME:
            firsts.append(i)
            turned = 0.0
    return np.array(firsts)


def _straight(
    sizes: NDArray[np.float64], turns: NDArray[np.float64], *, whole: bool
) -> NDArray[np.bool_]:
    """Say of each side whether it is long and no part of an arc."""
    smooth = turns <= SMOOTH
    if whole:
        around = sizes[np.arange(-BESIDE, len(sizes) + BESIDE) % len(sizes)]
    else:
        around = np.concatenate([np.zeros(BESIDE), sizes, np.zeros(BESIDE)])
    total = np.concatenate(((0.0,), np.cumsum(around)))
    n, past = len(sizes), BESIDE + 1
    before = total[BESIDE : n + BESIDE] - total[:n]
    after = total[past + BESIDE :] - total[past : n + past]
    last = np.concatenate((smooth[1:], smooth[:1]))
    found = (~smooth | (sizes > before)) & (~last | (sizes > after))
    sure: NDArray[np.bool_] = found & (sizes >= np.where(smooth | last, SURE_M, SHORT_M))
    return sure | (sizes >= LONG_M)


def touching(ring: Corners, at: NDArray[np.intp], way: float, rank: int) -> Line:
    """Return the line of a direction that touches a ring from outside at one of some corners."""
    way = float(way) % tau
    up, along = sin(way), cos(way)
    offs = [x * up - y * along for x, y in ring[at].tolist()]
    off = max(offs)
    return Line(way, along, up, rank, off + OUT_M, int(at[offs.index(off)]))


def meeting(a: Line, b: Line) -> tuple[float, float]:
    """Return where two lines meet; far away when they are parallel."""
    turn = sin(b.way - a.way) or 1e-12
    x = (b.off * a.along - a.off * b.along) / turn
    y = (b.off * a.up - a.off * b.up) / turn
    return x, y
