"""Arcs of a tape: each run of small left turns becomes a few tangents in the scene's axes.

A margin is round, and tape is not. The tangents of an arc move with it by as much as it moves,
whatever corners it was drawn with: nothing is chosen that a millimetre could change. A ring runs
with its inside to the left.
"""

from itertools import pairwise
from math import atan2, ceil, cos, dist, floor, pi, sin, tau

Point = tuple[float, float]
Line = tuple[Point, float]
"""A point on it and its direction, radians."""

SMOOTH = pi / 12
"""A left turn up to this belongs to an arc."""
LEAST_TURN = pi / 6
"""A run that turns by less than this is no arc."""
BEYOND = pi / 32
"""A tangent may point this much past an arc's end: half a step of a circle as it is drawn."""
CLEAR = pi / 15
"""A tangent points at least this much off the straight side that an arc ends on."""
STRAIGHT_M = 0.5
BESIDE = 4
"""A longer side, longer than the next four on either hand together, is no part of an arc."""
LEVEL_M, LEVEL = 0.002, 0.02
"""A corner this flat (m off the line past it, and radians) comes from drawing to a millimetre."""
SPECK_M = 0.02
DENT_M = 0.05
"""An inner corner less deep than this is filled."""


def without_arcs(ring: list[Point], *, directions: int) -> list[Point]:
    """Return a ring around `ring`, its arcs replaced by tangents in so many directions.

    The ring is returned as it is when it has no arc; whether the answer is a valid ring, and one
    near enough, is for the caller to see.
    """
    turns, step = _turns(ring), tau / directions
    n, straight = len(ring), _straight(ring, turns)
    ends = {i for i in range(n) if not _is_smooth(turns[i])}
    ends |= {j % n for i in range(n) if straight[i] for j in (i, i + 1)}
    if not ends:
        return _corners(_tangents([*ring, ring[0]], [*turns[1:], turns[0]], step, (1e-12, 0.0)))
    at = sorted(ends)
    lines: list[Line] = []
    found = False
    for first, last in zip(at, [*at[1:], at[0] + n], strict=True):
        run = [ring[i % n] for i in range(first, last + 1)]
        inner = [turns[i % n] for i in range(first + 1, last)]
        if sum(inner) <= LEAST_TURN:
            lines += [(a, _way(a, b)) for a, b in pairwise(run)]
        else:
            found = True
            begins = straight[first - 1] and _is_smooth(turns[first])
            finishes = straight[last % n] and _is_smooth(turns[last % n])
            off = (CLEAR if begins else -BEYOND, CLEAR if finishes else -BEYOND)
            tangents = _tangents(run, inner, step, off)
            lines += _joined(ring[first - 1], run, ring[(last + 1) % n], tangents)
    return _corners(lines) if found else ring


def _joined(before: Point, run: list[Point], after: Point, tangents: list[Line]) -> list[Line]:
    """Return an arc's tangents, with its own end sides where they would cut an inner corner."""
    begins, ends = (run[0], _way(run[0], run[1])), (run[-1], _way(run[-2], run[-1]))
    came, goes = _way(before, run[0]), _way(run[-1], after)
    lines = tangents or [begins]
    if sin(begins[1] - came) < 0 < sin(lines[0][1] - came):
        lines = [begins, *lines]
    if sin(goes - ends[1]) < 0 < sin(goes - lines[-1][1]):
        lines = [*lines, ends]
    return lines


def _is_smooth(turn: float) -> bool:
    return 1e-9 < turn <= SMOOTH


def levelled(ring: list[Point]) -> list[Point]:
    """Return a ring without what drawing to a millimetre leaves: flat corners, shallow dents.

    What is lost lies within 2 mm of the ring.
    """
    kept = ring
    i, since = 0, 0
    while since < len(kept) and len(kept) > 4:
        i %= len(kept)
        a, b, c = kept[i - 1], kept[i], kept[(i + 1) % len(kept)]
        if _is_level(a, b, c):
            kept = kept[:i] + kept[i + 1 :]
            i, since = max(0, i - 1), 0
        else:
            i, since = i + 1, since + 1
    return kept


def _is_level(a: Point, b: Point, c: Point) -> bool:
    turn = (_way(b, c) - _way(a, b) + pi) % tau - pi
    area = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    off = area / max(dist(a, c), 1e-9)
    if -DENT_M < off <= 0 and abs(turn) < pi / 2:
        return True
    speck = min(dist(a, b), dist(b, c)) < SPECK_M
    return 0 <= off < LEVEL_M and (abs(turn) < LEVEL or (speck and turn < pi / 2))


def _straight(ring: list[Point], turns: list[float]) -> list[bool]:
    """Say of each side whether it is no part of an arc."""
    n = len(ring)
    sizes = [dist(ring[i], ring[(i + 1) % n]) for i in range(n)]

    def longer(i: int, corner: int, way: int) -> bool:
        beside = sum(sizes[(i + way * k) % n] for k in range(1, BESIDE + 1))
        return not _is_smooth(turns[corner % n]) or sizes[i] > beside

    return [sizes[i] >= STRAIGHT_M and longer(i, i, -1) and longer(i, i + 1, 1) for i in range(n)]


def _turns(ring: list[Point]) -> list[float]:
    """Return by how much the ring turns left at each corner, radians in [-pi, pi)."""
    n = len(ring)
    ways = [_way(ring[i - 1], ring[i]) for i in range(n)]
    return [(ways[(i + 1) % n] - ways[i] + pi) % tau - pi for i in range(n)]


def _way(a: Point, b: Point) -> float:
    return atan2(b[1] - a[1], b[0] - a[0])


def _tangents(
    run: list[Point], turns: list[float], step: float, off: tuple[float, float]
) -> list[Line]:
    """Return the tangents of a run whose directions are multiples of `step`.

    `turns` are those between its sides; `off` is how far the tangents keep from its two ends.
    """
    way = _way(run[0], run[1])
    low, high = way + off[0], way + sum(turns) - off[1]
    lines: list[Line] = []
    i = 0
    for k in range(ceil(low / step), floor(high / step) + 1):
        while i < len(turns) and way < k * step:
            way += turns[i]
            i += 1
        corner = run[i] if way >= k * step else run[-1]
        lines.append((corner, k * step))
    return lines


def _corners(lines: list[Line]) -> list[Point]:
    """Return where each line meets the next; a line that runs on as the one before is left out."""
    kept: list[Line] = []
    for line in lines:
        if not kept or abs(sin(line[1] - kept[-1][1])) > 1e-6:
            kept.append(line)
    corners = []
    for (p, a), (q, b) in zip(kept, kept[1:] + kept[:1], strict=True):
        turn = sin(b - a) or 1e-12
        t = ((q[0] - p[0]) * sin(b) - (q[1] - p[1]) * cos(b)) / turn
        corners.append((p[0] + t * cos(a), p[1] + t * sin(a)))
    return corners
