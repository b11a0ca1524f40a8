"""The first administrator: a one-time link, good for 15 minutes, while there is nobody yet."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from service.domain.errors import Fault, LinkNotGood
from service.domain.people import Post, PostKind, User, path_under
from service.domain.powers import Role
from service.domain.words import Words
from service.operations.ports import Work
from service.operations.sign_in import TOKEN_BITS, hash_of, hash_password, must_not_be_common

PURPOSE = "first-administrator"
MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomeAdministrator:
    """Who the first administrator is, and the name of the corps (总队)."""

    code: str
    user_id: UUID
    username: str
    name: str
    password: str
    post_id: UUID
    corps_name: str
    corps_short_name: str
    division_code: str


def make_first_link(*, work: Work) -> str | None:
    """A new code while there is nobody, which ends earlier ones; None once there is somebody."""
    if work.people.count_users():
        return None
    code = work.new_code(TOKEN_BITS)
    work.people.put_link(hash_of(code), PURPOSE, work.now + timedelta(minutes=MINUTES))
    return code


def must_be_good(code: str, *, work: Work) -> None:
    """Refuse a code that is unknown, used or over.

    Raises: LinkNotGood.
    """
    if work.people.count_users() or not work.people.link_is_good(hash_of(code), PURPOSE, work.now):
        raise LinkNotGood(
            Fault(
                "/code",
                Words("链接无效、已使用或已过期", "the link is unknown, used or over"),
                Words(
                    "请再次运行 scripts/run 以获得新链接", "start scripts/run again for a new one"
                ),
            )
        )


def become_administrator(command: BecomeAdministrator, *, work: Work) -> User:
    """Use the link: make the corps and its first administrator.

    Raises: LinkNotGood, PasswordTooCommon.
    """
    must_be_good(command.code, work=work)
    must_not_be_common(command.password, command.username, command.name)
    work.people.use_link(hash_of(command.code), work.now)
    work.people.put_post(
        Post(
            id=command.post_id,
            parent_id=None,
            path=path_under(None, kind=PostKind.CORPS, id=command.post_id),
            kind=PostKind.CORPS,
            name=command.corps_name,
            short_name=command.corps_short_name,
            division_code=command.division_code,
            phone="119",
        )
    )
    user = User(
        id=command.user_id,
        username=command.username,
        name=command.name,
        role=Role.ADMINISTRATOR,
        post_id=command.post_id,
        password_hash=hash_password(command.password),
    )
    work.people.put_user(user)
    return user
