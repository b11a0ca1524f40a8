"""The append-only log on SQL. Event classes announce themselves to `EVENT_CLASSES`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select

from service.domain.errors import Fault, Stale
from service.domain.words import Words
from service.operations.ports import Recorded
from storage.serialise import from_text, to_text
from storage.tables import events

EVENT_CLASSES: dict[tuple[str, int], type[Any]] = {}

_LAST = select(func.max(events.c.version), func.max(events.c.recorded_at)).where(
    events.c.stream == bindparam("s"), events.c.stream_id == bindparam("i")
)
_INSERT = insert(events)
_READ = (
    select(events)
    .where(events.c.stream == bindparam("s"), events.c.stream_id == bindparam("i"))
    .order_by(events.c.version)
)


def know_events(classes: Iterable[type[Any]]) -> None:
    """Register event classes under their fixed names; two under one name is a mistake."""
    for cls in classes:
        if EVENT_CLASSES.setdefault((cls.NAME, cls.VERSION), cls) is not cls:
            raise ValueError(f"two events are called {cls.NAME} v{cls.VERSION}")


class SqlEvents:
    """The `Events` port over one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

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
        """Append after `expected` events; see the port."""
        length, last = self._connection.execute(_LAST, {"s": stream, "i": stream_id}).one()
        if (length or 0) != expected:
            raise Stale(
                Fault(
                    "/based_on",
                    Words(
                        f"依据的是第{expected}版，现为第{length or 0}版",
                        f"based on version {expected}, now at {length or 0}",
                    ),
                    Words("请读取现状后重试", "read the present state and try again"),
                ),
                version=length or 0,
            )
        recorded_at = max(self._now, last) if last else self._now
        rows = [
            {
                "stream": stream,
                "stream_id": stream_id,
                "version": expected + n,
                "name": event.NAME,
                "event_version": event.VERSION,
                "body": to_text(event),
                "observed_at": observed_at or recorded_at,
                "recorded_at": recorded_at,
                "officer_id": officer_id,
                "device": device,
            }
            for n, event in enumerate(events, start=1)
        ]
        if rows:
            self._connection.execute(_INSERT, rows)
        return expected + len(rows)

    def read(self, stream: str, stream_id: UUID) -> list[Recorded]:
        """All events of a stream, oldest first."""
        rows = self._connection.execute(_READ, {"s": stream, "i": stream_id})
        return [
            Recorded(
                version=row.version,
                event=from_text(row.body, EVENT_CLASSES[row.name, row.event_version]),
                observed_at=row.observed_at,
                recorded_at=row.recorded_at,
                officer_id=row.officer_id,
                device=row.device,
            )
            for row in rows
        ]
