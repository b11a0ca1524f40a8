"""/v1/incidents/{id}/simplified-procedure: the steps in order, then the filing."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.simplified_procedures import (
    FilingSchema,
    ProcedureViewSchema,
    StepsSchema,
    procedure_view,
    procedure_whole,
)
from service.operations.file_certificate import FileCertificate, file_certificate
from service.operations.read_procedure import read_procedure
from service.operations.take_steps import TakeSteps, take_steps
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

simplified_procedures = Blueprint(
    "simplified-procedures",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/simplified-procedure",
    description="简易程序 · simplified procedure",
)


@simplified_procedures.route("", methods=["PUT"])
@simplified_procedures.arguments(StepsSchema)
@simplified_procedures.response(200, ProcedureViewSchema)
def put_simplified_procedure(body: dict[str, Any], incident_id: UUID) -> Response:
    """All steps done so far: If-None-Match: * begins, If-Match goes on."""
    command = TakeSteps(incident_id=incident_id, precondition=precondition(), **body)
    return perform(take_steps, command, view=procedure_view)


@simplified_procedures.route("", methods=["GET"])
@simplified_procedures.response(200, ProcedureViewSchema)
def get_simplified_procedure(incident_id: UUID) -> Response:
    """The procedure, its certificate's data and the frozen record."""
    return look(
        lambda officer, work: read_procedure(incident_id, officer=officer, work=work),
        view=procedure_whole,
    )


@simplified_procedures.route("/filing", methods=["PUT"])
@simplified_procedures.arguments(FilingSchema)
@simplified_procedures.response(200, ProcedureViewSchema)
def put_filing(body: dict[str, Any], incident_id: UUID) -> Response:
    """File the certificate with the superior body (If-Match: the procedure's version)."""
    command = FileCertificate(incident_id=incident_id, precondition=precondition(), **body)
    return perform(file_certificate, command, view=procedure_view)
