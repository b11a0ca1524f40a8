"""Current state kept whole: one row an aggregate, its document beside the columns lists need."""

from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Fault, Stale
from service.domain.words import Words
from storage.serialise import from_text, to_text

T = TypeVar("T")


class _Statements(NamedTuple):
    """Built once a table: building one takes longer than SQLite takes to run it."""

    get: Select[str]
    insert: Insert
    update: Update


@cache
def _statements(table: Table) -> _Statements:
    id, version = table.c.id, table.c.version
    return _Statements(
        get=select(table.c.document).where(id == bindparam("the_id")),
        insert=insert(table),
        update=update(table).where(
            id == bindparam("the_id"), version == bindparam("previous_version")
        ),
    )


class Documents(Generic[T]):
    """Documents of one class in one table with columns id, version and document.

    The value has `id` and `version`; the first version is 1 and each put raises it by one.
    """

    def __init__(self, connection: Connection, table: Table, kind: type[T]) -> None:
        self.connection = connection
        self.statements = _statements(table)
        self.kind = kind

    def get(self, id: UUID) -> T | None:
        """The present state, or None."""
        found = self.connection.execute(self.statements.get, {"the_id": id})
        text = found.scalar_one_or_none()
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
                self.connection.execute(self.statements.insert, {"id": value.id, **row})
            except IntegrityError as clash:
                raise stale(previous) from clash
            return
        changed = self.connection.execute(
            self.statements.update, {"the_id": value.id, "previous_version": previous, **row}
        )
        if changed.rowcount != 1:
            raise stale(previous)


def stale(previous: int) -> Stale:
    """The refusal of a write that follows version `previous` when another is stored."""
    return Stale(
        Fault(
            "/version",
            Words(f"第{previous}版已不是现状", f"version {previous} is no longer current"),
            Words("请读取现状后重试", "read the present state and try again"),
        )
    )
