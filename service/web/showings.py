"""/v1/incidents/{id}/photos/{id}/showing, and /v1/status/photos: what people outside see."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.photos import PreviewQuery
from schemas.showings import (
    ShowingSchema,
    ShowingViewSchema,
    ShownPhotosSchema,
    showing_view,
    shown_photo_view,
)
from service.domain.photo import Photo, PreviewSize
from service.domain.preview import PreviewRecipe
from service.operations.ports import Work
from service.operations.see_photos import photos_shown, shown_photo
from service.operations.show_photo import ShowPhoto, photo_as_shown, read_showing, show_photo
from service.web.blueprint import Blueprint
from service.web.current import signed_in, transactions
from service.web.owners_code import owners_code
from service.web.perform import look, perform, precondition
from service.web.photos import answer_preview
from service.web.wire import to_json

ASK_AGAIN = "private, no-cache"
"""What is shown may be taken back: a copy is good only while the service says so (304)."""

showings = Blueprint(
    "showings",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/photos/<uuid:photo_id>",
    description="照片公开 · photos shown",
)
shown_photos = Blueprint(
    "shown_photos",
    __name__,
    url_prefix="/v1/status/photos",
    description="当事人查看照片 · photos for owners",
)


@showings.route("/showing", methods=["PUT"])
@showings.arguments(ShowingSchema)
@showings.response(201, ShowingViewSchema)
def put_photo_showing(body: dict[str, Any], incident_id: UUID, photo_id: UUID) -> Response:
    """Decide to whom a photo is shown and what is covered (If-None-Match: *), or decide anew.

    Nothing is shown before. Covers are drawn over previews; the original stays as it is.
    """
    command = ShowPhoto(
        incident_id=incident_id, photo_id=photo_id, precondition=precondition(), **body
    )
    return perform(show_photo, command, view=showing_view)


@showings.route("/showing", methods=["GET"])
@showings.response(200, ShowingViewSchema)
def get_photo_showing(incident_id: UUID, photo_id: UUID) -> Response:
    """To whom a photo is shown and what is covered, by whose decision."""
    return look(
        lambda officer, work: read_showing(incident_id, photo_id, officer=officer, work=work),
        view=showing_view,
    )


@showings.route("/shown-preview", methods=["GET"])
@showings.arguments(PreviewQuery, location="query")
@showings.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def get_photo_shown_preview(
    query: dict[str, PreviewSize], incident_id: UUID, photo_id: UUID
) -> Response:
    """The preview as people outside see it, or would: covered, with the fire's number over it."""

    def act(work: Work) -> tuple[Photo, PreviewRecipe]:
        officer = signed_in(work)
        return photo_as_shown(incident_id, photo_id, query["size"], officer=officer, work=work)

    return answer_preview(*transactions().read(act), caching=ASK_AGAIN)


@shown_photos.route("", methods=["GET"])
@shown_photos.doc(security=[])
@shown_photos.response(200, ShownPhotosSchema)
def get_shown_photos() -> Response:
    """The photos that are shown to who has this code (cookie, or Handback-Code header)."""
    found = transactions().read(lambda work: photos_shown(owners_code(work), work=work))
    body = {"photos": [shown_photo_view(photo) for photo in found]}
    return Response(to_json(body), mimetype="application/json")


@shown_photos.route("/<uuid:photo_id>/preview", methods=["GET"])
@shown_photos.doc(security=[])
@shown_photos.arguments(PreviewQuery, location="query")
@shown_photos.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def get_shown_photo_preview(query: dict[str, PreviewSize], photo_id: UUID) -> Response:
    """One of them: upright, covered, with the fire's number over it, without any metadata."""

    def act(work: Work) -> tuple[Photo, PreviewRecipe]:
        return shown_photo(owners_code(work), photo_id, query["size"], work=work)

    response = answer_preview(*transactions().read(act), caching=ASK_AGAIN)
    response.headers["Vary"] = "Cookie, Handback-Code"
    return response
