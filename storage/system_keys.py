"""Systems' keys on SQL: hashes, never the keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from service.domain import system_keys as domain
from service.domain.powers import Officer, Operation
from service.domain.system_keys import SystemKey
from storage.events import know_events
from storage.prepared import Prepared
from storage.tables import posts, system_keys

know_events(domain.EVENTS)

_HELD = Prepared(
    select(system_keys, posts.c.path)
    .join(posts, posts.c.id == system_keys.c.post_id)
    .where(system_keys.c.hash == bindparam("h"))
)


class SqlSystemKeys:
    """The `SystemKeys` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def officer(self, key_hash: bytes, now: datetime) -> Officer | None:
        """On whose behalf the holder of this key asks, if it is still good."""
        row = _HELD.first(self._connection, {"h": key_hash})
        key = None if row is None else _key(row)
        return key.officer(row.path) if key is not None and key.is_good(now) else None

    def under(self, path: str) -> list[SystemKey]:
        """Keys at the post of this path and below it, the latest first."""
        rows = self._connection.execute(
            select(system_keys)
            .join(posts, posts.c.id == system_keys.c.post_id)
            .where(posts.c.path.startswith(path, autoescape=True))
            .order_by(system_keys.c.issued_at.desc(), system_keys.c.hash)
        )
        return [_key(row) for row in rows]

    def put(self, key: SystemKey) -> None:
        """Keep a new key."""
        row = {name: getattr(key, name) for name in SystemKey.__slots__}
        self._connection.execute(insert(system_keys), row | {"scopes": " ".join(key.scopes)})

    def end(self, key: SystemKey, at: datetime) -> None:
        """The key opens nothing from then on."""
        self._connection.execute(
            update(system_keys).where(system_keys.c.hash == key.hash).values(ended_at=at)
        )


def _key(row: Any) -> SystemKey:
    parts = {name: getattr(row, name) for name in SystemKey.__slots__}
    return SystemKey(**{**parts, "scopes": tuple(map(Operation, row.scopes.split()))})
