"""/v1/incidents/{id}/joins: a double report gives way to the record that is kept."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.incident_shapes import IncidentViewSchema
from schemas.joins import JoinSchema
from service.operations.join_incidents import JoinIncidents, join_incidents
from service.web.blueprint import Blueprint
from service.web.incidents import incident_view
from service.web.perform import perform

joins = Blueprint(
    "joins",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/joins",
    description="并案 · joining double reports",
)


@joins.route("/<uuid:join_id>", methods=["PUT"])
@joins.arguments(JoinSchema)
@joins.response(200, IncidentViewSchema)
def put_join(body: dict[str, Any], incident_id: UUID, join_id: UUID) -> Response:
    """Join another record of the same fire to this one; the answer is this one."""
    command = JoinIncidents(kept_id=incident_id, join_id=join_id, **body)
    return perform(join_incidents, command, view=incident_view)
