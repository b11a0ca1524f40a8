"""/v1/scenes/{id}/findings, /previews, /what-if, /survey-orders: found, and what it changes."""

from typing import Any
from uuid import UUID

import rfc8785
from flask import Response

from schemas.findings import FindingSchema, PreviewSchema
from schemas.scene_view_schemas import AnswerSchema, FindingViewSchema, WhatIfSchema
from schemas.scene_views import answer_view, finding_view, what_if_view
from schemas.survey_orders import (
    SurveyOrderSchema,
    SurveyOrderViewSchema,
    survey_order_view,
)
from service.operations.order_surveys import OrderSurveys, order_surveys
from service.operations.preview_findings import PreviewFindings, preview_findings, what_if_cleared
from service.operations.read_scene import read_finding
from service.operations.record_finding import RecordFinding, record_finding
from service.operations.scene_desk import Making
from service.web.blueprint import Blueprint
from service.web.body import json_body
from service.web.perform import based_on, look, perform

findings = Blueprint(
    "findings", __name__, url_prefix="/v1/scenes/<uuid:scene_id>", description="勘验认定 · findings"
)


@findings.route("/findings/<uuid:finding_id>", methods=["PUT"])
@findings.arguments(FindingSchema)
@findings.response(201, FindingViewSchema)
def put_finding(body: dict[str, Any], scene_id: UUID, finding_id: UUID) -> Response:
    """Record a finding; under a used id the same body gets the same answer.

    What opens, extends or releases needs If-Match with the scene's version; what only clears may
    say `based_on` instead.
    """
    command = RecordFinding(
        scene_id=scene_id,
        finding=body["finding"](id=finding_id, **body["values"]),
        sent=rfc8785.dumps(json_body()).decode(),
        making=Making(observed_at=body["observed_at"], device=body["device"]),
        if_match=based_on(),
        based_on=body["based_on"],
    )
    return perform(record_finding, command, view=finding_view)


@findings.route("/findings/<uuid:finding_id>", methods=["GET"])
@findings.response(200, FindingViewSchema)
def get_finding(scene_id: UUID, finding_id: UUID) -> Response:
    """A finding as it was sent, and the answer it got."""
    return look(
        lambda officer, work: read_finding(scene_id, finding_id, officer=officer, work=work),
        view=finding_view,
    )


@findings.route("/previews", methods=["POST"])
@findings.arguments(PreviewSchema)
@findings.response(200, AnswerSchema)
def post_preview(body: dict[str, Any], scene_id: UUID) -> Response:
    """The answer that findings, and the approval of an extension, would get; nothing changes."""
    ready = tuple(each["finding"](id=each["id"], **each["values"]) for each in body["findings"])
    query = PreviewFindings(scene_id=scene_id, findings=ready, extension_id=body["extension_id"])
    return look(
        lambda officer, work: preview_findings(query, officer=officer, work=work),
        view=answer_view,
    )


@findings.route("/what-if", methods=["GET"])
@findings.response(200, WhatIfSchema)
def get_what_if(scene_id: UUID) -> Response:
    """What clearing each live hold, and each pending step, would free."""
    return look(
        lambda officer, work: what_if_cleared(scene_id, officer=officer, work=work),
        view=what_if_view,
    )


@findings.route("/survey-orders", methods=["POST"])
@findings.arguments(SurveyOrderSchema)
@findings.response(200, SurveyOrderViewSchema)
def post_survey_order(body: dict[str, Any], scene_id: UUID) -> Response:
    """The order of pending steps that first frees owners soonest; nothing changes."""
    asked = None if body["asked"] is None else tuple(body["asked"])
    query = OrderSurveys(
        scene_id=scene_id, steps=tuple(body["steps"]), weights=body["weights"], asked=asked
    )
    return look(
        lambda officer, work: order_surveys(query, officer=officer, work=work),
        view=survey_order_view,
    )
