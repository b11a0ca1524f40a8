"""Sessions on SQL: each on one device, of its token the hash alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from service.domain import sessions as domain
from service.domain.powers import Officer, Role
from service.domain.sessions import DeviceSession, Holder
from storage.events import know_events
from storage.prepared import Prepared
from storage.tables import grants, posts, sessions, users

know_events(domain.EVENTS)

_AT = func.coalesce(grants.c.post_id, users.c.post_id)
_HOLDER = Prepared(
    select(
        users.c.id,
        users.c.name,
        func.coalesce(grants.c.role, users.c.role).label("role"),
        posts.c.id.label("post_id"),
        posts.c.path,
        sessions.c.id.label("session_id"),
        sessions.c.used_at,
    )
    .join(sessions, sessions.c.user_id == users.c.id)
    .outerjoin(grants, grants.c.id == sessions.c.grant_id)
    .join(posts, posts.c.id == _AT)
    .where(
        sessions.c.token_hash == bindparam("t"),
        sessions.c.expires_at > bindparam("n"),
        sessions.c.ended_at.is_(None),
        users.c.active.is_(True),
        grants.c.ended_at.is_(None),
        or_(grants.c.id.is_(None), grants.c.ends_at > bindparam("n")),
    )
)
"""Whoever holds a token: under the grant that the session was opened with, if any."""


class SqlSessions:
    """The `Sessions` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def holder(self, token_hash: bytes, now: datetime) -> Holder | None:
        """Who holds this token, if it is still good."""
        row = _HOLDER.first(self._connection, {"t": token_hash, "n": now})
        if row is None:
            return None
        officer = Officer(
            id=row.id, name=row.name, role=Role(row.role), post_id=row.post_id, post_path=row.path
        )
        return Holder(officer=officer, session_id=row.session_id, used_at=row.used_at)

    def get(self, id: UUID) -> DeviceSession | None:
        """A session by its id, open or not."""
        found = self._all(sessions.c.id == id)
        return found[0] if found else None

    def of_user(self, user_id: UUID, now: datetime) -> list[DeviceSession]:
        """Those of a person that are open, the last used first."""
        return self._all(*_open(user_id, now))

    def open(self, session: DeviceSession, token_hash: bytes) -> None:
        """Let the holder of the token act as the user, or under a grant of theirs."""
        row = {name: getattr(session, name) for name in DeviceSession.__slots__}
        self._connection.execute(insert(sessions), row | {"token_hash": token_hash})

    def carry_on(self, session: DeviceSession, token_hash: bytes) -> None:
        """Write what changed of a session, and its new token: the one before is good no more."""
        row = {name: getattr(session, name) for name in DeviceSession.__slots__}
        self._set([sessions.c.id == session.id], **row, token_hash=token_hash)

    def note_use(self, id: UUID, now: datetime) -> None:
        """It was used now."""
        self._set([sessions.c.id == id, sessions.c.used_at < now], used_at=now)

    def end(self, id: UUID, now: datetime) -> None:
        """Its token is no longer good."""
        self._set([sessions.c.id == id, sessions.c.ended_at.is_(None)], ended_at=now)

    def end_by_token(self, token_hash: bytes, now: datetime) -> None:
        """The token is no longer good."""
        mine = sessions.c.token_hash == token_hash
        self._set([mine, sessions.c.ended_at.is_(None)], ended_at=now)

    def end_all(self, user_id: UUID, now: datetime) -> int:
        """End those of a person that are open, and say how many."""
        return self._set(_open(user_id, now), ended_at=now)

    def _set(self, conditions: Sequence[Any], **values: Any) -> int:
        changed = self._connection.execute(update(sessions).where(*conditions).values(**values))
        return int(changed.rowcount)

    def _all(self, *conditions: Any) -> list[DeviceSession]:
        columns = [sessions.c[name] for name in DeviceSession.__slots__]
        rows = self._connection.execute(
            select(*columns).where(*conditions).order_by(sessions.c.used_at.desc(), sessions.c.id)
        )
        return [DeviceSession(**row._asdict()) for row in rows]


def _open(user_id: UUID, now: datetime) -> list[Any]:
    return [
        sessions.c.user_id == user_id,
        sessions.c.ended_at.is_(None),
        sessions.c.ends_at > now,
    ]
