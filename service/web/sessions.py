"""/v1/sessions and /v1/me: sign in and out, who am I, on which devices."""

from typing import Any
from uuid import UUID

from flask import Response, request

from schemas.codes import NothingSchema
from schemas.people import MeViewSchema, post_view, user_view
from schemas.powers import grant_view
from schemas.sessions import (
    DeviceSessionSchema,
    RefreshSchema,
    SessionSchema,
    SessionsEndedSchema,
    SignInSchema,
    device_session_view,
)
from service.domain.errors import Fault
from service.domain.people_refusals import RefreshTokenReused
from service.domain.powers import Officer
from service.domain.sessions import DeviceSession
from service.domain.words import Words
from service.operations.end_sessions import end_sessions
from service.operations.own_sessions import end_own_session, own_sessions
from service.operations.ports import Work
from service.operations.read_refusals import record_refusal
from service.operations.renew_session import (
    RenewSession,
    UsedTwice,
    must_be_renewable,
    renew_session,
)
from service.operations.sign_in import (
    Session,
    SignIn,
    check_password,
    open_session,
    sign_out,
)
from service.operations.slow_guesses import Attempt, must_not_wait, take_back, tally_attempt
from service.web.blueprint import Blueprint
from service.web.current import (
    note_use,
    own_session_id,
    presented_token,
    settings,
    signed_in,
    transactions,
)
from service.web.idempotency import idempotency_key
from service.web.perform import look, perform
from service.web.problems import type_of
from service.web.wire import rfc3339, to_json

OPERATION = "renew-session"
"""What was refused, where the supervisor reads of a refresh token used twice."""

sessions = Blueprint("sessions", __name__, url_prefix="/v1", description="登录 · signing in")
sessions.after_app_request(note_use)


def start_session(command: SignIn) -> Session:
    """Check the password outside the write transactions, then open the session.

    Nothing is written, and no password looked at, of an attempt that has to wait.
    Raises: TooManySignIns, SignInFailed, GrantUnknown.
    """
    attempt = Attempt(username=command.username, address=request.remote_addr or "")
    transactions().read(lambda work: must_not_wait(attempt, work=work))
    transactions().write(lambda work: tally_attempt(attempt, work=work))
    user = transactions().read(lambda work: check_password(command, work=work))
    transactions().write(lambda work: take_back(attempt, work=work))
    return transactions().write(lambda work: open_session(user, command, work=work))


@sessions.route("/sessions", methods=["POST"])
@sessions.arguments(SignInSchema)
@sessions.response(201, SessionSchema)
def post_session(body: dict[str, Any]) -> Response:
    """Sign in; the token is shown once. Trying again makes another session, nothing else."""
    command = SignIn(
        minutes=settings().token_minutes,
        days=settings().session_days,
        agent=request.user_agent.string,
        **body,
    )
    return _told(start_session(command), 201)


@sessions.route("/sessions/refresh", methods=["POST"])
@sessions.arguments(RefreshSchema)
@sessions.response(200, SessionSchema)
def post_session_refresh(body: dict[str, Any]) -> Response:
    """Carry a session on: a new pair of tokens; those before are good no more.

    To try again after an answer that did not arrive, send the same Idempotency-Key; with another
    key the token counts as copied: the session ends, and the supervisor is told.
    """
    token = body["refresh_token"]
    command = RenewSession(
        refresh_token=token, key=idempotency_key(), minutes=settings().token_minutes
    )
    transactions().read(lambda work: must_be_renewable(token, work=work))

    def act(work: Work) -> Session | UsedTwice:
        renewed = renew_session(command, work=work)
        if isinstance(renewed, UsedTwice):
            why, route = type_of(RefreshTokenReused), "/v1/sessions/refresh"
            record_refusal(renewed.officer, operation=OPERATION, why=why, route=route, work=work)
        return renewed

    renewed = transactions().write(act)
    if isinstance(renewed, UsedTwice):
        raise _used_twice()
    return _told(renewed, 200)


def _told(session: Session, status: int) -> Response:
    members = {
        "id": session.id,
        "token": session.token,
        "expires_at": rfc3339(session.expires_at),
        "refresh_token": session.refresh_token,
        "ends_at": rfc3339(session.ends_at),
        "user": user_view(session.user) | {"post": post_view(session.post)},
    }
    return Response(to_json(members), status, mimetype="application/json")


def _used_twice() -> RefreshTokenReused:
    return RefreshTokenReused(
        Fault(
            "/refresh_token",
            Words(
                "该续期令牌已用过，可能有人复制了它；此登录已终止并报监督人员",
                "it was used before: somebody may have a copy; the session was ended and the "
                "supervisor is told",
            ),
            Words("请重新登录；如手机遗失请告知管理员", "sign in again; tell of a lost phone"),
        )
    )


@sessions.route("/sessions/current", methods=["DELETE"])
@sessions.response(204)
def delete_session() -> Response:
    """Sign out: the token is no longer good."""

    def act(work: Work) -> None:
        signed_in(work)
        sign_out(presented_token() or "", work=work)

    transactions().write(act)
    return Response(status=204)


@sessions.route("/me", methods=["GET"])
@sessions.response(200, MeViewSchema)
def get_me() -> Response:
    """Who is signed in, as what and where, and the temporary grants they may sign in under."""

    def me(officer: Officer, work: Work) -> dict[str, Any]:
        user, post = work.people.user(officer.id), work.people.post(officer.post_id)
        assert post is not None  # noqa: S101 - the session, or the key, joins it
        acting = {
            "id": officer.id,
            "name": officer.name,
            "role": officer.role,
            "post_id": officer.post_id,
            "post": post_view(post),
            "scopes": None if officer.scopes is None else sorted(officer.scopes),
        }
        mine = [each for each in work.grants.of_user(officer.id) if each.is_good(work.now)]
        of_user = {} if user is None else user_view(user)
        return of_user | acting | {"grants": [grant_view(each) for each in mine]}

    return look(me, view=lambda members: members)


@sessions.route("/me/sessions", methods=["GET"])
@sessions.response(200, DeviceSessionSchema(many=True))
def get_own_sessions() -> Response:
    """On which devices one is signed in, the last used first."""

    def view(found: list[DeviceSession]) -> list[dict[str, Any]]:
        return [device_session_view(each, current=own_session_id()) for each in found]

    return look(own_sessions, view=view)


@sessions.route("/me/sessions/<uuid:session_id>", methods=["DELETE"])
@sessions.response(204)
def delete_own_session(session_id: UUID) -> Response:
    """Sign out on one of one's devices: it is refused from its next request on."""
    transactions().write(
        lambda work: end_own_session(session_id, officer=signed_in(work), work=work)
    )
    return Response(status=204)


@sessions.route("/users/<uuid:user_id>/sessions/end", methods=["POST"])
@sessions.arguments(NothingSchema)
@sessions.response(200, SessionsEndedSchema)
def post_sessions_end(body: dict[str, Any], user_id: UUID) -> Response:
    """Cut a person off on every device, for a lost phone: the next request of each is refused."""
    return perform(
        end_sessions, user_id, view=lambda event: {"user_id": user_id, "ended": event.ended}
    )
