"""/v1/scenes/{id}/custody: all that goes on around the seal; the posted notice; gas and power."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.custody import PostedNoticeSchema, SupplySchema
from schemas.custody_views import (
    CustodyViewSchema,
    PostedNoticeViewSchema,
    SupplyViewSchema,
    custody_view,
    posted_view,
    supply_view,
)
from schemas.seal_tapes import RemovalSchema
from service.operations.post_notice import (
    PostNotice,
    TakeDownNotice,
    post_notice,
    take_down_notice,
)
from service.operations.read_custody import CustodySeen, read_custody
from service.operations.record_supply import RecordSupply, record_supply
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

custody = Blueprint(
    "custody",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>",
    description="现场看管 · around the seal",
)


@custody.route("/custody", methods=["GET"])
@custody.response(200, CustodyViewSchema)
def get_custody(scene_id: UUID) -> Response:
    """Accesses, tapes (due for a check, to be taken down), notices, gas and power, transfers."""
    return look(
        lambda officer, work: read_custody(scene_id, officer=officer, work=work),
        view=_whole,
        by_version=False,
    )


@custody.route("/posted-notices/<uuid:notice_id>", methods=["PUT"])
@custody.arguments(PostedNoticeSchema)
@custody.response(201, PostedNoticeViewSchema)
def put_posted_notice(body: dict[str, Any], scene_id: UUID, notice_id: UUID) -> Response:
    """Say which photo shows the posted notice, and where it hangs (If-None-Match: *)."""
    command = PostNotice(scene_id=scene_id, id=notice_id, precondition=precondition(), **body)
    return perform(post_notice, command, view=posted_view)


@custody.route("/posted-notices/<uuid:notice_id>/removal", methods=["PUT"])
@custody.arguments(RemovalSchema)
@custody.response(200, PostedNoticeViewSchema)
def put_posted_notice_removal(body: dict[str, Any], scene_id: UUID, notice_id: UUID) -> Response:
    """Note that a notice came down or is gone (If-Match: the notice's version)."""
    command = TakeDownNotice(
        scene_id=scene_id, notice_id=notice_id, precondition=precondition(), **body
    )
    return perform(take_down_notice, command, view=posted_view)


@custody.route("/supplies/<uuid:supply_id>", methods=["PUT"])
@custody.arguments(SupplySchema)
@custody.response(201, SupplyViewSchema)
def put_supply(body: dict[str, Any], scene_id: UUID, supply_id: UUID) -> Response:
    """Note that gas or power is off and who restores it, or on again (If-None-Match: *)."""
    command = RecordSupply(scene_id=scene_id, id=supply_id, precondition=precondition(), **body)
    return perform(record_supply, command, view=supply_view)


def _whole(seen: CustodySeen) -> dict[str, Any]:
    return custody_view(seen.custody, scene=seen.scene, rule=seen.rule, now=seen.now)
