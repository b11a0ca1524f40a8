"""/v1/scenes/{id}/underlays: photographed evacuation plans under a scene's levels."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.underlays import (
    UnderlaySchema,
    UnderlaysQuery,
    UnderlaysSchema,
    UnderlayViewSchema,
    underlay_view,
)
from service.operations.lay_underlay import (
    LayUnderlay,
    UnderlayAnswer,
    lay_underlay,
    list_underlays,
    read_underlay,
)
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

underlays = Blueprint(
    "underlays",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>/underlays",
    description="底图 · underlays",
)


@underlays.route("", methods=["GET"])
@underlays.arguments(UnderlaysQuery, location="query")
@underlays.response(200, UnderlaysSchema)
def get_underlays(query: dict[str, Any], scene_id: UUID) -> Response:
    """Every underlay of the scene, or of one of its levels."""
    return look(
        lambda officer, work: list_underlays(
            scene_id, level=query["level"], officer=officer, work=work
        ),
        view=lambda found: {"items": [_view(each) for each in found]},
    )


@underlays.route("/<uuid:underlay_id>", methods=["PUT"])
@underlays.arguments(UnderlaySchema)
@underlays.response(201, UnderlayViewSchema)
def put_underlay(body: dict[str, Any], scene_id: UUID, underlay_id: UUID) -> Response:
    """Lay a photo under a level (If-None-Match: *) or lay it anew (If-Match); no seal changes."""
    command = LayUnderlay(scene_id=scene_id, id=underlay_id, precondition=precondition(), **body)
    return perform(lay_underlay, command, view=_view)


@underlays.route("/<uuid:underlay_id>", methods=["GET"])
@underlays.response(200, UnderlayViewSchema)
def get_underlay(scene_id: UUID, underlay_id: UUID) -> Response:
    """One underlay: matrix, residuals, corners in WGS 84, warnings."""
    return look(
        lambda officer, work: read_underlay(scene_id, underlay_id, officer=officer, work=work),
        view=_view,
    )


def _view(answer: UnderlayAnswer) -> dict[str, Any]:
    return underlay_view(answer.underlay, answer.plane)
