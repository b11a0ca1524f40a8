"""The owner's way in: /o/<code> and /n/<code>, the page /s, and /v1/status for programs."""

from flask import Blueprint as Pages
from flask import Response, make_response, redirect, render_template, request, url_for

from schemas.codes import StatusSchema, notice_view, status_view
from service.domain.codes import CodeKind
from service.domain.errors import CodeUnknown, Refusal, Unknown
from service.operations.read_status import Seen, read_status
from service.web.blueprint import Blueprint
from service.web.current import transactions
from service.web.level_pictures import framed, pictures
from service.web.phrases import COOKIE as LANGUAGE_COOKIE
from service.web.phrases import language, phrase
from service.web.wire import to_json

COOKIE = "handback-owner"

status = Blueprint("status", __name__, url_prefix="/v1", description="当事人查询 · for owners")
owner = Pages("owner", __name__)


@status.route("/status", methods=["GET"])
@status.doc(security=[])
@status.response(200, StatusSchema)
def get_status() -> Response:
    """What the code shows: by the owner's cookie, or a code in the Handback-Code header."""
    secret = request.headers.get("Handback-Code") or request.cookies.get(COOKIE, "")
    seen = _see(secret, suffix="")
    if seen.view is None:
        return _tagged(Response(status=304), seen.stamp)
    shown = notice_view if seen.kind is CodeKind.NOTICE else status_view
    return _tagged(Response(to_json(shown(seen.view)), mimetype="application/json"), seen.stamp)


@owner.get("/o/<code>")
def open_code(code: str) -> Response:
    """Take an owner's code out of the address: into a cookie, and on to the clean page.

    The cookie ends with the code.
    """
    seen = _see(code, suffix=None)
    if seen.kind is not CodeKind.OWNER:
        return redirect(url_for("owner.notice", code=code), 303)  # type: ignore[return-value]
    response = make_response(redirect(url_for("owner.page"), 303))
    response.set_cookie(
        COOKIE,
        code,
        expires=seen.ends_at,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@owner.get("/s")
def page() -> Response:
    """The owner's page, by the cookie."""
    return _page(request.cookies.get(COOKIE, ""), "owner.html")


@owner.get("/n/<code>")
def notice(code: str) -> Response:
    """The notice's page: units, and whether each is open."""
    return _page(code, "notice.html")


@owner.errorhandler(Refusal)
def refuse(refusal: Refusal) -> tuple[str, int]:
    """The same page for every code that opens nothing."""
    if not isinstance(refusal, CodeUnknown | Unknown):
        raise refusal
    return render_template("not-found.html", sentence=phrase("code-not-found")), 404


def _page(secret: str, template: str) -> Response:
    seen = _see(secret, suffix=f"-{language()}")
    stamp = f"{seen.stamp}-{language()}"
    if seen.view is None:
        return _tagged(Response(status=304), stamp)
    body = render_template(
        template,
        view=seen.view,
        drawings=_drawings(seen) if template == "owner.html" else (),
    )
    response = framed(_tagged(make_response(body), stamp))
    if request.args.get("lang"):
        response.set_cookie(LANGUAGE_COOKIE, language(), samesite="Lax", httponly=True)
    return response


def _see(secret: str, *, suffix: str | None) -> Seen:
    """Raises: CodeUnknown."""

    def knows(stamp: str) -> bool:
        return suffix is not None and request.if_none_match.contains(stamp + suffix)

    return transactions().read(lambda work: read_status(secret, knows=knows, work=work))


def _tagged(response: Response, stamp: str) -> Response:
    response.set_etag(stamp)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Handback-Code"
    return response


def _drawings(seen: Seen) -> list[str]:
    if seen.scene is None or seen.view is None:
        return []
    units = seen.view.units
    return pictures(
        seen.scene, levels={unit.level for unit in units}, mine={unit.unit for unit in units}
    )
