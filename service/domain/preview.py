"""What a preview shows of its original: its size, what is covered, what is written over it."""

import hashlib
from dataclasses import dataclass

from service.domain.photo import PreviewSize

MAKING = 2
"""Raised when previews come out differently, so that those made before are no longer found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A rectangle that hides a face or a plate, in pixels of the upright picture."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRecipe:
    """All that a preview follows from, beside its original; `mark` is its watermark, if any."""

    size: PreviewSize
    covers: tuple[Cover, ...] = ()
    mark: str = ""

    @property
    def name(self) -> str:
        """Short, safe in a file's name, and another one for every other recipe."""
        if not self.covers and not self.mark:
            return f"{self.size}-{MAKING}"
        said = f"{self.mark}\n{self.covers}".encode()
        return f"{self.size}-{MAKING}-{hashlib.sha256(said).hexdigest()[:32]}"
