"""The first look, for officers signed in by cookie: the fires, and a scene over its history."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4

from flask import Blueprint as Pages
from flask import Response, g, make_response, redirect, render_template, request, url_for

from service.domain.assessment import Assessment
from service.domain.assessment_changes import DECIDED
from service.domain.errors import (
    Forbidden,
    LinkNotGood,
    Malformed,
    Refusal,
    Unauthenticated,
    Unknown,
)
from service.domain.powers import Officer, Role
from service.domain.words import Words
from service.operations.first_administrator import (
    BecomeAdministrator,
    become_administrator,
    must_be_good,
)
from service.operations.list_fires import list_fires
from service.operations.list_people import ListPeople, list_people
from service.operations.look_at_scene import Look, look_at_scene
from service.operations.manage_people import list_posts
from service.operations.ports import Work
from service.operations.sign_in import SignIn
from service.operations.sign_in import sign_out as end_session
from service.web.current import COOKIE, settings, signed_in, transactions
from service.web.level_pictures import framed, pictures
from service.web.page_fields import division_code, field
from service.web.phrases import in_other_language, keep_language, language, phrase, say, when
from service.web.problems import status_of
from service.web.sessions import start_session
from service.web.way_back import asked_for, way_back

T = TypeVar("T")
MOST_PEOPLE = 500

pages = Pages("pages", __name__)


@pages.app_context_processor
def words() -> dict[str, object]:
    """What every template may say."""
    return {
        "t": phrase,
        "say": say,
        "when": when,
        "language": language,
        "in_other_language": in_other_language,
        "sample": settings().sample,
    }


pages.after_app_request(keep_language)


@pages.get("/")
def fires() -> str:
    """The fires at the officer's post and below; an administrator's own page."""

    def find(officer: Officer, work: Work) -> tuple[Officer, str, dict[str, object]]:
        if officer.role is Role.ADMINISTRATOR:
            return officer, "administrator.html", _brigade(officer, work)
        return officer, "fires.html", {"fires": list_fires(officer=officer, work=work)}

    officer, template, shown = _as_officer(find)
    return render_template(template, officer=officer, **shown)


@pages.get("/scenes/<uuid:scene_id>")
def scene(scene_id: UUID) -> Response:
    """One scene as it stood after a step of its history; without one, as it stands."""
    asked = request.args.get("step", type=int)

    def see(officer: Officer, work: Work) -> tuple[Officer, Look]:
        return officer, look_at_scene(scene_id, step=asked, officer=officer, work=work)

    officer, look = _as_officer(see)
    shown = {"look": look, "drawings": pictures(look.scene), "decision": _decision}
    return framed(make_response(render_template("scene.html", officer=officer, **shown)))


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """The form; a name and password that fit open a session of this browser."""
    if request.method == "GET":
        made = "made" in request.args
        return make_response(
            render_template("sign-in.html", wrong=None, next=way_back(), made=made)
        )
    minutes = settings().page_session_minutes
    try:
        session = start_session(
            SignIn(
                username=field("username", 64),
                password=field("password", 256),
                minutes=minutes,
                agent=request.user_agent.string,
            )
        )
    except Refusal as refusal:
        return _again("sign-in.html", refusal, next=way_back())
    response = make_response(redirect(way_back() or url_for("pages.fires"), 303))
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=minutes * 60,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
    return response


@pages.post("/sign-out")
def sign_out() -> Response:
    """End this browser's session (its cookie does not come along from other sites)."""
    token = request.cookies.get(COOKIE, "")
    transactions().write(lambda work: end_session(token, work=work))
    response = make_response(redirect(url_for("pages.sign_in"), 303))
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


@pages.route("/first-administrator/<code>", methods=["GET", "POST"])
def first_administrator(code: str) -> Response:
    """The one-time link of a new installation."""
    if request.method == "GET":
        transactions().read(lambda work: must_be_good(code, work=work))
        return make_response(render_template("first-administrator.html", wrong=None, said={}))
    try:
        command = _administrator(code)
        transactions().write(lambda work: become_administrator(command, work=work))
    except Refusal as refusal:
        if isinstance(refusal, LinkNotGood):
            raise
        return _again("first-administrator.html", refusal, said=request.form)
    return make_response(redirect(url_for("pages.sign_in", made=1), 303))


@pages.errorhandler(Refusal)
def refuse(refusal: Refusal) -> tuple[str, int] | Response:
    """Whoever is not signed in goes to the form; other refusals are told in words."""
    if isinstance(refusal, Unauthenticated):
        return make_response(redirect(url_for("pages.sign_in", next=asked_for()), 303))
    if not isinstance(refusal, Unknown | Forbidden | Malformed):
        raise refusal
    title = (Forbidden if isinstance(refusal, Forbidden) else Unknown).TITLE
    fault = refusal.faults[0] if refusal.faults else None
    page = render_template(
        "not-found.html",
        title=say(title),
        sentence=say(fault.wrong if fault else refusal.TITLE),
        remedy=say(fault.remedy) if fault else None,
        officer=g.get("officer"),
    )
    return page, status_of(type(refusal))


def _decision(assessment: Assessment, proposal_id: UUID) -> str:
    """What the officer said of a proposal, with the reason."""
    choice = assessment.choice(proposal_id)
    if choice is None:
        return phrase("undecided")
    return " · ".join(filter(None, [say(DECIDED[choice.decision]), choice.reason]))


def _brigade(officer: Officer, work: Work) -> dict[str, object]:
    """The posts of an administrator in tree order, each with its people; not all of very many."""
    asked = ListPeople(
        post_id=None, role=None, active=True, text=None, after=None, limit=MOST_PEOPLE
    )
    page = list_people(asked, officer=officer, work=work)
    posts = list_posts(officer, work)
    people = {post.id: [user for user in page.users if user.post_id == post.id] for post in posts}
    own = work.people.user(officer.id)
    username = own.username if own else ""
    shown = {"posts": posts, "people": people, "more": page.next is not None}
    return shown | {"username": username}


def _as_officer(read: Callable[[Officer, Work], T]) -> T:
    return transactions().read(lambda work: read(signed_in(work), work))


def _again(template: str, refusal: Refusal, **filled: object) -> Response:
    wrong: Words = refusal.faults[0].wrong if refusal.faults else refusal.TITLE
    page = render_template(template, wrong=wrong, **filled)
    answer = make_response(page, status_of(type(refusal)))
    if "retry_after" in refusal.facts:
        answer.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return answer


def _administrator(code: str) -> BecomeAdministrator:
    return BecomeAdministrator(
        code=code,
        user_id=uuid4(),
        username=field("username", 64),
        name=field("name", 100),
        password=field("password", 256, at_least=10),
        post_id=uuid4(),
        corps_name=field("corps_name", 100),
        corps_short_name=field("corps_short_name", 20),
        division_code=division_code(),
    )
