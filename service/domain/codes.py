"""Codes for people without an account: the owner's, handed to one party, and the notice's, public.

Only the SHA-256 of a code is kept, so a lost owner's code is issued anew and never shown again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.errors import CodeTermWrong, CodeUnknown, Fault
from service.domain.terms import ends_after
from service.domain.words import Words

OWNER_BITS = 160
NOTICE_BITS = 80
LONGEST_DAYS = 365


class CodeKind(StrEnum):
    """Whom a code was made for."""

    OWNER = "owner"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What is kept of a code; `party_id` is None for the notice's, which does not end by itself."""

    hash: bytes
    kind: CodeKind
    incident_id: UUID
    party_id: UUID | None
    issued_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None = None

    @property
    def id(self) -> UUID:
        """The name officers know it by; it opens nothing."""
        return UUID(bytes=self.hash[:16])

    def is_good(self, now: datetime) -> bool:
        """Whether it still opens what it was made for."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code just made: `secret` is shown this once and kept nowhere."""

    code: Code
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeIssued:
    """A code was made and handed over; those it replaces end with it."""

    NAME: ClassVar[str] = "code-issued"
    VERSION: ClassVar[int] = 1
    code_id: UUID
    kind: CodeKind
    party_id: UUID | None
    expires_at: datetime | None
    replaces: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEnded:
    """A code was revoked before its time."""

    NAME: ClassVar[str] = "code-ended"
    VERSION: ClassVar[int] = 1
    code_id: UUID


EVENTS = (CodeIssued, CodeEnded)


def expiry(now: datetime, *, days: int) -> datetime:
    """When an owner's code issued now ends.

    Raises: CodeTermWrong.
    """
    return ends_after(days, now=now, longest=LONGEST_DAYS, what="code", wrong=CodeTermWrong)


def good(code: Code | None, now: datetime) -> Code:
    """The code, when it opens something now; every other case looks the same.

    Raises: CodeUnknown.
    """
    if code is None or not code.is_good(now):
        raise CodeUnknown(
            Fault(
                "/code",
                Words("查询码不存在、已过期或已作废", "no such code, or it has ended"),
                Words("请向经办消防救援机构重新领取", "ask the fire brigade for a new one"),
            )
        )
    return code
