"""The photos that somebody with a code may see."""

from uuid import UUID

from service.domain.codes import Code
from service.domain.errors import Fault
from service.domain.photo import Photo, PreviewSize
from service.domain.photo_refusals import PhotoUnknown
from service.domain.preview import PreviewRecipe
from service.domain.words import Words
from service.operations.ports import Work
from service.operations.show_photo import recipe_of


def photos_shown(code: Code, *, work: Work) -> list[Photo]:
    """Those shown to who has such a code, as they were received; none that was removed."""
    decided = work.showings.of_incident(code.incident_id)
    removed = work.photo_marks.removals(code.incident_id)
    seen = {id for id, each in decided.items() if each.is_seen_by(code.kind) and id not in removed}
    return [p for p in work.photos.of_incident(code.incident_id) if p.id in seen] if seen else []


def shown_photo(
    code: Code, photo_id: UUID, size: PreviewSize, *, work: Work
) -> tuple[Photo, PreviewRecipe]:
    """One of them, and the preview to be shown; any other looks as if it were not there.

    Raises: PhotoUnknown.
    """
    photo, decided = work.photos.get(photo_id), work.showings.get(photo_id)
    if (
        photo is None
        or decided is None
        or photo.incident_id != code.incident_id
        or not decided.is_seen_by(code.kind)
        or work.photo_marks.removal(photo_id) is not None
    ):
        raise PhotoUnknown(
            Fault(
                "/photo_id",
                Words("没有这张照片，或未公开", "no such photo, or it is not shown"),
                Words("请在照片列表中选择", "choose one from the list of photos"),
            )
        )
    return photo, recipe_of(photo, size, decided.covers, work=work)
