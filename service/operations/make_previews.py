"""Make a photo's previews: soon after it was received, and whenever one is asked for and absent."""

from contextlib import suppress

from service.domain.errors import Fault, Invalid, Refusal
from service.domain.photo import Photo, PreviewSize
from service.domain.preview import PreviewRecipe
from service.domain.preview_refusals import PreviewRefused
from service.domain.words import Words
from service.operations.ports import PhotoRoom

AHEAD = (PreviewRecipe(size=PreviewSize.DESK), PreviewRecipe(size=PreviewSize.PHONE))
"""Those that nearly every photo is looked at by; what is printed is made when asked for."""


def make_previews_later(photo: Photo, *, room: PhotoRoom) -> None:
    """Have them made after the answer; a crash loses only that they were made ahead."""
    room.later.do(lambda: make_previews(photo.digest, room=room))


def make_previews(digest: str, *, room: PhotoRoom) -> None:
    """Make what is absent of the usual previews; what cannot be had now is left to who asks."""
    absent = [recipe for recipe in AHEAD if room.previews.get(digest, recipe) is None]
    if not absent:
        return
    with suppress(Refusal), room.store.local(digest) as original:
        made = room.pictures.previews(original, absent, in_no_hurry=True)
        for recipe, preview in zip(absent, made, strict=True):
            room.previews.put(digest, recipe, preview)


def preview_photo(photo: Photo, recipe: PreviewRecipe, *, room: PhotoRoom) -> bytes:
    """A preview of a photo that the asker was allowed to read, made once and kept.

    Raises: PreviewRefused, PhotoBytesMissing, StoreUnavailable, Unavailable.
    """
    preview = room.previews.get(photo.digest, recipe)
    if preview is None:
        try:
            with room.store.local(photo.digest) as original:
                [preview] = room.pictures.previews(original, [recipe])
        except Invalid:
            preview = b""
        room.previews.put(photo.digest, recipe, preview)
    if not preview:
        raise PreviewRefused(
            Fault(
                "/size",
                Words("这张照片不能在限定的内存和时间内解码", "it cannot be decoded within limits"),
                Words("请下载原件查看", "open the original"),
            )
        )
    return preview
