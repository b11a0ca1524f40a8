"""The brigade tree and the people in it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Fault, PostMisplaced
from service.domain.powers import Role
from service.domain.words import Words


class PostKind(StrEnum):
    """The steps of the tree: 总队 › 支队 › 大队 › 站."""

    CORPS = "corps"
    DETACHMENT = "detachment"
    BRIGADE = "brigade"
    STATION = "station"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post; `path` names its ancestors and itself, `short_name` stands in its papers."""

    id: UUID
    parent_id: UUID | None
    path: str
    kind: PostKind
    name: str
    short_name: str
    division_code: str
    phone: str
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with one role at one post; the hash is argon2id's own text."""

    id: UUID
    username: str
    name: str
    role: Role
    post_id: UUID
    password_hash: str
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UserQuery:
    """What a list of people is asked for: every condition given must hold.

    `within` is the path of a post: people there and below it. `after` is the last person of the
    page before.
    """

    within: str
    role: Role | None = None
    active: bool | None = None
    text: str | None = None
    after: UUID | None = None
    limit: int = 50


def path_under(parent: Post | None, *, kind: PostKind, id: UUID) -> str:
    """The path of a post under its parent.

    Raises: PostMisplaced when the parent is not a step above it.
    """
    order = list(PostKind)
    allowed = parent is None if kind is PostKind.CORPS else parent is not None
    if parent is not None and order.index(parent.kind) >= order.index(kind):
        allowed = False
    if not allowed:
        raise PostMisplaced(
            Fault(
                "/parent_id",
                Words("上级机构的层级不对", "the parent is not a step above"),
                Words(
                    "总队下设支队，支队下设大队，大队下设站",
                    "corps › detachment › brigade › station",
                ),
            )
        )
    return f"{parent.path if parent else '/'}{id.hex[:8]}/"
