"""The owner's page asks to be let in: a form that works without scripts, from this page only."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint as Pages
from flask import Response, redirect, request, url_for
from marshmallow import ValidationError

from schemas.accesses import OwnAccessSchema
from service.domain.errors import Forbidden, Refusal
from service.domain.words import Words
from service.operations.ask_access import AskOwnAccess, Wish, ask_own_access
from service.operations.outcome import Precondition
from service.web.current import transactions
from service.web.owner import form_again, refuse
from service.web.owners_code import COOKIE, code_of
from service.web.phrases import LEGAL_TIME
from service.web.problems import status_of

own_wishes = Pages("own_wishes", __name__)
own_wishes.register_error_handler(Refusal, refuse)

INCOMPLETE = Words(
    "请选择单元，写明事由和起止时间", "tick a unit, and say why, from when and until when"
)
FROM_ELSEWHERE = Words("请从本页提交", "send it from this page")


@own_wishes.post("/s/accesses")
def ask() -> Response:
    """Receive what the form says, once however often it is sent; then the page shows it."""
    secret = request.cookies.get(COOKIE, "")
    if not _is_from_here():
        return form_again(secret, FROM_ELSEWHERE, status_of(Forbidden))
    try:
        command = AskOwnAccess(wish=_wish(), precondition=Precondition(create=True))
        transactions().write(
            lambda work: ask_own_access(command, code=code_of(secret, work), work=work)
        )
    except (ValueError, ValidationError):
        return form_again(secret, INCOMPLETE, 422)
    except Refusal as refusal:
        wrong = refusal.faults[0].wrong if refusal.faults else refusal.TITLE
        return form_again(secret, wrong, status_of(type(refusal)))
    return redirect(url_for("owner.page", _anchor="accesses"), 303)  # type: ignore[return-value]


def _is_from_here() -> bool:
    """Whether a page of this very site sent it: browsers say so, in one header or the other."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _wish() -> Wish:
    """What the form says, its times in legal time. Raises: ValueError, ValidationError."""
    units = request.form.getlist("unit")
    if not units:
        raise ValueError("unit")
    said: dict[str, Any] = {
        "unit_ids": units,
        "purpose": request.form.get("purpose", "").strip(),
        "wanted_from": _moment("from"),
        "wanted_until": _moment("until"),
    }
    return Wish(id=UUID(request.form.get("id", "")), **OwnAccessSchema().load(said))


def _moment(name: str) -> str:
    local = datetime.fromisoformat(request.form.get(name, ""))
    return local.replace(tzinfo=LEGAL_TIME).isoformat()
