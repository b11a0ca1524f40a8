"""The Chinese font that pictures are drawn with: one that this machine has, never one of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
PATTERNS = (
    "NotoSansCJK-Regular.*",
    "NotoSansCJKsc-Regular.*",
    "NotoSansSC-Regular.*",
    "SourceHanSansSC-Regular.*",
    "SourceHanSans-Regular.*",
    "wqy-zenhei.*",
    "wqy-microhei.*",
    "DroidSansFallbackFull.*",
)
"""Upright sans-serif fonts with all common characters, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font file and the name of the family in it."""

    file: Path
    family: str


@cache
def chinese_font(named: str = "", folders: tuple[str, ...] = FOLDERS) -> Font | None:
    """The font named in the settings (HANDBACK_FONT), else the best found; None where none is."""
    for file in [Path(named)] if named else _found(folders):
        try:
            with file.open("rb") as opened:  # by its name alone Pillow would look elsewhere too
                family = ImageFont.truetype(opened).getname()[0]
        except OSError:
            continue
        return Font(file=file, family=family or "")
    return None


def _found(folders: tuple[str, ...]) -> Iterator[Path]:
    files = [f for folder in folders for f in sorted(Path(folder).expanduser().rglob("*.?t?"))]
    return (file for pattern in PATTERNS for file in files if file.match(pattern))
