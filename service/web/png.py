"""A drawing as PNG."""

import re

import resvg_py

from service.web.fonts import Font

NO_FONT = "no Chinese font on this server: Chinese names are left out"
REMEDY = "apt-get install fonts-noto-cjk, or name a font file in HANDBACK_FONT"
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")


def as_png(svg: str, *, width: int, font: Font | None) -> bytes:
    """The drawing so many pixels wide; without a Chinese font its Latin part alone, and saying so.

    resvg reads no system font besides, so that the same drawing is the same picture anywhere.
    """
    if font is None:
        return bytes(resvg_py.svg_to_bytes(svg_string=_latin(svg), width=width, background="#fff"))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="#fff",
            skip_system_fonts=True,
            font_files=[str(font.file)],
            font_family=font.family,
            sans_serif_family=font.family,
        )
    )


def _latin(svg: str) -> str:
    said = f'<text x="24" y="88" font-size="26">{NO_FONT}</text></svg>'
    return _CHINESE.sub("", svg).removesuffix("</svg>") + said
