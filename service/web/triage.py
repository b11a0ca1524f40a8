"""/v1/incidents/{id}/triage: which routes are open, and why."""

from uuid import UUID

from flask import Response

from schemas.triage import TriageViewSchema, triage_view
from service.operations.triage_incident import Triaged, triage_incident
from service.web.blueprint import Blueprint
from service.web.perform import look

triage = Blueprint(
    "triage", __name__, url_prefix="/v1/incidents/<uuid:incident_id>", description="判定 · triage"
)


@triage.route("/triage", methods=["GET"])
@triage.response(200, TriageViewSchema)
def get_triage(incident_id: UUID) -> Response:
    """Each route: eligible, incomplete or ineligible, with every rule's article and fact."""
    return look(
        lambda officer, work: triage_incident(incident_id, officer=officer, work=work),
        view=_view,
    )


def _view(triaged: Triaged) -> object:
    return triage_view(triaged.incident_id, triaged.incident_version, triaged.judgement)
