"""The brigade tree and its people, kept by administrators."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from service.domain.errors import Fault, Stale, Unknown, UsernameTaken
from service.domain.people import Post, PostKind, User, UserQuery, path_under
from service.domain.people_refusals import LastAdministrator
from service.domain.powers import Officer, Operation, Role, must_be_allowed
from service.domain.words import Words
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.sign_in import hash_password, must_not_be_common

T = TypeVar("T", Post, User)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutPost:
    """A post as it shall stand in the tree."""

    id: UUID
    parent_id: UUID | None
    kind: PostKind
    name: str
    short_name: str
    division_code: str
    phone: str
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUser:
    """A person as they shall be; without a password the present one stays.

    `token_hash` is that of whoever sends it: a change of one's own password leaves that session.
    """

    id: UUID
    username: str
    name: str
    role: Role
    post_id: UUID
    active: bool
    password: str | None
    precondition: Precondition
    token_hash: bytes = b""


def put_post(command: PutPost, *, officer: Officer, work: Work) -> Post | Created[Post]:
    """Add a post below a post of the officer's, or correct one. It never moves.

    Raises: Forbidden, Unknown, Stale, PostMisplaced.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    before = work.people.post(command.id)
    parent = work.people.post(command.parent_id) if command.parent_id else None
    if command.parent_id and parent is None:
        raise _unknown("/parent_id")
    path = before.path if before else path_under(parent, kind=command.kind, id=command.id)
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=path)
    post = Post(
        id=command.id,
        parent_id=before.parent_id if before else command.parent_id,
        path=path,
        kind=before.kind if before else command.kind,
        name=command.name,
        short_name=command.short_name,
        division_code=command.division_code,
        phone=command.phone,
    )
    return _put(before, post, command.precondition, work.people.put_post)


def put_user(command: PutUser, *, officer: Officer, work: Work) -> User | Created[User]:
    """Add a person at a post of the officer's or below, or correct one.

    A changed password ends the person's other sessions: whoever knew the old one is out.
    Raises: Forbidden, Unknown, Stale, UsernameTaken, PasswordTooCommon, LastAdministrator.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    before = work.people.user(command.id)
    for post_id in {command.post_id} | ({before.post_id} if before else set()):
        managed_post(post_id, officer=officer, work=work)
    namesake = work.people.user_called(command.username)
    if namesake is not None and namesake.id != command.id:
        raise _taken()
    if command.password:
        must_not_be_common(command.password, command.username, command.name)
        password_hash = hash_password(command.password)
    else:
        password_hash = before.password_hash if before else ""
    user = User(
        id=command.id,
        username=command.username,
        name=command.name,
        role=command.role,
        post_id=command.post_id,
        password_hash=password_hash,
        active=command.active,
    )
    if before and _administers(before) and not _administers(user):
        _another_must_administer(user.id, work)
    put = _put(before, user, command.precondition, work.people.put_user)
    if before and command.password:
        _end_other_sessions(command, work)
    return put


def _administers(user: User) -> bool:
    return user.active and user.role is Role.ADMINISTRATOR


def _another_must_administer(id: UUID, work: Work) -> None:
    """The first link is made only where there is nobody at all, so somebody has to stay."""
    query = UserQuery(within="/", role=Role.ADMINISTRATOR, active=True, limit=2)
    if all(user.id == id for user in work.people.find_users(query)):
        raise LastAdministrator(
            Fault(
                "/id",
                Words("除此人外没有在用的管理员", "there is no other active administrator"),
                Words("请先另设一名管理员", "make somebody else an administrator first"),
            )
        )


def _end_other_sessions(command: PutUser, work: Work) -> None:
    own = work.sessions.holder(command.token_hash, work.now)
    for session in work.sessions.of_user(command.id, work.now):
        if own is None or session.id != own.session_id:
            work.sessions.end(session.id, work.now)


def managed_post(id: UUID, *, officer: Officer, work: Work) -> Post:
    """A post whose people this administrator manages.

    Raises: Forbidden, Unknown.
    """
    return _post_for(Operation.MANAGE_PEOPLE, id, "/post_id", officer, work)


def managed_user(id: UUID, *, pointer: str = "/id", officer: Officer, work: Work) -> User:
    """A person whom this administrator manages; `pointer` is where the id was given.

    Raises: Forbidden, Unknown.
    """
    return _user_for(Operation.MANAGE_PEOPLE, id, pointer, officer, work)


def read_user(id: UUID, *, officer: Officer, work: Work) -> User:
    """A person at the officer's post or below.

    Raises: Forbidden, Unknown.
    """
    return _user_for(Operation.READ_PEOPLE, id, "/id", officer, work)


def read_post(id: UUID, *, pointer: str = "/id", officer: Officer, work: Work) -> Post:
    """A post of the officer's part of the tree; `pointer` is where its id was asked for.

    Raises: Forbidden, Unknown.
    """
    return _post_for(Operation.READ_PEOPLE, id, pointer, officer, work)


def _user_for(operation: Operation, id: UUID, pointer: str, officer: Officer, work: Work) -> User:
    """A person, if the officer may do this at their post. Raises: Forbidden, Unknown."""
    must_be_allowed(officer, operation, at=None)
    user = work.people.user(id)
    if user is None:
        raise _unknown(pointer)
    _post_for(operation, user.post_id, pointer, officer, work)
    return user


def _post_for(operation: Operation, id: UUID, pointer: str, officer: Officer, work: Work) -> Post:
    """A post, if the officer may do this there. Raises: Forbidden, Unknown."""
    must_be_allowed(officer, operation, at=None)
    post = work.people.post(id)
    if post is None:
        raise _unknown(pointer)
    must_be_allowed(officer, operation, at=post.path)
    return post


def list_posts(officer: Officer, work: Work) -> list[Post]:
    """The officer's own post and all below it, in tree order.

    Raises: Forbidden.
    """
    must_be_allowed(officer, Operation.READ_PEOPLE, at=None)
    return work.people.posts_under(officer.post_path)


def _put(
    before: T | None, value: T, precondition: Precondition, put: Callable[[T], None]
) -> T | Created[T]:
    if before is None:
        if not precondition.create:
            raise _unknown("/id")
        put(value)
        return Created(value)
    if precondition.create and replace(value, version=before.version) == before:
        return before
    if precondition.create or precondition.version != before.version:
        raise Stale(
            Fault(
                "/version",
                Words(f"现为第{before.version}版", f"the present version is {before.version}"),
                Words("请读取现状后重试", "read the present state and try again"),
            ),
            version=before.version,
        )
    value = replace(value, version=before.version + 1)
    put(value)
    return value


def _unknown(pointer: str) -> Unknown:
    return Unknown(
        Fault(
            pointer,
            Words("没有这条记录", "there is no such record"),
            Words("请核对标识", "check the id"),
        )
    )


def _taken() -> UsernameTaken:
    return UsernameTaken(
        Fault(
            "/username",
            Words("该用户名已有人使用", "somebody else signs in with this name"),
            Words("请换一个用户名", "choose another"),
        )
    )
