"""RFC 9457: how refusals look on the wire. The one table from class to status stands here."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from service.domain import errors
from service.domain.errors import Fault, Refusal
from service.domain.words import Words
from service.operations.ports import Answer, Work
from service.operations.read_refusals import record_refusal
from service.web.current import transactions
from service.web.idempotency import answered_before, response_of
from service.web.phrases import phrase
from service.web.wire import to_json

STATUS: dict[type[Refusal], int] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Unknown: 404,
    errors.Conflict: 409,
    errors.RuleFailed: 409,
    errors.Gone: 410,
    errors.Stale: 412,
    errors.TooLarge: 413,
    errors.AddressTooLong: 414,
    errors.WrongMediaType: 415,
    errors.Locked: 423,
    errors.ChecksumWrong: 460,
    errors.Invalid: 422,
    errors.PreconditionMissing: 428,
    errors.Throttled: 429,
    errors.Unavailable: 503,
}

TOLD = 3
"""So many faults are told in `detail`; all stand in `errors`."""

PROBLEM_TYPE = "application/problem+json"

log = structlog.get_logger("problems")


def status_of(refusal: type[Refusal]) -> int:
    """The status of the nearest class above that the table names."""
    return next(STATUS[cls] for cls in refusal.__mro__ if cls in STATUS)


def type_of(refusal: type[Refusal]) -> str:
    """The problem's type: /problems/ and the class's name in kebab case."""
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in refusal.__name__)
    return f"/problems/{name.lstrip('-')}"


def problem_of(refusal: Refusal) -> dict[str, Any]:
    """The members of the problem for a refusal."""
    detail = _detail(refusal)
    return {
        "type": type_of(type(refusal)),
        "title": refusal.TITLE.zh,
        "title_en": refusal.TITLE.en,
        "status": status_of(type(refusal)),
        "detail": detail.zh,
        "detail_en": detail.en,
        "errors": [_fault(fault) for fault in refusal.faults],
        "request_id": g.get("request_id"),
        **refusal.facts,
    }


def _detail(refusal: Refusal) -> Words:
    """The first faults in one sentence, and how many there are.

    What is said of a field by its schema ("it is missing") needs the field's name; other refusals
    name what they speak of.
    """
    told = refusal.faults[:TOLD]
    if not told:
        return refusal.TITLE
    named = type(refusal) is errors.Invalid
    where = [f"{fault.pointer}: " if named and fault.pointer else "" for fault in told]
    zh = "；".join(at + fault.wrong.zh for at, fault in zip(where, told, strict=True))
    en = "; ".join(at + fault.wrong.en for at, fault in zip(where, told, strict=True))
    count = len(refusal.faults)
    if count == len(told):
        return Words(zh, en)
    return Words(f"{zh}…等{count}项", f"{en} … and {count - len(told)} more")


def _fault(fault: Fault) -> dict[str, str]:
    return {
        "pointer": fault.pointer,
        "detail": fault.wrong.zh,
        "detail_en": fault.wrong.en,
        "remedy": fault.remedy.zh,
        "remedy_en": fault.remedy.en,
    }


def answer_problem(refusal: Refusal) -> Response:
    """The response for a refusal; what was refused as unauthorised is put on record 越权.

    Where it was refused before its Idempotency-Key was looked up, the key goes first.
    """
    before = answered_before()
    if isinstance(before, Answer):
        return response_of(before)
    refusal = before or refusal
    if isinstance(refusal, errors.Forbidden) and "officer" in g:
        _put_on_record(refusal)
    members = problem_of(refusal)
    response = Response(to_json(members), members["status"], mimetype=PROBLEM_TYPE)
    if members["status"] == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="handback"'
    if members["status"] in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        response.headers["Retry-After"] = str(refusal.facts.get("retry_after", 5))
    return response


def _put_on_record(refusal: errors.Forbidden) -> None:
    """Where the database is away, the refusal stands in the log alone."""
    operation, why = refusal.faults[0].pointer, type_of(type(refusal))
    route = request.url_rule.rule if request.url_rule else ""

    def act(work: Work) -> None:
        record_refusal(g.officer, operation=operation, why=why, route=route, work=work)

    with suppress(errors.Unavailable):
        transactions().write(act)


def _from_http(exception: HTTPException) -> Response:
    """Werkzeug's own refusals (no such route, wrong verb) in the same shape, in our words.

    A browser that asks for an address that is not there gets a page.
    """
    status = exception.code or 500
    if status == HTTPStatus.NOT_FOUND and _wants_a_page():
        page = render_template("not-found.html", sentence=phrase("no-such-address"))
        return Response(page, status, mimetype="text/html")
    words = HTTP_WORDS.get(status) or HTTP_WORDS[400 if status < 500 else 500]
    answer = Response(to_json(_members(status, words)), status, exception.get_response().headers)
    answer.content_type = PROBLEM_TYPE
    return answer


def _wants_a_page() -> bool:
    kinds = ("application/problem+json", "application/json", "text/html")
    return request.accept_mimetypes.best_match(kinds, kinds[0]) == "text/html"


def _members(status: int, words: tuple[Words, Words]) -> dict[str, Any]:
    """The members of a problem that no refusal of ours stands behind: its title and detail."""
    title, detail = words
    return {
        "type": "about:blank",
        "title": title.zh,
        "title_en": title.en,
        "status": status,
        "detail": detail.zh,
        "detail_en": detail.en,
        "errors": [],
        "request_id": g.get("request_id"),
    }


def _from_mistake(exception: Exception) -> Response:
    """A fault of ours: logged whole, told as nothing but its request id."""
    log.exception("mistake", route=str(request.url_rule), exc_info=exception)
    return Response(to_json(_members(500, HTTP_WORDS[500])), 500, mimetype=PROBLEM_TYPE)


HTTP_WORDS = {
    400: (
        Words("请求无法读取", "The request cannot be read"),
        Words("请求不符合HTTP，请检查后重新发送", "it is no good HTTP; check it and send it again"),
    ),
    404: (
        Words("没有这个地址", "No such address"),
        Words("请核对地址；接口见/openapi.json", "check the address; /openapi.json lists them"),
    ),
    405: (
        Words("该地址不支持此方法", "This address does not take that method"),
        Words("可用的方法见Allow", "the header Allow names those it takes"),
    ),
    413: (Words("内容过大", "Too large"), Words("请减小内容后重试", "send less")),
    415: (
        Words("不支持的内容类型", "Content type not accepted"),
        Words("请发送application/json", "send application/json"),
    ),
    500: (
        Words("服务出错，已记录", "A mistake of ours; it has been logged"),
        Words("请把request_id告诉管理员", "tell the administrator the request_id"),
    ),
}
"""Title and detail of what no refusal of ours stands behind."""


def register(app: Flask) -> None:
    """Let every refusal, HTTP error and mistake answer as a problem."""
    app.register_error_handler(Refusal, answer_problem)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _from_mistake)
