"""What is drawn over a preview for the public: covers of what is nobody's business, the mark."""

from collections.abc import Sequence
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

from service.domain.preview import Cover

AROUND_PX = 3
"""Covers reach so much further: shrinking has mixed what they hide into the pixels beside."""
LEAN_DEG = 25
OPAQUE = 0.45
"""Of the mark: read at a glance, and the picture still seen through it."""


def cover(image: Image.Image, covers: Sequence[Cover], *, scale: float) -> None:
    """Blacken each rectangle; nothing of what was below is left. `scale`: picture to original."""
    draw = ImageDraw.Draw(image)
    for each in covers:
        left, top = floor(each.left_px * scale), floor(each.top_px * scale)
        right = ceil((each.left_px + each.width_px) * scale)
        bottom = ceil((each.top_px + each.height_px) * scale)
        around = (left - AROUND_PX, top - AROUND_PX, right + AROUND_PX, bottom + AROUND_PX)
        draw.rectangle(around, fill="black")


def write_over(image: Image.Image, mark: str, *, font: str) -> None:
    """Write the mark across the whole picture, again and again, in white with a dark rim.

    Without a font that has its characters, those that are not ASCII are left out.
    """
    if not mark:
        return
    size = max(9, round(max(image.size) / 30))
    if font:
        letters = _letters(mark, ImageFont.truetype(font, size), size)
    else:
        plain = " ".join("".join(c if c.isascii() else " " for c in mark).split())
        letters = _letters(plain, ImageFont.load_default(size), size)
    inner, outer = letters
    wide, high = inner.size
    for row, top in enumerate(range(-high // 2, image.height, high)):
        for left in range(-wide // 2 * (row % 2) - wide // 4, image.width, wide):
            image.paste("black", (left, top), outer)
            image.paste("white", (left, top), inner)


def _letters(
    text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, size: int
) -> tuple[Image.Image, Image.Image]:
    """The leaning text once, as two masks: its letters, and its letters with their rim."""
    rim = max(1, size // 12)
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox(
        (0, 0), text, font=font, stroke_width=rim
    )
    at, sides = (
        (size - left, size - top),
        (ceil(right - left) + 2 * size, ceil(bottom - top) + 2 * size),
    )
    masks = []
    for width in (0, rim):
        mask = Image.new("L", sides)
        ImageDraw.Draw(mask).text(at, text, font=font, fill=round(255 * OPAQUE), stroke_width=width)
        masks.append(mask.rotate(LEAN_DEG, Image.Resampling.BICUBIC, expand=True))
    return masks[0], masks[1]
