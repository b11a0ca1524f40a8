"""/v1/scenes/{id}/transfers: a scene handed over to another post; /v1/transfers: those waiting."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.custody import TransferAcceptanceSchema, TransferRefusalSchema, TransferSchema
from schemas.custody_views import TransfersSchema, TransferViewSchema, transfer_view
from service.operations.read_custody import list_transfers, read_transfer
from service.operations.transfer_scene import (
    AcceptTransfer,
    OfferTransfer,
    RefuseTransfer,
    TransferSeen,
    accept_transfer,
    offer_transfer,
    refuse_transfer,
)
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

transfers = Blueprint("transfers", __name__, url_prefix="/v1", description="移送 · transfers")
ONE = "/scenes/<uuid:scene_id>/transfers/<uuid:transfer_id>"


@transfers.route("/transfers", methods=["GET"])
@transfers.response(200, TransfersSchema)
def get_transfers() -> Response:
    """The transfers that wait for an answer of the own post or one below it."""
    return look(list_transfers, view=lambda found: {"transfers": [_view(each) for each in found]})


@transfers.route(ONE, methods=["PUT"])
@transfers.arguments(TransferSchema)
@transfers.response(201, TransferViewSchema)
def put_transfer(body: dict[str, Any], scene_id: UUID, transfer_id: UUID) -> Response:
    """Offer the scene, its incident and its investigation to another post (If-None-Match: *)."""
    command = OfferTransfer(scene_id=scene_id, id=transfer_id, precondition=precondition(), **body)
    return perform(offer_transfer, command, view=_view)


@transfers.route(ONE, methods=["GET"])
@transfers.response(200, TransferViewSchema)
def get_transfer(scene_id: UUID, transfer_id: UUID) -> Response:
    """One transfer, for the post that gives and for the post that takes."""
    return look(
        lambda officer, work: read_transfer(scene_id, transfer_id, officer=officer, work=work),
        view=_view,
    )


@transfers.route(f"{ONE}/acceptance", methods=["PUT"])
@transfers.arguments(TransferAcceptanceSchema)
@transfers.response(200, TransferViewSchema)
def put_transfer_acceptance(body: dict[str, Any], scene_id: UUID, transfer_id: UUID) -> Response:
    """Take the scene over with a team of the own (If-Match: the transfer's version)."""
    command = AcceptTransfer(
        scene_id=scene_id, transfer_id=transfer_id, precondition=precondition(), **body
    )
    return perform(accept_transfer, command, view=_view)


@transfers.route(f"{ONE}/refusal", methods=["PUT"])
@transfers.arguments(TransferRefusalSchema)
@transfers.response(200, TransferViewSchema)
def put_transfer_refusal(body: dict[str, Any], scene_id: UUID, transfer_id: UUID) -> Response:
    """Send the scene back with a reason (If-Match: the transfer's version)."""
    command = RefuseTransfer(
        scene_id=scene_id, transfer_id=transfer_id, precondition=precondition(), **body
    )
    return perform(refuse_transfer, command, view=_view)


def _view(seen: TransferSeen) -> dict[str, Any]:
    return transfer_view(seen.transfer, scene_id=seen.scene_id)
