"""/v1/sessions and /v1/me: sign in and out, who am I."""

from typing import Any

from flask import Response, request

from schemas.people import MeViewSchema, SessionSchema, SignInSchema, post_view, user_view
from schemas.powers import grant_view
from service.domain.powers import Officer
from service.operations.ports import Work
from service.operations.sign_in import (
    Session,
    SignIn,
    check_password,
    open_session,
    sign_out,
)
from service.operations.slow_guesses import Attempt, must_not_wait, take_back, tally_attempt
from service.web.blueprint import Blueprint
from service.web.current import presented_token, settings, signed_in, transactions
from service.web.perform import look
from service.web.wire import rfc3339, to_json

sessions = Blueprint("sessions", __name__, url_prefix="/v1", description="登录 · signing in")


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
    return transactions().write(
        lambda work: open_session(user, command.minutes, grant_id=command.grant_id, work=work)
    )


@sessions.route("/sessions", methods=["POST"])
@sessions.arguments(SignInSchema)
@sessions.response(201, SessionSchema)
def post_session(body: dict[str, Any]) -> Response:
    """Sign in; the token is shown once. Trying again makes another session, nothing else."""
    session = start_session(SignIn(minutes=settings().token_minutes, **body))
    members = {
        "token": session.token,
        "expires_at": rfc3339(session.expires_at),
        "user": user_view(session.user) | {"post": post_view(session.post)},
    }
    return Response(to_json(members), 201, mimetype="application/json")


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
