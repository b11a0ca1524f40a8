"""A sign-in as its person sees it: on which device, since when, last used when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from service.domain.powers import Officer

NOTED_EVERY = timedelta(hours=1)
"""How coarsely the last use is kept: a write an hour, not one a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSession:
    """`device` is what the client calls itself, `agent` what its software says it is.

    `expires_at` is the end of its present token, `ends_at` of all of it.
    """

    id: UUID
    user_id: UUID
    grant_id: UUID | None
    device: str | None
    agent: str
    began_at: datetime
    used_at: datetime
    expires_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whoever holds a token that is good: as whom they act, and in which session."""

    officer: Officer
    session_id: UUID
    used_at: datetime

    def is_to_be_noted(self, now: datetime) -> bool:
        """Whether the last use on record is so old that this one is written down."""
        return now - self.used_at >= NOTED_EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """What a session is carried on with, once; used again, somebody has a copy of it."""

    hash: bytes
    session_id: UUID
    expires_at: datetime
    spent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded:
    """An administrator ended all sessions of a person: so many were open."""

    NAME: ClassVar[str] = "sessions-ended"
    VERSION: ClassVar[int] = 1
    ended: int


EVENTS = (SessionsEnded,)
