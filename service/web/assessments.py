"""/v1/scenes/{id}/assessment: the officer's answers, the first holds proposed, the outcome."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import rfc8785
from flask import Response

from schemas.assessment_view_schemas import AssessmentViewSchema
from schemas.assessment_views import assessment_view
from schemas.assessments import AssessmentQuery, AssessmentSchema
from service.operations.assess_scene import Assessed, AssessScene, assess_scene, read_assessment
from service.operations.scene_desk import Making
from service.web.blueprint import Blueprint
from service.web.body import json_body
from service.web.perform import look, perform, precondition

assessments = Blueprint(
    "assessments",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>/assessment",
    description="现场封闭评估 · assessment",
)


@assessments.route("", methods=["PUT"])
@assessments.arguments(AssessmentSchema)
@assessments.response(201, AssessmentViewSchema)
def put_assessment(body: dict[str, Any], scene_id: UUID) -> Response:
    """Assess the scene (If-None-Match: *), or revise it (If-Match: the scene's version).

    First the answers: the first holds are proposed for them. Then the same answers with an
    `outcome`: each proposal accepted, changed or dropped. The accepted ones open when the seal
    is set; an assessment never changes the seal by itself.
    """
    command = AssessScene(
        scene_id=scene_id,
        told=replace(body["told"], sent=rfc8785.dumps(json_body()).decode()),
        precondition=precondition(),
        making=Making(observed_at=body["observed_at"], device=body["device"]),
    )
    return perform(assess_scene, command, view=_view)


@assessments.route("", methods=["GET"])
@assessments.arguments(AssessmentQuery, location="query")
@assessments.response(200, AssessmentViewSchema)
def get_assessment(query: dict[str, Any], scene_id: UUID) -> Response:
    """The assessment now or `at` a time, with what it would seal and what a blanket would have."""
    return look(
        lambda officer, work: read_assessment(scene_id, at=query["at"], officer=officer, work=work),
        view=_view,
    )


def _view(found: Assessed) -> dict[str, Any]:
    return assessment_view(found.scene, found.assessment, found.foreseen)
