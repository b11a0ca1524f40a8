"""Carry a session on with its refresh token, and end it when one is used twice.

A refresh token is good once (RFC 9700, 4.14.2). Whoever uses it again has a copy, or was copied:
which of the two cannot be known, so both are cut off. The same request once more, under its
Idempotency-Key, is no second use: on a poor network the first answer may never have arrived.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from service.domain.errors import Fault
from service.domain.people import User
from service.domain.people_refusals import GrantUnknown, RefreshTokenNotGood
from service.domain.powers import Officer
from service.domain.sessions import DeviceSession, RefreshToken
from service.domain.words import Words
from service.operations.ports import Work
from service.operations.sign_in import Session, acting, give_refresh_token, hash_of

SWEPT = 4
"""How many that are over go with each renewal: more than it adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewSession:
    """The refresh token, the key of the request, and how long the next token is good."""

    refresh_token: str
    key: UUID
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedTwice:
    """Somebody has a copy of this person's refresh token; the session was ended."""

    officer: Officer


def must_be_renewable(refresh_token: str, *, work: Work) -> None:
    """Refuse a token that opens nothing, without taking a turn to write.

    Raises: RefreshTokenNotGood.
    """
    _kept(refresh_token, work)


def renew_session(command: RenewSession, *, work: Work) -> Session | UsedTwice:
    """The next pair of tokens; the refresh token given is spent.

    Raises: RefreshTokenNotGood.
    """
    spent, session, user = _kept(command.refresh_token, work)
    try:
        user, post, _ = acting(user, session.grant_id, work=work)
    except GrantUnknown as over:
        raise _not_good() from over
    token, refresh_token = work.refresh_tokens.next_pair(command.refresh_token, command.key)
    if spent.spent_at is None:
        expires_at = min(work.now + timedelta(minutes=command.minutes), session.ends_at)
        session = replace(session, expires_at=expires_at, used_at=work.now)
        work.sessions.carry_on(session, hash_of(token))
        work.refresh_tokens.spend(spent.hash, work.now)
        give_refresh_token(refresh_token, session, work=work)
        work.refresh_tokens.sweep(work.now, at_most=SWEPT)
    elif not _is_last(refresh_token, work):
        work.sessions.end(session.id, work.now)
        officer = Officer(
            id=user.id, name=user.name, role=user.role, post_id=post.id, post_path=post.path
        )
        return UsedTwice(officer=officer)
    return Session(
        id=session.id,
        token=token,
        expires_at=session.expires_at,
        refresh_token=refresh_token,
        ends_at=session.ends_at,
        user=user,
        post=post,
    )


def _kept(refresh_token: str, work: Work) -> tuple[RefreshToken, DeviceSession, User]:
    token = work.refresh_tokens.get(hash_of(refresh_token))
    session = work.sessions.get(token.session_id) if token else None
    user = work.people.user(session.user_id) if session else None
    if token is None or session is None or user is None or not user.active:
        raise _not_good()
    if session.ended_at is not None or session.ends_at <= work.now:
        raise _not_good()
    return token, session, user


def _is_last(refresh_token: str, work: Work) -> bool:
    """Whether this is what the session is to be carried on with: nobody has used it yet."""
    token = work.refresh_tokens.get(hash_of(refresh_token))
    return token is not None and token.spent_at is None


def _not_good() -> RefreshTokenNotGood:
    return RefreshTokenNotGood(
        Fault(
            "/refresh_token",
            Words("续期令牌无效，或登录已结束", "it is not good, or the sign-in has ended"),
            Words("请在/v1/sessions重新登录", "sign in again at /v1/sessions"),
        )
    )
