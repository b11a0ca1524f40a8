"""/v1/scenes/{id}/seal-tapes and /seal-checks: tapes by number, checks, breaches."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.seal_tapes import (
    RemovalSchema,
    SealCheckSchema,
    SealCheckViewSchema,
    SealTapeSchema,
    SealTapeViewSchema,
    check_view,
    tape_view,
)
from service.operations.keep_tapes import (
    CheckTape,
    PutUpTape,
    TakeDownTape,
    TapeSeen,
    check_tape,
    put_up_tape,
    take_down_tape,
)
from service.web.blueprint import Blueprint
from service.web.perform import perform, precondition

seal_tapes = Blueprint(
    "seal_tapes",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>",
    description="封条 · seal tapes",
)


@seal_tapes.route("/seal-tapes/<uuid:tape_id>", methods=["PUT"])
@seal_tapes.arguments(SealTapeSchema)
@seal_tapes.response(201, SealTapeViewSchema)
def put_seal_tape(body: dict[str, Any], scene_id: UUID, tape_id: UUID) -> Response:
    """Put a numbered tape on record where it hangs (If-None-Match: *)."""
    command = PutUpTape(scene_id=scene_id, id=tape_id, precondition=precondition(), **body)
    return perform(put_up_tape, command, view=_tape)


@seal_tapes.route("/seal-tapes/<uuid:tape_id>/removal", methods=["PUT"])
@seal_tapes.arguments(RemovalSchema)
@seal_tapes.response(200, SealTapeViewSchema)
def put_seal_tape_removal(body: dict[str, Any], scene_id: UUID, tape_id: UUID) -> Response:
    """Note that a tape came down (If-Match: the tape's version)."""
    command = TakeDownTape(scene_id=scene_id, tape_id=tape_id, precondition=precondition(), **body)
    return perform(take_down_tape, command, view=_tape)


@seal_tapes.route("/seal-checks/<uuid:check_id>", methods=["PUT"])
@seal_tapes.arguments(SealCheckSchema)
@seal_tapes.response(201, SealCheckViewSchema)
def put_seal_check(body: dict[str, Any], scene_id: UUID, check_id: UUID) -> Response:
    """Note how a tape was found, and of a broken one the breach (If-None-Match: *)."""
    command = CheckTape(scene_id=scene_id, id=check_id, precondition=precondition(), **body)
    return perform(check_tape, command, view=check_view)


def _tape(seen: TapeSeen) -> dict[str, Any]:
    return tape_view(seen.tape, seen.plane)
