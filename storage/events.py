"""The append-only log on SQL. Event classes announce themselves to `EVENT_CLASSES`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Connection, Integer, bindparam, case, func, insert, select

from service.domain.errors import Fault, Stale
from service.domain.words import Words
from service.operations.ports import Recorded
from storage.prepared import Prepared
from storage.serialise import from_text, to_text
from storage.tables import events
from storage.types import UtcDateTime

EVENT_CLASSES: dict[tuple[str, int], type[Any]] = {}


def _append() -> Prepared:
    """One row after version `n - 1` of its stream, its time never before that row's; else none."""
    of_stream = (events.c.stream == bindparam("s"), events.c.stream_id == bindparam("i"))
    n, now = bindparam("n", type_=Integer), bindparam("now", type_=UtcDateTime)
    length = select(func.coalesce(func.max(events.c.version), 0)).where(*of_stream)
    last = select(events.c.recorded_at).where(*of_stream, events.c.version == n - 1)
    at = last.scalar_subquery()
    recorded_at = case((at > now, at), else_=now)
    given = {
        name: bindparam(f"the_{name}", type_=events.c[name].type)
        for name in ("name", "event_version", "body", "officer_id", "device")
    }
    observed_at = func.coalesce(bindparam("observed", type_=UtcDateTime), recorded_at)
    row = {
        "stream": bindparam("s", type_=events.c.stream.type),
        "stream_id": bindparam("i", type_=events.c.stream_id.type),
        "version": n,
        **given,
        "observed_at": observed_at,
        "recorded_at": recorded_at,
    }
    rows = select(*row.values()).where(length.scalar_subquery() == n - 1)
    made = insert(events).from_select(list(row), rows, include_defaults=False)
    return Prepared(made)


_APPEND = _append()
_LENGTH = select(func.max(events.c.version)).where(
    events.c.stream == bindparam("s"), events.c.stream_id == bindparam("i")
)
_READ = (
    select(events)
    .where(
        events.c.stream == bindparam("s"),
        events.c.stream_id == bindparam("i"),
        events.c.version > bindparam("after"),
        events.c.version <= bindparam("last"),
    )
    .order_by(events.c.version)
)
_NAMES = (
    select(events.c.version, events.c.name)
    .where(events.c.stream == bindparam("s"), events.c.stream_id == bindparam("i"))
    .order_by(events.c.version)
)
_LAST = 2**31 - 1


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
        rows = [
            {
                "s": stream,
                "i": stream_id,
                "n": expected + n,
                "now": self._now,
                "observed": observed_at,
                "the_name": event.NAME,
                "the_event_version": event.VERSION,
                "the_body": to_text(event),
                "the_officer_id": officer_id,
                "the_device": device,
            }
            for n, event in enumerate(events, start=1)
        ]
        for row in rows:
            if _APPEND.run(self._connection, row) != 1:
                self._refuse(stream, stream_id, expected)
        return expected + len(rows)

    def _refuse(self, stream: str, stream_id: UUID, expected: int) -> NoReturn:
        found = self._connection.execute(_LENGTH, {"s": stream, "i": stream_id})
        length = found.scalar_one() or 0
        raise Stale(
            Fault(
                "/based_on",
                Words(
                    f"依据的是第{expected}版，现为第{length}版",
                    f"based on version {expected}, now at {length}",
                ),
                Words("请读取现状后重试", "read the present state and try again"),
            ),
            version=length,
        )

    def names(self, stream: str, stream_id: UUID) -> list[tuple[int, str]]:
        """Version and name of every event of a stream, oldest first; no body is read."""
        found = self._connection.execute(_NAMES, {"s": stream, "i": stream_id})
        return [(row.version, row.name) for row in found]

    def read(
        self, stream: str, stream_id: UUID, *, after: int = 0, last: int | None = None
    ) -> list[Recorded]:
        """The events of a stream, oldest first: all, or those after `after` up to `last`."""
        asked = {"s": stream, "i": stream_id, "after": after, "last": last or _LAST}
        rows = self._connection.execute(_READ, asked)
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
