"""The owner's way in: /o/<code> and /n/<code>, the page /s, and /v1/status for programs."""

from typing import Any
from uuid import uuid4

from flask import Blueprint as Pages
from flask import Response, make_response, redirect, render_template, request, url_for

from schemas.codes import StatusSchema, notice_view, status_view
from service.domain.access import Access
from service.domain.codes import CodeKind
from service.domain.errors import CodeUnknown, Refusal, Unknown
from service.domain.photo import VIEW_NAMES
from service.domain.reopening import UnitState, UnitStatus
from service.domain.scene_words import names_of
from service.domain.units_alike import units_alike
from service.domain.words import Words
from service.operations.read_status import Seen, glance_status, read_status
from service.web.blueprint import Blueprint
from service.web.current import transactions
from service.web.level_pictures import framed, pictures
from service.web.owners_code import COOKIE, presented_code
from service.web.phrases import language, phrase
from service.web.wire import to_json

FEW = 6

status = Blueprint("status", __name__, url_prefix="/v1", description="当事人查询 · for owners")
owner = Pages("owner", __name__)


@status.route("/status", methods=["GET"])
@status.doc(security=[])
@status.response(200, StatusSchema)
def get_status() -> Response:
    """What the code shows: by the owner's cookie, or a code in the Handback-Code header."""
    seen = _see(presented_code(), suffix="")
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
    return _page(request.cookies.get(COOKIE, ""))


@owner.get("/n/<code>")
def notice(code: str) -> Response:
    """The notice's page: how many units are sealed, and which; nothing else, for all may see it."""
    return _page(code, for_all=True)


@owner.errorhandler(Refusal)
def refuse(refusal: Refusal) -> tuple[str, int]:
    """The same page for every code that opens nothing."""
    if not isinstance(refusal, CodeUnknown | Unknown):
        raise refusal
    return render_template("not-found.html", sentence=phrase("code-not-found")), 404


def _page(secret: str, *, for_all: bool = False) -> Response:
    """What an owner's code shows; what all may see, if it is the notice's or that is asked for."""
    seen = _see(secret, suffix=f"-{language()}", with_photos=not for_all)
    stamp = f"{seen.stamp}-{language()}"
    if seen.view is None:
        return _tagged(Response(status=304), stamp)
    if for_all or seen.kind is CodeKind.NOTICE:
        body = render_template("notice.html", view=seen.view, **_for_all(seen.view.units))
    else:
        shown = _for_owner(seen, seen.view.units)
        body = render_template("owner.html", view=seen.view, **shown)
    return framed(_tagged(make_response(body), stamp))


def form_again(secret: str, wrong: Words, status: int) -> Response:
    """The owner's page with what was wrong with the form, which stays as it was filled in."""
    seen = transactions().read(lambda work: read_status(secret, with_photos=True, work=work))
    if seen.kind is not CodeKind.OWNER or seen.view is None:
        raise CodeUnknown
    form = {"wrong": wrong, "said": request.form, "ticked": request.form.getlist("unit")}
    shown = _for_owner(seen, seen.view.units) | form
    return framed(make_response(render_template("owner.html", view=seen.view, **shown), status))


def _for_all(units: tuple[UnitStatus, ...]) -> dict[str, Any]:
    groups = units_alike(units)
    sealed = sum(len(group) for group in groups if group.state is UnitState.SEALED)
    return {"groups": groups, "sealed": sealed}


def _for_owner(seen: Seen, units: tuple[UnitStatus, ...]) -> dict[str, Any]:
    """Each unit by itself; many that are open, by their names alone."""
    few = len(units) <= FEW
    open_ones = [unit for unit in units if unit.state is UnitState.OPEN and not few]
    sealed = [unit for unit in units if unit.state is UnitState.SEALED]
    return {
        "told": lambda unit: unit not in open_ones,
        "groups": units_alike(open_ones),
        "named": lambda access: _names(access, seen),
        "drawings": _drawings(seen),
        "photos": seen.photos,
        "view_names": VIEW_NAMES,
        "sealed": sealed,
        "ticked": [unit.unit for unit in sealed if len(sealed) == 1],
        "said": {"id": str(uuid4())},
        "wrong": None,
    }


def _names(access: Access, seen: Seen) -> tuple[str, ...]:
    """The units asked for, as they are called and divided now."""
    assert seen.scene is not None  # noqa: S101 - nobody asks where there is no scene
    return names_of(seen.scene.parts(access.unit_ids), seen.scene)


def _see(secret: str, *, suffix: str | None, with_photos: bool = False) -> Seen:
    """Raises: CodeUnknown."""

    known = request.if_none_match
    if known and suffix is not None:

        def knows(stamp: str) -> bool:
            return known.contains_weak(stamp + suffix)

        seen = transactions().glance(lambda work: glance_status(secret, knows=knows, work=work))
        if seen is not None:
            return seen
    return transactions().read(lambda work: read_status(secret, with_photos=with_photos, work=work))


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
