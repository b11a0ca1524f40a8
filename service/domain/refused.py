"""What somebody signed in tried without the power to 越权, as it stays on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRecord:
    """Something that somebody signed in may not do and tried 越权: who, as what, what, and when.

    `why` is the refusal's type; `route` the pattern of the address, without what stood in it.
    """

    id: UUID
    at: datetime
    officer_id: UUID
    role: str
    post_id: UUID
    operation: str
    why: str
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalsPage:
    """Some refusals, and before which the next page begins (None: this was the last)."""

    refusals: tuple[RefusalRecord, ...]
    next: tuple[datetime, UUID] | None
