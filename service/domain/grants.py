"""A temporary grant 临时授权: one person acts for a while in another role, or at another post."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from service.domain.errors import Fault
from service.domain.people_refusals import GrantTermWrong
from service.domain.powers import Role
from service.domain.words import Words

LONGEST_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may act as what, at which post and below it, from when until when, and why (UTC)."""

    id: UUID
    user_id: UUID
    role: Role
    post_id: UUID
    reason: str
    granted_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    def is_good(self, now: datetime) -> bool:
        """Whether one may still act under it."""
        return self.ended_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantMade:
    """Somebody may act under this grant."""

    NAME: ClassVar[str] = "grant-made"
    VERSION: ClassVar[int] = 1
    user_id: UUID
    role: Role
    post_id: UUID
    reason: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEnded:
    """The grant was taken back before its time."""

    NAME: ClassVar[str] = "grant-ended"
    VERSION: ClassVar[int] = 1


EVENTS = (GrantMade, GrantEnded)


def must_end_in_time(now: datetime, ends_at: datetime) -> None:
    """A grant ends, after now and within 90 days.

    Raises: GrantTermWrong.
    """
    if not now < ends_at <= now + timedelta(days=LONGEST_DAYS):
        raise GrantTermWrong(
            Fault(
                "/ends_at",
                Words("临时授权的期限不当", "the grant would not end in time"),
                Words(
                    f"请选此刻之后、{LONGEST_DAYS}天以内的时间",
                    f"choose a time after now and within {LONGEST_DAYS} days",
                ),
            )
        )
