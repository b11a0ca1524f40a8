"""Signing in and out: a short-lived random token, of which only the hash is kept."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from service.domain.errors import Fault, SignInFailed
from service.domain.grants import Grant
from service.domain.people import Post, User
from service.domain.people_refusals import GrantUnknown, PasswordTooCommon
from service.domain.words import Words
from service.operations.ports import Work

TOKEN_BITS = 256
_COMMON = frozenset(FREQUENCY_LISTS["passwords"])
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody signs in with this")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A name and a password; the session ends after so many minutes."""

    username: str
    password: str
    minutes: int
    grant_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The token is shown once and kept nowhere."""

    token: str
    expires_at: datetime
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


def open_session(user: User, minutes: int, *, grant_id: UUID | None = None, work: Work) -> Session:
    """Give a person whose password was checked a token, to act under a grant of theirs if named.

    Raises: SignInFailed, GrantUnknown (not theirs, or over).
    """
    grant = None if grant_id is None else _own_grant(grant_id, user, work)
    post = work.people.post(grant.post_id if grant else user.post_id)
    if post is None:
        raise _failed()
    token = work.new_code(TOKEN_BITS)
    expires_at = work.now + timedelta(minutes=minutes)
    if grant is not None:
        user, expires_at = replace(user, role=grant.role), min(expires_at, grant.ends_at)
    work.people.open_session(hash_of(token), user.id, expires_at, grant_id=grant_id)
    return Session(token=token, expires_at=expires_at, user=user, post=post)


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
    work.people.end_session(hash_of(token), work.now)


def _failed() -> SignInFailed:
    return SignInFailed(
        Fault(
            "/password",
            Words("用户名或密码不正确", "the name or the password is wrong"),
            Words("请核对后重试，或请管理员重设", "check them, or ask an administrator"),
        )
    )
