"""/v1/incidents/{id}/parties: who is concerned, in which capacity, for which units."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.incident_shapes import PartyViewSchema
from schemas.incident_views import party_view
from schemas.parties import PartySchema
from service.operations.read_incidents import read_party
from service.operations.record_party import PartyAnswer, RecordParty, record_party
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

parties = Blueprint(
    "parties",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/parties",
    description="当事人 · parties",
)


@parties.route("/<uuid:party_id>", methods=["GET"])
@parties.response(200, PartyViewSchema)
def get_party(incident_id: UUID, party_id: UUID) -> Response:
    """One party."""
    return look(
        lambda officer, work: read_party(incident_id, party_id, officer=officer, work=work),
        view=_view,
    )


@parties.route("/<uuid:party_id>", methods=["PUT"])
@parties.arguments(PartySchema)
@parties.response(200, PartyViewSchema)
def put_party(body: dict[str, Any], incident_id: UUID, party_id: UUID) -> Response:
    """Record a party (If-None-Match: *) or correct one (If-Match with the party's ETag)."""
    command = RecordParty(incident_id=incident_id, id=party_id, precondition=precondition(), **body)
    return perform(record_party, command, view=_view)


def _view(answer: PartyAnswer) -> dict[str, Any]:
    return party_view(answer.party, incident_version=answer.incident_version)
