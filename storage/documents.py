"""Current state kept whole: one row an aggregate, its document beside the columns lists need."""

from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Fault, Stale
from service.domain.words import Words
from storage.serialise import from_text, to_text

T = TypeVar("T")


class Documents(Generic[T]):
    """Documents of one class in one table with columns id, version and document.

    The value has `id` and `version`; the first version is 1 and each put raises it by one.
    """

    def __init__(self, connection: Connection, table: Table, kind: type[T]) -> None:
        self.connection = connection
        self.table = table
        self.kind = kind

    def get(self, id: UUID) -> T | None:
        """The present state, or None."""
        text = self.connection.execute(
            select(self.table.c.document).where(self.table.c.id == id)
        ).scalar_one_or_none()
        return None if text is None else self.load(text)

    def load(self, text: str) -> T:
        """The value in a document column."""
        value: T = from_text(text, self.kind)
        return value

    def put(self, value: Any, *, previous: int, **columns: object) -> None:
        """Write the state that follows version `previous` (0: none yet).

        Raises: Stale when another version is stored.
        """
        row = {"version": value.version, "document": to_text(value), **columns}
        if previous == 0:
            try:
                self.connection.execute(insert(self.table).values(id=value.id, **row))
            except IntegrityError as clash:
                raise _stale(previous) from clash
            return
        changed = self.connection.execute(
            update(self.table)
            .where(self.table.c.id == value.id, self.table.c.version == previous)
            .values(**row)
        )
        if changed.rowcount != 1:
            raise _stale(previous)


def _stale(previous: int) -> Stale:
    return Stale(
        Fault(
            "/version",
            Words(f"第{previous}版已不是现状", f"version {previous} is no longer current"),
            Words("请读取现状后重试", "read the present state and try again"),
        )
    )
