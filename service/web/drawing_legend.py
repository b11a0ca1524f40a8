"""What stands around the plan: the heading, the arrow to the north, the scale, the legend."""

from collections.abc import Sequence
from html import escape

from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.words import Words
from service.web.drawing_frame import WIDTH, Frame
from service.web.drawing_photos import photo_sign

_ROW = 84
_COLUMNS = (24, 560)
_OPEN_WORDS = Words("开放：铺面、房间", "open: room")
_FLOOR_WORDS = Words("开放：通道、院子", "open: corridor, yard")
_EXIT_WORDS = Words("出口", "exit")
_MARK_WORDS = {
    "post": Words("警戒带立柱", "post of the tape"),
    "origin": Words("起火点", "point of origin"),
    "evidence": Words("痕迹物证", "evidence"),
    "photo": Words("照片及朝向", "photo, where it looks"),
}


def furniture(
    frame: Frame, title: str, kinds: Sequence[HoldKind], marks: Sequence[str], prefix: str
) -> tuple[str, float]:
    """Heading, arrow, scale bar and legend, and the height of the whole drawing."""
    entries = [
        *((_swatch(f"url(#{prefix}{kind})"), _sealed_words(kind)) for kind in kinds),
        (_swatch("#fff"), _OPEN_WORDS),
        (_swatch("#f1efe8"), _FLOOR_WORDS),
        ('<path class="exit" d="M0 28H44"/>', _EXIT_WORDS),
        *((_sign(mark), _MARK_WORDS[mark]) for mark in marks),
    ]
    top = frame.height + 84
    rows = (len(entries) + 1) // 2
    legend = "".join(
        f'<g transform="translate({_COLUMNS[index // rows]} {top + _ROW * (index % rows):.0f})">'
        f"{sign}{_words(words)}</g>"
        for index, (sign, words) in enumerate(entries)
    )
    heading = f'<text x="24" y="58" font-size="46" font-weight="600">{escape(title)}</text>'
    return heading + _north(frame) + _scale_bar(frame) + legend, top + _ROW * rows + 8


def post_sign(x: float, y: float, label: str) -> str:
    """A dot where a post carries the tape."""
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="7" fill="#1c1c1c" class="mark">'
        f"<title>立柱 post {label}</title></circle>"
    )


def origin_sign(x: float, y: float, label: str) -> str:
    """A star where the fire began."""
    star = "M0-26 7-8.3 26-8 11 3.7 16.2 22 0 11.3-16.2 22-11 3.7-26-8-7-8.3Z"
    return (
        f'<g transform="translate({x:.1f} {y:.1f})"><path class="mark" fill="#c00d0d" d="{star}"/>'
        f"<title>起火点 point of origin {label}</title></g>"
    )


def evidence_sign(x: float, y: float, label: str) -> str:
    """A numbered lozenge where evidence lies."""
    return (
        f'<g transform="translate({x:.1f} {y:.1f})">'
        f'<path class="mark" fill="#5b2a91" d="M0-24 24 0 0 24-24 0Z"/>'
        f'<text y="8" font-size="24" text-anchor="middle" class="paper">{label}</text>'
        f"<title>痕迹物证 evidence {label}</title></g>"
    )


SIGNS = {
    "post": post_sign,
    "origin": origin_sign,
    "evidence": evidence_sign,
    "photo": photo_sign,
}


def _sealed_words(kind: HoldKind) -> Words:
    name = HOLD_NAMES[kind]
    return Words(f"封闭：{name.zh}", f"sealed: {name.en}")


def _swatch(fill: str) -> str:
    return f'<rect width="44" height="56" fill="{fill}" stroke="#3f4348" stroke-width="1.5"/>'


def _sign(mark: str) -> str:
    return SIGNS[mark](22, 28, "")


def _words(words: Words) -> str:
    return (
        f'<text x="60" y="28" font-size="36">{escape(words.zh)}</text>'
        f'<text x="60" y="60" font-size="28" class="faint" lang="en">{escape(words.en)}</text>'
    )


def _north(frame: Frame) -> str:
    """North is up, turned by the direction of the building."""
    return (
        f'<g transform="translate({WIDTH - 64} 36)">'
        f'<path transform="rotate({frame.direction_deg:.1f})" d="M0-32 11 12 0 5-11 12Z"/>'
        '<text y="50" font-size="30" text-anchor="middle">北 N</text></g>'
    )


def _scale_bar(frame: Frame) -> str:
    """The longest round length under a third of the width."""
    most = WIDTH / 3 / frame.scale
    metres = max(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step <= most)
    long, y = metres * frame.scale, frame.height + 36
    return (
        f'<g transform="translate(24 {y:.0f})">'
        f'<path d="M0-8V0H{long:.1f}V-8M{long / 2:.1f} 0V-6" fill="none" stroke="#1c1c1c" '
        f'stroke-width="3"/><text x="{long + 10:.1f}" y="3" font-size="32">{metres} 米 m</text></g>'
    )
