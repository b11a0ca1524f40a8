"""Keys for neighbouring systems 系统密钥: read-only, for some operations, at a post, for a time.

Only the SHA-256 of a key is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from service.domain.errors import Fault
from service.domain.people_refusals import KeyTermWrong, ScopeNotForSystems
from service.domain.powers import POWERS, Officer, Operation, Role
from service.domain.terms import ends_after
from service.domain.words import Words

LONGEST_DAYS = 366
OPERATIONS = frozenset(operation for operation, roles in POWERS.items() if Role.SYSTEM in roles)
"""What a system may be let do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemKey:
    """What is kept of a key: whose, for what, at which post and below it, until when (UTC)."""

    hash: bytes
    name: str
    post_id: UUID
    scopes: tuple[Operation, ...]
    issued_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    @property
    def id(self) -> UUID:
        """The name that administrators know it by; it opens nothing."""
        return UUID(bytes=self.hash[:16])

    def is_good(self, now: datetime) -> bool:
        """Whether it still opens what it was made for."""
        return self.ended_at is None and now < self.expires_at

    def officer(self, post_path: str) -> Officer:
        """On whose behalf its holder asks."""
        return Officer(
            id=self.id,
            name=self.name,
            role=Role.SYSTEM,
            post_id=self.post_id,
            post_path=post_path,
            scopes=frozenset(self.scopes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A key just made: `secret` is shown this once and kept nowhere."""

    key: SystemKey
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIssued:
    """A system was given a key."""

    NAME: ClassVar[str] = "system-key-issued"
    VERSION: ClassVar[int] = 1
    name: str
    post_id: UUID
    scopes: tuple[Operation, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnded:
    """The key was taken back before its time."""

    NAME: ClassVar[str] = "system-key-ended"
    VERSION: ClassVar[int] = 1


EVENTS = (KeyIssued, KeyEnded)


def expiry(now: datetime, *, days: int) -> datetime:
    """When a key issued now ends.

    Raises: KeyTermWrong.
    """
    return ends_after(days, now=now, longest=LONGEST_DAYS, what="key", wrong=KeyTermWrong)


def must_be_for_systems(scopes: Iterable[Operation]) -> None:
    """Refuse what no system may do.

    Raises: ScopeNotForSystems.
    """
    wrong = [
        Fault(
            f"/scopes/{n}",
            Words(f"“{scope}”不能授予系统", f"no system may {scope}"),
            Words(
                f"请从{'、'.join(sorted(OPERATIONS))}中选择",
                f"choose of {', '.join(sorted(OPERATIONS))}",
            ),
        )
        for n, scope in enumerate(scopes)
        if scope not in OPERATIONS
    ]
    if wrong:
        raise ScopeNotForSystems(*wrong)
