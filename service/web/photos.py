"""/v1/incidents/{id}/photos: what is on record of them, originals, previews."""

from typing import Any
from uuid import UUID

from flask import Response, request

from schemas.photos import (
    PhotoPageQuery,
    PhotoPageSchema,
    PhotoViewSchema,
    PreviewQuery,
    photo_view,
)
from service.domain.photo import Photo, PreviewSize
from service.domain.preview import PreviewRecipe
from service.operations.make_previews import preview_photo
from service.operations.ports import Work
from service.operations.read_photos import PhotoPage, list_photos, read_filed_photo, read_photo
from service.web.blueprint import Blueprint
from service.web.current import photo_room, signed_in, transactions
from service.web.perform import look
from service.web.ranges import FOR_EVER, answer_bytes

photos = Blueprint(
    "photos",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/photos",
    description="照片 · photos",
)


@photos.route("", methods=["GET"])
@photos.arguments(PhotoPageQuery, location="query")
@photos.response(200, PhotoPageSchema)
def get_photos(page: dict[str, Any], incident_id: UUID) -> Response:
    """An incident's photos as they were received, and how many of each kind of view."""
    return look(
        lambda officer, work: list_photos(incident_id, **page, officer=officer, work=work),
        view=_page_view,
    )


@photos.route("/<uuid:photo_id>", methods=["GET"])
@photos.response(200, PhotoViewSchema)
def get_photo(incident_id: UUID, photo_id: UUID) -> Response:
    """What is on record of one photo: digest, sides, when and where taken by whose word, flags."""
    return look(
        lambda officer, work: read_filed_photo(incident_id, photo_id, officer=officer, work=work),
        view=photo_view,
    )


@photos.route("/<uuid:photo_id>/original", methods=["GET"])
@photos.response(200, {"type": "string", "format": "binary"}, content_type="image/*")
def get_original(incident_id: UUID, photo_id: UUID) -> Response:
    """The bytes as they came, by ranges; the ETag is their SHA-256."""
    photo = _photo(incident_id, photo_id)
    response = answer_bytes(
        lambda start, stop: photo_room().store.open(photo.digest, start=start, stop=stop),
        size_bytes=photo.size_bytes,
        etag=photo.digest,
        mimetype=photo.media_type,
    )
    name = f"{photo.id}.{photo.media_type.suffix}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@photos.route("/<uuid:photo_id>/preview", methods=["GET"])
@photos.arguments(PreviewQuery, location="query")
@photos.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def get_preview(query: dict[str, PreviewSize], incident_id: UUID, photo_id: UUID) -> Response:
    """A small upright JPEG in sRGB without any metadata."""
    photo = _photo(incident_id, photo_id)
    return answer_preview(photo, PreviewRecipe(size=query["size"]), caching=FOR_EVER)


def answer_preview(photo: Photo, recipe: PreviewRecipe, *, caching: str) -> Response:
    """The preview; what the asker has already is neither made nor read."""
    response = Response(mimetype="image/jpeg")
    response.set_etag(f"{photo.digest[:32]}-{recipe.name}")
    response.headers["Cache-Control"] = caching
    response.make_conditional(request)
    if response.status_code == 200:
        response.data = preview_photo(photo, recipe, room=photo_room())
    return response


def _photo(incident_id: UUID, photo_id: UUID) -> Photo:
    def act(work: Work) -> Photo:
        return read_photo(incident_id, photo_id, officer=signed_in(work), work=work)

    return transactions().read(act)


def _page_view(page: PhotoPage) -> dict[str, Any]:
    return {
        "photos": [photo_view(photo) for photo in page.photos],
        "by_view": {view.value: number for view, number in page.by_view.items()},
        "next": page.next,
    }
