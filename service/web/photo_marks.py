"""/v1/incidents/{id}/photos/{id}/standpoint, /removal, /alike: what is said of a photo."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.photo_marks import (
    AlikeViewSchema,
    PhotoRemovalSchema,
    PhotoRemovalViewSchema,
    StandpointSchema,
    StandpointViewSchema,
    alike_view,
    removal_view,
    standpoint_view,
)
from service.operations.place_photo import PlacePhoto, place_photo, read_standpoint
from service.operations.read_photos import photos_alike
from service.operations.remove_photo import RemovePhoto, remove_photo
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

photo_marks = Blueprint(
    "photo_marks",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/photos/<uuid:photo_id>",
    description="照片说明 · what is said of photos",
)


@photo_marks.route("/standpoint", methods=["PUT"])
@photo_marks.arguments(StandpointSchema)
@photo_marks.response(201, StandpointViewSchema)
def put_photo_standpoint(body: dict[str, Any], incident_id: UUID, photo_id: UUID) -> Response:
    """Say where a photo was taken from and which way it looked (If-None-Match: *), or correct it.

    It stands beside what phone and file say, and is drawn on the level as a pin with a direction.
    """
    command = PlacePhoto(
        incident_id=incident_id, photo_id=photo_id, precondition=precondition(), **body
    )
    return perform(place_photo, command, view=standpoint_view)


@photo_marks.route("/standpoint", methods=["GET"])
@photo_marks.response(200, StandpointViewSchema)
def get_photo_standpoint(incident_id: UUID, photo_id: UUID) -> Response:
    """Where a photo was taken from, by an officer's word."""
    return look(
        lambda officer, work: read_standpoint(incident_id, photo_id, officer=officer, work=work),
        view=standpoint_view,
    )


@photo_marks.route("/removal", methods=["PUT"])
@photo_marks.arguments(PhotoRemovalSchema)
@photo_marks.response(201, PhotoRemovalViewSchema)
def put_photo_removal(body: dict[str, Any], incident_id: UUID, photo_id: UUID) -> Response:
    """Take a photo out of the file, with a reason; the record and the original stay.

    It counts no more for the checklist, nobody outside sees it, officers see it struck through.
    Sent again under another id it is in the file again.
    """
    command = RemovePhoto(incident_id=incident_id, photo_id=photo_id, **body)
    return perform(remove_photo, command, view=removal_view)


@photo_marks.route("/alike", methods=["GET"])
@photo_marks.response(200, AlikeViewSchema)
def get_photos_alike(incident_id: UUID, photo_id: UUID) -> Response:
    """Photos that look nearly like this one, here and at every fire that you may read."""
    return look(
        lambda officer, work: photos_alike(incident_id, photo_id, officer=officer, work=work),
        view=lambda found: alike_view(*found),
    )
