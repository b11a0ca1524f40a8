"""Posts, users and one-time links on SQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from service.domain.people import Post, PostKind, User, UserQuery
from service.domain.powers import Role
from storage.prepared import Prepared
from storage.tables import one_time_links, posts, users

_POST = Prepared(select(posts).where(posts.c.id == bindparam("the_id")))


class SqlPeople:
    """The `People` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count_users(self) -> int:
        """How many people there are."""
        return int(self._connection.execute(select(func.count()).select_from(users)).scalar_one())

    def user(self, id: UUID) -> User | None:
        """A person by id."""
        return self._user(users.c.id == id)

    def user_called(self, username: str) -> User | None:
        """A person by the name they sign in with."""
        return self._user(users.c.username == username)

    def find_users(self, query: UserQuery) -> list[User]:
        """At most `query.limit`, by the name they sign in with."""
        rows = self._connection.execute(
            select(users)
            .join(posts, posts.c.id == users.c.post_id)
            .where(*_conditions(query))
            .order_by(users.c.username)
            .limit(query.limit)
        ).mappings()
        return [_user(dict(row)) for row in rows]

    def _user(self, condition: ColumnElement[bool]) -> User | None:
        row = self._connection.execute(select(users).where(condition)).mappings().one_or_none()
        return None if row is None else _user(dict(row))

    def post(self, id: UUID) -> Post | None:
        """A post by id."""
        found = _POST.first(self._connection, {"the_id": id})
        return None if found is None else _post(found._asdict())

    def posts_under(self, path: str) -> list[Post]:
        """The post at this path and all below it, in tree order."""
        rows = self._connection.execute(
            select(posts)
            .where(posts.c.path.startswith(path, autoescape=True))
            .order_by(posts.c.path)
        ).mappings()
        return [_post(dict(row)) for row in rows]

    def put_post(self, post: Post) -> None:
        """Add a post, or write its next version."""
        self._put(posts, post, kind=post.kind.value)

    def put_user(self, user: User) -> None:
        """Add a person, or write their next version."""
        self._put(users, user, role=user.role.value)

    def _put(self, table: Table, value: Post | User, **changed: str) -> None:
        row = {name: getattr(value, name) for name in value.__slots__} | changed
        if value.version == 1:
            self._connection.execute(insert(table), row)
        else:
            self._connection.execute(update(table).where(table.c.id == value.id).values(**row))

    def put_link(self, code_hash: bytes, purpose: str, expires_at: datetime) -> None:
        """Keep a one-time link; earlier ones of the same purpose end."""
        self._connection.execute(
            update(one_time_links)
            .where(one_time_links.c.purpose == purpose, one_time_links.c.used_at.is_(None))
            .values(used_at=expires_at)
        )
        self._connection.execute(
            insert(one_time_links),
            {"code_hash": code_hash, "purpose": purpose, "expires_at": expires_at},
        )

    def link_is_good(self, code_hash: bytes, purpose: str, now: datetime) -> bool:
        """Whether the link exists, is unused and has not ended."""
        found = self._connection.execute(
            select(one_time_links.c.purpose).where(
                one_time_links.c.code_hash == code_hash,
                one_time_links.c.purpose == purpose,
                one_time_links.c.used_at.is_(None),
                one_time_links.c.expires_at > now,
            )
        )
        return found.scalar_one_or_none() is not None

    def use_link(self, code_hash: bytes, now: datetime) -> None:
        """The link cannot be used again."""
        self._connection.execute(
            update(one_time_links)
            .where(one_time_links.c.code_hash == code_hash)
            .values(used_at=now)
        )


def _conditions(query: UserQuery) -> list[ColumnElement[bool]]:
    conditions = [posts.c.path.startswith(query.within, autoescape=True)]
    if query.role is not None:
        conditions.append(users.c.role == query.role.value)
    if query.active is not None:
        conditions.append(users.c.active.is_(query.active))
    if query.text:
        parts = (users.c.name, users.c.username)
        conditions.append(or_(*(part.icontains(query.text, autoescape=True) for part in parts)))
    if query.after is not None:
        last = select(users.c.username).where(users.c.id == query.after).scalar_subquery()
        conditions.append(users.c.username > last)
    return conditions


def _user(row: dict[str, object]) -> User:
    return User(**{**row, "role": Role(str(row["role"]))})  # type: ignore[arg-type]


def _post(row: dict[str, object]) -> Post:
    return Post(**{**row, "kind": PostKind(str(row["kind"]))})  # type: ignore[arg-type]
