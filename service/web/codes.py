"""Codes for owners and notices: make them, list them, take them back."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.codes import CodeViewSchema, NothingSchema, OwnerCodeSchema, code_view, issued_view
from service.operations.issue_code import (
    EndCode,
    IssueNoticeCode,
    IssueOwnerCode,
    codes_of,
    end_code,
    issue_notice_code,
    issue_owner_code,
)
from service.web.blueprint import Blueprint
from service.web.perform import look, perform

codes = Blueprint(
    "codes", __name__, url_prefix="/v1/incidents/<uuid:incident_id>", description="查询码 · codes"
)


@codes.route("/owner-codes", methods=["GET"])
@codes.response(200, CodeViewSchema(many=True))
def get_codes(incident_id: UUID) -> Response:
    """Which codes were made, for whom, until when; never the codes."""
    return look(
        lambda officer, work: codes_of(incident_id, officer=officer, work=work),
        view=lambda found: [code_view(code) for code in found],
    )


@codes.route("/owner-codes", methods=["POST"])
@codes.arguments(OwnerCodeSchema)
@codes.response(201, CodeViewSchema)
def post_owner_code(body: dict[str, Any], incident_id: UUID) -> Response:
    """Make a code for one party; it is shown this once, and the party's earlier ones end."""
    return perform(
        issue_owner_code,
        IssueOwnerCode(incident_id=incident_id, **body),
        view=issued_view,
        kept=lambda issued: code_view(issued.code),
    )


@codes.route("/notice-code", methods=["POST"])
@codes.arguments(NothingSchema)
@codes.response(201, CodeViewSchema)
def post_notice_code(body: dict[str, Any], incident_id: UUID) -> Response:
    """Make a public code for the posted notice; those printed before stay good."""
    return perform(issue_notice_code, IssueNoticeCode(incident_id=incident_id), view=issued_view)


@codes.route("/owner-codes/<uuid:code_id>", methods=["DELETE"])
@codes.response(200)
def delete_code(incident_id: UUID, code_id: UUID) -> Response:
    """Revoke a code of either kind: from now on it opens nothing."""
    command = EndCode(incident_id=incident_id, code_id=code_id)
    return perform(end_code, command, view=lambda _: {"ended": True})
