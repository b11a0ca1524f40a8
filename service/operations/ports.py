"""What operations need from outside, each as a Protocol; storage/ makes them real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID


class Event(Protocol):
    """A frozen dataclass that says what was decided; NAME and VERSION never change."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the log keeps it; `version` counts from 1 within its stream."""

    version: int
    event: Any
    observed_at: datetime
    recorded_at: datetime
    officer_id: UUID | None
    device: str | None


class Events(Protocol):
    """The append-only log, one numbered stream an aggregate."""

    def append(
        self,
        stream: str,
        stream_id: UUID,
        events: Sequence[Any],
        *,
        expected: int,
        officer_id: UUID | None,
        observed_at: datetime | None = None,
        device: str | None = None,
    ) -> int:
        """Append after `expected` events and return the new version.

        `recorded_at` is the transaction's time, never earlier than the stream's last.
        Raises: Stale when the stream has another length.
        """
        ...

    def read(self, stream: str, stream_id: UUID) -> list[Recorded]:
        """All events of a stream, oldest first."""
        ...


class Work(Protocol):
    """One transaction: its time, its randomness, its stores."""

    @property
    def now(self) -> datetime:
        """The time of the transaction, aware, UTC."""
        ...

    def new_code(self, bits: int) -> str:
        """A fresh random code of at least so many bits, in URL-safe letters."""
        ...

    @property
    def events(self) -> Events: ...
