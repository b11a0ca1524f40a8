"""Refresh tokens on SQL: their hashes, and the secret that the next ones are made with."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.sessions import RefreshToken
from storage.secrets import secret
from storage.tables import refresh_tokens

SECRET = "refresh-tokens"  # noqa: S105 - its name, not the secret


class SqlRefreshTokens:
    """The `RefreshTokens` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, hash: bytes) -> RefreshToken | None:
        """A token that was given out, spent or not."""
        columns = [refresh_tokens.c[name] for name in RefreshToken.__slots__]
        row = self._connection.execute(
            select(*columns).where(refresh_tokens.c.hash == hash)
        ).one_or_none()
        return None if row is None else RefreshToken(**row._asdict())

    def add(self, token: RefreshToken) -> None:
        """Keep a token that is given out."""
        row = {name: getattr(token, name) for name in RefreshToken.__slots__}
        self._connection.execute(insert(refresh_tokens), row)

    def spend(self, hash: bytes, now: datetime) -> None:
        """It was used: nobody may use it again."""
        mine = refresh_tokens.c.hash == hash
        self._connection.execute(update(refresh_tokens).where(mine).values(spent_at=now))

    def next_pair(self, token: str, key: UUID) -> tuple[str, str]:
        """The tokens that follow on one under a key."""
        made = secret(self._connection, SECRET)
        access, refresh = (
            hmac.digest(made, b"\0".join((kind, key.bytes, token.encode())), "sha256")
            for kind in (b"access", b"refresh")
        )
        return _text(access), _text(refresh)

    def sweep(self, now: datetime, *, at_most: int) -> None:
        """Forget some whose session is over."""
        over = (
            select(refresh_tokens.c.hash)
            .where(refresh_tokens.c.expires_at <= now)
            .order_by(refresh_tokens.c.expires_at)
            .limit(at_most)
        )
        self._connection.execute(
            delete(refresh_tokens).where(refresh_tokens.c.hash.in_(over.scalar_subquery()))
        )


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
