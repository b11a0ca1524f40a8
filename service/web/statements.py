"""/v1/incidents/{id}/statements: what was stated, shown and signed."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.incident_shapes import StatementViewSchema
from schemas.incident_views import statement_view
from schemas.statements import StatementSchema
from service.operations.read_incidents import read_statement
from service.operations.record_statement import (
    RecordStatement,
    Signed,
    StatementAnswer,
    record_statement,
)
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

statements = Blueprint(
    "statements",
    __name__,
    url_prefix="/v1/incidents/<uuid:incident_id>/statements",
    description="陈述与签名 · statements and signatures",
)


@statements.route("/<uuid:statement_id>", methods=["GET"])
@statements.response(200, StatementViewSchema)
def get_statement(incident_id: UUID, statement_id: UUID) -> Response:
    """One statement, with the exact text to show before signing."""
    return look(
        lambda officer, work: read_statement(incident_id, statement_id, officer=officer, work=work),
        view=_view,
    )


@statements.route("/<uuid:statement_id>", methods=["PUT"])
@statements.arguments(StatementSchema)
@statements.response(200, StatementViewSchema)
def put_statement(body: dict[str, Any], incident_id: UUID, statement_id: UUID) -> Response:
    """Record a statement (If-None-Match: *), correct or sign it (If-Match with its ETag)."""
    given = body.pop("signature")
    command = RecordStatement(
        incident_id=incident_id,
        id=statement_id,
        signature=Signed(**given) if given else None,
        precondition=precondition(),
        **body,
    )
    return perform(record_statement, command, view=_view)


def _view(answer: StatementAnswer) -> dict[str, Any]:
    return statement_view(answer.statement, incident=answer.incident)
