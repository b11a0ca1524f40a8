"""Signing in and out: a short-lived random token, of which only the hash is kept."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from service.domain.errors import Fault, SignInFailed
from service.domain.grants import Grant
from service.domain.people import Post, User
from service.domain.people_refusals import GrantUnknown, PasswordTooCommon
from service.domain.sessions import DeviceSession, RefreshToken
from service.domain.words import Words
from service.operations.ports import Work

TOKEN_BITS = 256
AGENT_LENGTH = 100
_COMMON = frozenset(FREQUENCY_LISTS["passwords"])
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody signs in with this")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A name and a password; the token ends after so many minutes.

    With `days` the session may be carried on by refresh tokens for so long; without, it ends with
    the token.
    `device` is what the client calls itself, `agent` what its software says it is.
    """

    username: str
    password: str
    minutes: int
    grant_id: UUID | None = None
    device: str | None = None
    agent: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The tokens are shown once and kept nowhere; `ends_at` is the end of the session."""

    id: UUID
    token: str
    expires_at: datetime
    refresh_token: str | None
    ends_at: datetime
    user: User
    post: Post


def hash_of(secret: str) -> bytes:
    """What is kept of a random token or code: its SHA-256."""
    return hashlib.sha256(secret.encode()).digest()


def must_not_be_common(password: str, *pieces: str) -> None:
    """Refuse a password of those lists that are tried first, or made of what stands beside it.

    The list is zxcvbn's: some 30,000 passwords from breaches.
    Raises: PasswordTooCommon.
    """
    plain = password.casefold()
    if plain in _COMMON or any(piece and plain == piece.casefold() for piece in pieces):
        raise PasswordTooCommon(
            Fault(
                "/password",
                Words("该口令在常见口令之列", "the password is one of the most common"),
                Words("请用几个不相干的词组成口令", "make one of some unrelated words"),
            )
        )


def hash_password(password: str) -> str:
    """argon2id with its parameters and salt, as text."""
    return _hasher.hash(password)


def check_password(command: SignIn, *, work: Work) -> User:
    """The person whose name and password these are; takes as long for an unknown name.

    Raises: SignInFailed.
    """
    user = work.people.user_called(command.username)
    try:
        _hasher.verify(user.password_hash if user else _NOBODY, command.password)
    except (VerificationError, InvalidHashError) as fault:
        raise _failed() from fault
    if user is None or not user.active:
        raise _failed()
    return user


def open_session(user: User, command: SignIn, *, work: Work) -> Session:
    """Give a person whose password was checked a token, to act under a grant of theirs if named.

    Raises: SignInFailed, GrantUnknown (not theirs, or over).
    """
    user, post, last_at = acting(user, command.grant_id, work=work)
    token, refresh_token = work.new_code(TOKEN_BITS), None
    expires_at = ends_at = min(work.now + timedelta(minutes=command.minutes), last_at)
    if command.days is not None:
        refresh_token = work.new_code(TOKEN_BITS)
        ends_at = min(work.now + timedelta(days=command.days), last_at)
    session = DeviceSession(
        id=uuid4(),
        user_id=user.id,
        grant_id=command.grant_id,
        device=command.device,
        agent=command.agent[:AGENT_LENGTH],
        began_at=work.now,
        used_at=work.now,
        expires_at=expires_at,
        ends_at=ends_at,
    )
    work.sessions.open(session, hash_of(token))
    if refresh_token is not None:
        give_refresh_token(refresh_token, session, work=work)
    return Session(
        id=session.id,
        token=token,
        expires_at=expires_at,
        refresh_token=refresh_token,
        ends_at=ends_at,
        user=user,
        post=post,
    )


def give_refresh_token(token: str, session: DeviceSession, *, work: Work) -> None:
    """Keep the hash of a token that the session is carried on with; it ends with the session."""
    work.refresh_tokens.add(
        RefreshToken(hash=hash_of(token), session_id=session.id, expires_at=session.ends_at)
    )


def acting(user: User, grant_id: UUID | None, *, work: Work) -> tuple[User, Post, datetime]:
    """As what and where a person acts, under a grant of theirs if named, and until when at most.

    Raises: SignInFailed, GrantUnknown (not theirs, or over).
    """
    grant = None if grant_id is None else _own_grant(grant_id, user, work)
    post = work.people.post(grant.post_id if grant else user.post_id)
    if post is None:
        raise _failed()
    if grant is None:
        return user, post, datetime.max.replace(tzinfo=UTC)
    return replace(user, role=grant.role), post, grant.ends_at


def _own_grant(grant_id: UUID, user: User, work: Work) -> Grant:
    grant = work.grants.get(grant_id)
    if grant is None or grant.user_id != user.id or not grant.is_good(work.now):
        raise GrantUnknown(
            Fault(
                "/grant_id",
                Words("没有这项有效的临时授权", "there is no such grant of yours, or it is over"),
                Words("请选用/v1/me所列的授权，或不选", "choose one of /v1/me, or none"),
            )
        )
    return grant


def sign_out(token: str, *, work: Work) -> None:
    """End the session of this token; nothing happens to one that has ended."""
    work.sessions.end_by_token(hash_of(token), work.now)


def _failed() -> SignInFailed:
    return SignInFailed(
        Fault(
            "/password",
            Words("用户名或密码不正确", "the name or the password is wrong"),
            Words("请核对后重试，或请管理员重设", "check them, or ask an administrator"),
        )
    )
