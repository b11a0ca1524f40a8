"""What people outside the service see of a photo: to whom it is shown, and what is covered.

Nothing is shown until an officer decides so. The original stays as it is: covers and the
watermark are drawn over previews only.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.codes import CodeKind
from service.domain.errors import Fault
from service.domain.photo import Photo, PreviewSize
from service.domain.preview import Cover, PreviewRecipe
from service.domain.preview_refusals import CoversInvalid
from service.domain.words import Words

COVERS_AT_MOST = 200


class Audience(StrEnum):
    """To whom a photo is shown."""

    NOBODY = "nobody"
    PARTIES = "parties"
    EVERYONE = "everyone"


AUDIENCE_NAMES: dict[Audience, Words] = {
    Audience.NOBODY: Words("不公开", "nobody outside"),
    Audience.PARTIES: Words("当事人", "the parties"),
    Audience.EVERYONE: Words("公开", "everyone with the notice"),
}
_SEES: dict[CodeKind, frozenset[Audience]] = {
    CodeKind.OWNER: frozenset({Audience.PARTIES, Audience.EVERYONE}),
    CodeKind.NOTICE: frozenset({Audience.EVERYONE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What was decided last for a photo, whose id is its id; by whom and when."""

    id: UUID
    version: int
    incident_id: UUID
    audience: Audience
    covers: tuple[Cover, ...]
    officer_id: UUID
    decided_at: datetime

    def is_seen_by(self, code: CodeKind) -> bool:
        """Whether a code of this kind shows the photo."""
        return self.audience in _SEES[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowingDecided:
    """It was decided, or decided anew, what people outside see of a photo."""

    NAME: ClassVar[str] = "photo-showing-decided"
    VERSION: ClassVar[int] = 1
    showing: Showing


EVENTS = (ShowingDecided,)


def must_lie_within(covers: tuple[Cover, ...], photo: Photo) -> None:
    """Every cover lies on the upright picture. Raises: CoversInvalid."""
    wide, high = photo.width_px, photo.height_px
    outside = [
        Fault(
            f"/covers/{index}",
            Words(
                f"超出照片范围（{wide}×{high}像素）", f"it reaches beyond {wide} × {high} pixels"
            ),
            Words("请按正立照片的像素重画", "draw it in the pixels of the upright picture"),
        )
        for index, cover in enumerate(covers)
        if cover.left_px + cover.width_px > wide or cover.top_px + cover.height_px > high
    ]
    if outside:
        raise CoversInvalid(*outside)


def mark_of(incident_id: UUID, *, number: str | None) -> str:
    """What is written over a photo that is shown: the fire's number, before it has one its id."""
    return f"火场照片 {number}" if number else f"火情 {incident_id.hex[:8].upper()}"


def recipe_shown(
    size: PreviewSize, *, covers: tuple[Cover, ...], incident_id: UUID, number: str | None
) -> PreviewRecipe:
    """The preview that people outside see."""
    return PreviewRecipe(size=size, covers=covers, mark=mark_of(incident_id, number=number))
