"""/v1/incidents/{id}/registration: register, supplement, correct, report, review, strike off."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.corrections import CorrectionSchema
from schemas.registrations import (
    RegisterSchema,
    RegistrationViewSchema,
    ReportUpSchema,
    ReviewSchema,
    StrikingOffSchema,
    SupplementSchema,
    registration_view,
    registration_whole,
)
from service.operations.correct_registration import CorrectRegistration, correct_registration
from service.operations.read_registration import read_registration
from service.operations.register_incident import (
    RegisterIncident,
    prepare_registration,
    register_incident,
)
from service.operations.report_registration import ReportRegistration, report_registration
from service.operations.review_registration import ReviewRegistration, review_registration
from service.operations.strike_off import StrikeOff, strike_off
from service.operations.supplement_registration import (
    SupplementRegistration,
    supplement_registration,
)
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

registrations = Blueprint(
    "registrations",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/registration",
    description="简易登记 · simple registration",
)


@registrations.route("", methods=["PUT"])
@registrations.arguments(RegisterSchema)
@registrations.response(201, RegistrationViewSchema)
def put_registration(body: dict[str, Any], incident_id: UUID) -> Response:
    """Register an eligible fire (If-None-Match: *): number, frozen record, units handed back."""
    command = RegisterIncident(incident_id=incident_id, precondition=precondition(), **body)
    return perform(register_incident, command, view=registration_view, prepare=prepare_registration)


@registrations.route("", methods=["GET"])
@registrations.response(200, RegistrationViewSchema)
def get_registration(incident_id: UUID) -> Response:
    """The registration, its certificate's data and the frozen record."""
    return look(
        lambda officer, work: read_registration(incident_id, officer=officer, work=work),
        view=registration_whole,
    )


@registrations.route("/supplements/<uuid:supplement_id>", methods=["PUT"])
@registrations.arguments(SupplementSchema)
@registrations.response(201, RegistrationViewSchema)
def put_supplement(body: dict[str, Any], incident_id: UUID, supplement_id: UUID) -> Response:
    """Hand in what was allowed to be missing (If-None-Match: *)."""
    precondition()
    command = SupplementRegistration(incident_id=incident_id, id=supplement_id, **body)
    return perform(supplement_registration, command, view=registration_view)


@registrations.route("/corrections/<uuid:correction_id>", methods=["PUT"])
@registrations.arguments(CorrectionSchema)
@registrations.response(201, RegistrationViewSchema)
def put_correction(body: dict[str, Any], incident_id: UUID, correction_id: UUID) -> Response:
    """Put a mistake right beside the record, signed (If-None-Match: *)."""
    precondition()
    command = CorrectRegistration(incident_id=incident_id, id=correction_id, **body)
    return perform(correct_registration, command, view=registration_view)


@registrations.route("/report", methods=["PUT"])
@registrations.arguments(ReportUpSchema)
@registrations.response(200, RegistrationViewSchema)
def put_report(body: dict[str, Any], incident_id: UUID) -> Response:
    """Report it to the superior office (If-Match: the registration's version)."""
    command = ReportRegistration(incident_id=incident_id, precondition=precondition(), **body)
    return perform(report_registration, command, view=registration_view)


@registrations.route("/review", methods=["PUT"])
@registrations.arguments(ReviewSchema)
@registrations.response(200, RegistrationViewSchema)
def put_review(body: dict[str, Any], incident_id: UUID) -> Response:
    """The superior office accepts or returns it (If-Match: the registration's version)."""
    command = ReviewRegistration(incident_id=incident_id, precondition=precondition(), **body)
    return perform(review_registration, command, view=registration_view)


@registrations.route("/striking-off", methods=["PUT"])
@registrations.arguments(StrikingOffSchema)
@registrations.response(200, RegistrationViewSchema)
def put_striking_off(body: dict[str, Any], incident_id: UUID) -> Response:
    """Strike it off, with the reason (If-Match: the registration's version)."""
    command = StrikeOff(incident_id=incident_id, precondition=precondition(), **body)
    return perform(strike_off, command, view=registration_view)
