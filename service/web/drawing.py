"""A level drawn as SVG: its units, what is sealed and why, where the fire began.

The drawing lies along the building's own axes, with an arrow to the north; stood upright it can
be read 328 px wide, as on a phone. It keeps its meaning in black and white. All text is escaped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.plan import GROUND, Level, Opening, OpeningKind, Unit
from service.domain.words import Words
from service.web.drawing_frame import Frame, frame_of
from service.web.drawing_legend import furniture
from service.web.drawing_marks import Box, Mark, MarkKind, draw_marks
from service.web.drawing_style import FIRST_SEEN, STYLE, patterns

_NUMBER, _NAME, _EASY, _SMALLEST = 38.0, 32.0, 26.0, 12.0
"""Sizes of a unit's number and name, what a phone shows well, and what nobody can read."""
_VOID_M = 1.0
"""What is wider than this and no unit is no wall: a court, a shaft, a place not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPiece:
    """A sealed cell: its shape in plane metres, the kinds of its holds, and why, in words."""

    shape: BaseGeometry
    kinds: frozenset[HoldKind]
    why: Words


def draw_level(
    level: Level,
    sealed: Sequence[SealedPiece] = (),
    *,
    openings: Iterable[Opening] = (),
    marks: Sequence[Mark] = (),
    mine: Collection[str] = (),
    direction_deg: float = 0.0,
    heading: str = "",
    beside: Sequence[Level] = (),
    room_for: Sequence[BaseGeometry] = (),
    named: str = "",
) -> str:
    """The level as one SVG document, in Chinese with English beside it.

    `direction_deg` is the direction of the building's long side, from east, as in the scene's
    axes; `heading` says which scene and when; the units `mine` are outlined. The levels
    `beside` are drawn by themselves, at the same scale. There is `room_for` shapes that another
    drawing of the level shows; `named` tells the two apart on one page.
    """
    frame = frame_of(
        [*_drawn(level, sealed, marks), *room_for],
        direction_deg=direction_deg,
        beside=[shape for each in beside for shape in _drawn(each, (), ())],
    )
    prefix = f"l{level.id.encode().hex()}{named}-"
    kinds = [kind for kind in FIRST_SEEN if any(kind in piece.kinds for piece in sealed)]
    shown = [kind for kind in MarkKind if any(mark.kind is kind for mark in marks)]
    units = [unit for unit in level.units if unit.id != GROUND]
    labels = [_label(unit, frame) for unit in units]
    body = [
        *_walls(level, frame),
        *(_unit(unit, frame) for unit in units),
        *(_sealed(piece, frame, prefix) for piece in sealed),
        *_openings([x for x in openings if x.level == level.id], frame, prefix),
        *(_mine(unit, frame) for unit in units if unit.id in mine),
        *(text for text, _ in labels),
        *draw_marks(marks, frame, [box for _, boxes in labels for box in boxes]),
    ]
    title = f"{level.name} {heading}".strip()
    tail, height = furniture(frame, title, kinds, [kind.value for kind in shown], prefix)
    said = _description(level, sealed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {height:.0f}" '
        f'width="100%" role="img" aria-labelledby="{prefix}title {prefix}desc">'
        f'<title id="{prefix}title">{escape(title)}</title>'
        f'<desc id="{prefix}desc">{escape(said)}</desc>'
        f"<defs><style>{STYLE}</style>{patterns(prefix, kinds)}</defs>"
        f'<rect width="{frame.width}" height="{height:.0f}" fill="#fff"/>'
        f"{''.join(body)}{tail}</svg>"
    )


def _drawn(
    level: Level, sealed: Sequence[SealedPiece], marks: Sequence[Mark]
) -> list[BaseGeometry]:
    units = [unit.shape for unit in level.units if unit.id != GROUND]
    outline = [] if level.outline is None else [level.outline]
    return [*units, *outline, *(x.shape for x in sealed), *(mark.at for mark in marks)]


def _description(level: Level, sealed: Sequence[SealedPiece]) -> str:
    area = f"{sum(piece.shape.area for piece in sealed):,.0f}"
    closed = sum(unit.id != GROUND for unit in level.units)
    return f"{level.name}：{closed} 个单元，封闭 {area} 平方米。{closed} units, {area} m² sealed."


def _walls(level: Level, frame: Frame) -> list[str]:
    if level.outline is None:
        return []
    rooms = shapely.union_all([unit.shape for unit in level.units if unit.id != GROUND])
    between = shapely.difference(level.outline, rooms)
    core = shapely.buffer(between, -_VOID_M / 2, join_style="mitre")
    void = shapely.buffer(core, _VOID_M / 2, join_style="mitre")
    walls = f'<path class="walls" d="{frame.path(level.outline)}"/>'
    return [walls] if void.is_empty else [walls, f'<path class="void" d="{frame.path(void)}"/>']


def _unit(unit: Unit, frame: Frame) -> str:
    path = frame.path(unit.shape)
    return f'<path class="unit {unit.kind}" d="{path}"><title>{escape(unit.name)}</title></path>'


def _sealed(piece: SealedPiece, frame: Frame, prefix: str) -> str:
    kind = next(kind for kind in FIRST_SEEN if kind in piece.kinds)
    names = [HOLD_NAMES[x] for x in FIRST_SEEN if x in piece.kinds]
    zh, en = "、".join(x.zh for x in names), ", ".join(x.en for x in names)
    why = f"{zh}：{piece.why.zh} / {en}: {piece.why.en}"
    return (
        f'<path class="sealed" fill="url(#{prefix}{kind})" '
        f'd="{frame.path(piece.shape)}"><title>{escape(why)}</title></path>'
    )


def _mine(unit: Unit, frame: Frame) -> str:
    return f'<path class="mine" d="{frame.path(unit.shape)}"/>'


def _openings(openings: Sequence[Opening], frame: Frame, prefix: str) -> list[str]:
    """All doors as one path, drawn as a gap in the wall and as a leaf; each exit by itself."""
    doors = "".join(frame.path(x.shape) for x in openings if x.kind is OpeningKind.DOOR)
    return [
        f'<g class="door"><path id="{prefix}doors" d="{doors}"/></g>',
        f'<use class="leaf" href="#{prefix}doors"/>',
        *(
            f'<path class="exit" d="{frame.path(x.shape)}"><title>出口 exit</title></path>'
            for x in openings
            if x.kind is OpeningKind.EXIT
        ),
    ]


def _label(unit: Unit, frame: Frame) -> tuple[str, list[Box]]:
    """The unit's number, and its name below where there is room; nothing where there is none.

    Beside it the boxes in which its lines stand.
    """
    wide, high = frame.room(unit.shape)
    first, _, rest = unit.name.partition(" ")
    lines = [(text, size) for text, size in ((first, _NUMBER), (rest, _NAME)) if text]
    fitted = _fitted(lines, wide, high)
    least = min((size for _, size in fitted), default=_EASY)
    if least < _EASY:
        halves = [(half, size) for text, size in lines for half in _halves(text)]
        broken = _fitted(halves, wide, high)
        if min(size for _, size in broken) > 1.3 * least:
            fitted = broken
    shown = [(text, size) for text, size in fitted if size >= _SMALLEST]
    x, y = frame.inside(unit.shape)
    y -= sum(size for _, size in shown) / 2
    written, boxes = "", list[Box]()
    for text, size in shown:
        half = _ems(text) * size / 2
        boxes.append((x - half, y, x + half, y + size))
        y += size
        written += (
            f'<tspan x="{x:.0f}" y="{y - 0.14 * size:.0f}" font-size="{size:.0f}">'
            f"{escape(text)}</tspan>"
        )
    return (f'<text class="label">{written}</text>' if shown else ""), boxes


def _fitted(
    lines: Sequence[tuple[str, float]], wide: float, high: float
) -> list[tuple[str, float]]:
    """Each line no larger than wished, and so that all fit."""
    row = high * 0.84 / max(len(lines), 2)
    return [(text, min(size, wide * 0.92 / _ems(text), row)) for text, size in lines]


def _halves(text: str) -> list[str]:
    """A Chinese name on two lines; a number stays whole."""
    half = (len(text) + 1) // 2
    return [text[:half], text[half:]] if len(text) >= 4 and text[0] > "\u2e7f" else [text]


def _ems(text: str) -> float:
    """The width of a text in its own font size: Chinese signs are square."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in text)
