"""Who is signed in, and on which devices."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.sessions import DeviceSession, Holder, RefreshToken


class Sessions(Protocol):
    """Sessions, found by the hash of their token."""

    def holder(self, token_hash: bytes, now: datetime) -> Holder | None:
        """Who holds this token, if it is still good."""
        ...

    def get(self, id: UUID) -> DeviceSession | None: ...

    def of_user(self, user_id: UUID, now: datetime) -> list[DeviceSession]:
        """Those of a person that are open, the last used first."""
        ...

    def open(self, session: DeviceSession, token_hash: bytes) -> None:
        """Let the holder of the token act as the user, or under a grant of theirs."""
        ...

    def carry_on(self, session: DeviceSession, token_hash: bytes) -> None:
        """Write what changed of a session, and its new token: the one before is good no more."""
        ...

    def note_use(self, id: UUID, now: datetime) -> None: ...

    def end(self, id: UUID, now: datetime) -> None: ...

    def end_by_token(self, token_hash: bytes, now: datetime) -> None: ...

    def end_all(self, user_id: UUID, now: datetime) -> int:
        """End those of a person that are open, and say how many."""
        ...


class RefreshTokens(Protocol):
    """What sessions are carried on with, found by their hash."""

    def get(self, hash: bytes) -> RefreshToken | None: ...

    def add(self, token: RefreshToken) -> None: ...

    def spend(self, hash: bytes, now: datetime) -> None: ...

    def next_pair(self, token: str, key: UUID) -> tuple[str, str]:
        """The access and the refresh token that follow on one under a key.

        The same each time, so that a repeat is answered the same and no token is kept; without a
        secret of the store nobody else can work them out.
        """
        ...

    def sweep(self, now: datetime, *, at_most: int) -> None:
        """Forget some whose session is over."""
        ...
