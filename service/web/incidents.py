"""/v1/incidents: a fire opened under its phone's UUID, corrected, made safe, read, listed."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.incident_lists import IncidentQuerySchema, cursor_of
from schemas.incident_shapes import IncidentPageSchema, IncidentViewSchema
from schemas.incident_views import incident_members, incident_summary
from schemas.incidents import ReportSchema
from schemas.making_safe import ClearanceSchema, RestorationSchema
from service.domain.incident_query import IncidentQuery
from service.operations.make_safe import (
    ClearHazard,
    RestoreUtility,
    clear_hazard,
    restore_utility,
)
from service.operations.possible_same import IncidentAnswer, PossibleSame
from service.operations.read_incidents import IncidentPage, list_incidents, read_incident
from service.operations.record_incident import RecordIncident, record_incident
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

incidents = Blueprint(
    "incidents", __name__, url_prefix="/v1/incidents", description="火情 · incidents"
)


@incidents.route("", methods=["GET"])
@incidents.arguments(IncidentQuerySchema, location="query")
@incidents.response(200, IncidentPageSchema)
def get_incidents(asked: dict[str, IncidentQuery]) -> Response:
    """A page of incidents, the newest call first; personal data masked."""
    return look(
        lambda officer, work: list_incidents(asked["query"], officer=officer, work=work),
        view=page_view,
    )


@incidents.route("/<uuid:incident_id>", methods=["GET"])
@incidents.response(200, IncidentViewSchema)
def get_incident(incident_id: UUID) -> Response:
    """One incident: the report, parties, statements, and what is perhaps the same fire."""
    return look(
        lambda officer, work: read_incident(incident_id, officer=officer, work=work),
        view=incident_view,
    )


@incidents.route("/<uuid:incident_id>", methods=["PUT"])
@incidents.arguments(ReportSchema)
@incidents.response(200, IncidentViewSchema)
def put_incident(body: dict[str, Any], incident_id: UUID) -> Response:
    """Open an incident (If-None-Match: *) or replace its report (If-Match)."""
    command = RecordIncident(id=incident_id, precondition=precondition(), **body)
    return perform(record_incident, command, view=incident_view)


@incidents.route("/<uuid:incident_id>/hazards/<uuid:hazard_id>/clearance", methods=["PUT"])
@incidents.arguments(ClearanceSchema)
@incidents.response(201, IncidentViewSchema)
def put_hazard_clearance(body: dict[str, Any], incident_id: UUID, hazard_id: UUID) -> Response:
    """Say that a recorded hazard is over, also after registration (If-None-Match: *)."""
    precondition()
    command = ClearHazard(incident_id=incident_id, hazard_id=hazard_id, **body)
    return perform(clear_hazard, command, view=incident_view)


@incidents.route("/<uuid:incident_id>/restorations/<uuid:restoration_id>", methods=["PUT"])
@incidents.arguments(RestorationSchema)
@incidents.response(201, IncidentViewSchema)
def put_restoration(body: dict[str, Any], incident_id: UUID, restoration_id: UUID) -> Response:
    """Say that gas, power or water is on again, also after registration (If-None-Match: *)."""
    precondition()
    command = RestoreUtility(incident_id=incident_id, id=restoration_id, **body)
    return perform(restore_utility, command, view=incident_view)


def incident_view(answer: IncidentAnswer) -> dict[str, Any]:
    """An incident for the wire."""
    return incident_members(answer.incident) | {
        "possible_same": [_possible_same(each) for each in answer.possible_same]
    }


def page_view(page: IncidentPage) -> dict[str, Any]:
    """A page for the wire."""
    return {
        "incidents": [incident_summary(incident) for incident in page.incidents],
        "next": cursor_of(page.next),
    }


def _possible_same(other: PossibleSame) -> dict[str, Any]:
    return {
        "incident_id": other.incident_id,
        "station_id": other.station_id,
        "state": other.state.value,
        "distance_m": round(other.distance_m, 1),
        "later_s": other.later_s,
        "may_open": other.may_open,
        "address": other.address,
    }
