"""What operations need from outside, each as a Protocol; storage/ makes them real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from service.domain.people import Post, User
from service.domain.powers import Officer


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a write, kept under its Idempotency-Key."""

    actor: str
    key: UUID
    digest: bytes
    status: int
    etag: str | None
    body: bytes
    answered_at: datetime


class Answers(Protocol):
    """Stored answers; the same key of the same actor is answered the same again."""

    def get(self, actor: str, key: UUID) -> Answer | None: ...

    def put(self, answer: Answer) -> None: ...


class People(Protocol):
    """The brigade tree, its people, who is signed in."""

    def officer(self, token_hash: bytes, now: datetime) -> Officer | None: ...

    def open_session(self, token_hash: bytes, user_id: UUID, expires_at: datetime) -> None: ...

    def end_session(self, token_hash: bytes, now: datetime) -> None: ...

    def count_users(self) -> int: ...

    def user(self, id: UUID) -> User | None: ...

    def user_called(self, username: str) -> User | None: ...

    def post(self, id: UUID) -> Post | None: ...

    def posts_under(self, path: str) -> list[Post]: ...

    def put_post(self, post: Post) -> None: ...

    def put_user(self, user: User) -> None: ...

    def put_link(self, code_hash: bytes, purpose: str, expires_at: datetime) -> None: ...

    def link_is_good(self, code_hash: bytes, purpose: str, now: datetime) -> bool: ...

    def use_link(self, code_hash: bytes, now: datetime) -> None: ...


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

    @property
    def answers(self) -> Answers: ...

    @property
    def people(self) -> People: ...
