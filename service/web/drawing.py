"""A level drawn as SVG: its units, what is sealed and why, where the fire began.

The drawing lies along the building's own axes, with an arrow to the north; it scales to any
width (360 px and up) and keeps its meaning in black and white. All text is escaped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.plan import GROUND, Level, Opening, OpeningKind, Unit
from service.domain.words import Words
from service.web.drawing_frame import Frame, frame_of
from service.web.drawing_legend import evidence_sign, furniture, origin_sign
from service.web.drawing_style import FIRST_SEEN, STYLE, patterns


class MarkKind(StrEnum):
    """What a point on the drawing stands for."""

    ORIGIN = "origin"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPiece:
    """A sealed cell: its shape in plane metres, the kinds of its holds, and why, in words."""

    shape: BaseGeometry
    kinds: frozenset[HoldKind]
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of origin, or evidence in place, in plane metres."""

    kind: MarkKind
    at: BaseGeometry
    label: str = ""


def draw_level(
    level: Level,
    sealed: Sequence[SealedPiece] = (),
    *,
    openings: Iterable[Opening] = (),
    marks: Sequence[Mark] = (),
    mine: Collection[str] = (),
    direction_deg: float = 0.0,
    heading: str = "",
) -> str:
    """The level as one SVG document, in Chinese with English beside it.

    `direction_deg` is the direction of the building's long side, from east, as in the scene's
    axes; `heading` says which scene and when; the units `mine` are outlined.
    """
    frame = frame_of(_drawn(level, sealed, marks), direction_deg=direction_deg)
    prefix = f"l{level.id.encode().hex()}-"
    kinds = [kind for kind in FIRST_SEEN if any(kind in piece.kinds for piece in sealed)]
    shown = [kind for kind in MarkKind if any(mark.kind is kind for mark in marks)]
    units = [unit for unit in level.units if unit.id != GROUND]
    body = [
        *_walls(level, frame),
        *(_unit(unit, frame) for unit in units),
        *(_sealed(piece, frame, prefix) for piece in sealed),
        *(_opening(x, frame) for x in openings if x.level == level.id),
        *(_mine(unit, frame) for unit in units if unit.id in mine),
        *(_label(unit, frame) for unit in units),
        *(_mark(mark, frame) for mark in marks),
    ]
    title = f"{level.name} {heading}".strip()
    tail, height = furniture(frame, title, kinds, [kind.value for kind in shown], prefix)
    said = _description(level, sealed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {height:.0f}" '
        f'width="100%" role="img" aria-labelledby="{prefix}title {prefix}desc">'
        f'<title id="{prefix}title">{escape(title)}</title>'
        f'<desc id="{prefix}desc">{escape(said)}</desc>'
        f"<defs><style>{STYLE}</style>{patterns(prefix)}</defs>"
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
    return [f'<path class="walls" d="{frame.path(level.outline)}"/>']


def _unit(unit: Unit, frame: Frame) -> str:
    path = frame.path(unit.shape)
    return (
        f'<path class="unit {unit.kind}" fill-rule="evenodd" d="{path}">'
        f"<title>{escape(unit.name)}</title></path>"
    )


def _sealed(piece: SealedPiece, frame: Frame, prefix: str) -> str:
    kind = next(kind for kind in FIRST_SEEN if kind in piece.kinds)
    names = [HOLD_NAMES[x] for x in FIRST_SEEN if x in piece.kinds]
    zh, en = "、".join(x.zh for x in names), ", ".join(x.en for x in names)
    why = f"{zh}：{piece.why.zh} / {en}: {piece.why.en}"
    return (
        f'<path class="sealed" fill-rule="evenodd" fill="url(#{prefix}{kind})" '
        f'd="{frame.path(piece.shape)}"><title>{escape(why)}</title></path>'
    )


def _mine(unit: Unit, frame: Frame) -> str:
    path = frame.path(unit.shape)
    return f'<path class="mine" fill="none" stroke="#1560bd" stroke-width="7" d="{path}"/>'


def _opening(opening: Opening, frame: Frame) -> str:
    if opening.kind not in (OpeningKind.DOOR, OpeningKind.EXIT):
        return ""
    path = frame.path(opening.shape)
    if opening.kind is OpeningKind.EXIT:
        return f'<path class="exit" fill="none" d="{path}"><title>出口 exit</title></path>'
    return f'<path class="door" fill="none" d="{path}"/><path class="leaf" d="{path}"/>'


def _label(unit: Unit, frame: Frame) -> str:
    """The unit's number, and its name below where there is room; nothing where there is none."""
    wide, high = frame.size(unit.shape)
    first, _, rest = unit.name.partition(" ")
    lines = [(text, size) for text, size in ((first, 22.0), (rest, 15.0)) if text]
    fitted = [(text, min(size, wide * 0.92 / _ems(text), high * 0.42)) for text, size in lines]
    shown = [(text, size) for text, size in fitted if size >= 7]
    x, y = frame.inside(unit.shape)
    y -= (len(shown) - 1) * 10 - 6
    written = "".join(
        f'<tspan x="{x:.1f}" y="{y + 20 * row:.1f}" font-size="{size:.1f}">{escape(text)}</tspan>'
        for row, (text, size) in enumerate(shown)
    )
    halo = f'<text class="label halo" aria-hidden="true">{written}</text>'
    return f'{halo}<text class="label">{written}</text>' if shown else ""


def _ems(text: str) -> float:
    """The width of a text in its own font size: Chinese signs are square."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in text)


def _mark(mark: Mark, frame: Frame) -> str:
    x, y = frame.point(shapely.get_coordinates(shapely.centroid(mark.at))[0])
    label = escape(mark.label)
    if mark.kind is MarkKind.ORIGIN:
        return origin_sign(x, y, label)
    return evidence_sign(x, y, label)
