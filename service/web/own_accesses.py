"""/v1/status/accesses: an owner asks to be let in, by the code handed to them."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.access_views import OwnAccessViewSchema, own_access_view
from schemas.accesses import OwnAccessSchema
from service.domain.codes import Code
from service.operations.ask_access import AskOwnAccess, Wish, ask_own_access
from service.operations.ports import Work
from service.web.blueprint import Blueprint
from service.web.owners_code import owners_code
from service.web.perform import perform, precondition

own_accesses = Blueprint(
    "own_accesses",
    __name__,
    url_prefix="/v1/status/accesses",
    description="当事人申请进入 · owners ask to be let in",
)


@own_accesses.route("/<uuid:access_id>", methods=["PUT"])
@own_accesses.doc(security=[])
@own_accesses.arguments(OwnAccessSchema)
@own_accesses.response(201, OwnAccessViewSchema)
def put_own_access(body: dict[str, Any], access_id: UUID) -> Response:
    """Ask to go into the own sealed units (If-None-Match: *); it is received, and clears nothing.

    By the owner's cookie, or the code in the Handback-Code header.
    """
    command = AskOwnAccess(wish=Wish(id=access_id, **body), precondition=precondition())
    return perform(_ask, command, view=own_access_view, who=owners_code)


def _ask(command: AskOwnAccess, *, officer: Code, work: Work) -> Any:
    return ask_own_access(command, code=officer, work=work)
