"""/v1/incidents/{id}/investigation: taken over, team and lead officer, pauses, extension."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.investigations import (
    ExtensionSchema,
    InvestigationSchema,
    InvestigationViewSchema,
    PauseSchema,
    investigation_view,
)
from service.operations.extend_investigation import ExtendInvestigation, extend_investigation
from service.operations.investigate_incident import InvestigateIncident, investigate_incident
from service.operations.pause_investigation import PauseInvestigation, pause_investigation
from service.operations.read_investigation import read_investigation
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

investigations = Blueprint(
    "investigations",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/investigation",
    description="一般程序调查 · investigation",
)


@investigations.route("", methods=["PUT"])
@investigations.arguments(InvestigationSchema)
@investigations.response(200, InvestigationViewSchema)
def put_investigation(body: dict[str, Any], incident_id: UUID) -> Response:
    """Take the fire over (If-None-Match: *), or change team or lead officer (If-Match)."""
    command = InvestigateIncident(incident_id=incident_id, precondition=precondition(), **body)
    return perform(investigate_incident, command, view=investigation_view)


@investigations.route("", methods=["GET"])
@investigations.response(200, InvestigationViewSchema)
def get_investigation(incident_id: UUID) -> Response:
    """The investigation: team, term, pauses, extension."""
    return look(
        lambda officer, work: read_investigation(incident_id, officer=officer, work=work),
        view=investigation_view,
    )


@investigations.route("/pauses/<uuid:pause_id>", methods=["PUT"])
@investigations.arguments(PauseSchema)
@investigations.response(200, InvestigationViewSchema)
def put_pause(body: dict[str, Any], incident_id: UUID, pause_id: UUID) -> Response:
    """Record a pause or its end (If-Match: the investigation's version)."""
    command = PauseInvestigation(
        incident_id=incident_id, id=pause_id, precondition=precondition(), **body
    )
    return perform(pause_investigation, command, view=investigation_view)


@investigations.route("/extension", methods=["PUT"])
@investigations.arguments(ExtensionSchema)
@investigations.response(200, InvestigationViewSchema)
def put_investigation_extension(body: dict[str, Any], incident_id: UUID) -> Response:
    """The next level gives 30 more days, once (If-Match: the investigation's version)."""
    command = ExtendInvestigation(incident_id=incident_id, precondition=precondition(), **body)
    return perform(extend_investigation, command, view=investigation_view)
