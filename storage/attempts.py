"""Tallies of failed sign-ins on SQL: under keyed hashes, so that no name or address is kept."""

import hmac
from datetime import datetime
from functools import cached_property

import msgspec
from sqlalchemy import Connection, LargeBinary, bindparam, delete, select, text

from service.domain.sign_in_limits import Key, Tally
from storage.prepared import Prepared
from storage.secrets import secret
from storage.tables import sign_in_tallies
from storage.types import UtcDateTime

SECRET = "sign-in-tallies"  # noqa: S105 - its name, not the secret
"""The key of the hashes, which the migration made: without it, all addresses could be tried."""

# SQLite and PostgreSQL spell this alike, and two at once do not fail.
_PUT = Prepared(
    text(
        "INSERT INTO sign_in_tallies (hash, failures, last_at, expires_at) "
        "VALUES (:hash, :failures, :last_at, :expires_at) "
        "ON CONFLICT (hash) DO UPDATE SET failures = excluded.failures, "
        "last_at = excluded.last_at, expires_at = excluded.expires_at"
    ).bindparams(
        bindparam("hash", type_=LargeBinary),
        bindparam("last_at", type_=UtcDateTime),
        bindparam("expires_at", type_=UtcDateTime),
    )
)


class SqlAttempts:
    """The `Attempts` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: Key) -> Tally | None:
        """The tally of a key."""
        row = self._connection.execute(
            select(
                sign_in_tallies.c.failures, sign_in_tallies.c.last_at, sign_in_tallies.c.expires_at
            ).where(sign_in_tallies.c.hash == self._hash(key))
        ).one_or_none()
        return None if row is None else Tally(**row._asdict())

    def put(self, key: Key, tally: Tally) -> None:
        """Write the tally of a key, whether or not there is one."""
        values = {name: getattr(tally, name) for name in Tally.__slots__}
        _PUT.run(self._connection, values | {"hash": self._hash(key)})

    def remove(self, key: Key) -> None:
        """Forget the tally of a key."""
        mine = sign_in_tallies.c.hash == self._hash(key)
        self._connection.execute(delete(sign_in_tallies).where(mine))

    def sweep(self, now: datetime, *, at_most: int) -> None:
        """Forget some of those that are over."""
        over = (
            select(sign_in_tallies.c.hash)
            .where(sign_in_tallies.c.expires_at <= now)
            .order_by(sign_in_tallies.c.expires_at)
            .limit(at_most)
        )
        self._connection.execute(
            delete(sign_in_tallies).where(sign_in_tallies.c.hash.in_(over.scalar_subquery()))
        )

    def _hash(self, key: Key) -> bytes:
        return hmac.digest(self._secret, msgspec.json.encode(key), "sha256")

    @cached_property
    def _secret(self) -> bytes:
        return secret(self._connection, SECRET)
