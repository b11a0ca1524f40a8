"""Current state kept whole: one row an aggregate, its document beside the columns lists need."""

from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Fault, Stale
from service.domain.words import Words
from storage.prepared import Prepared
from storage.serialise import from_text, to_text

T = TypeVar("T")


@cache
def _get(table: Table) -> Prepared:
    return Prepared(select(table.c.document).where(table.c.id == bindparam("the_id")))


@cache
def _insert(table: Table) -> Prepared:
    return Prepared(insert(table))


@cache
def _update(table: Table, names: tuple[str, ...]) -> Prepared:
    id, version = table.c.id, table.c.version
    follows = (id == bindparam("the_id"), version == bindparam("previous_version"))
    return Prepared(update(table).where(*follows).values({n: bindparam(n) for n in names}))


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
        found = _get(self.table).first(self.connection, {"the_id": id})
        return None if found is None else self.load(found.document)

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
                _insert(self.table).run(self.connection, {"id": value.id, **row})
            except IntegrityError as clash:
                raise stale(previous) from clash
            return
        follows = {"the_id": value.id, "previous_version": previous}
        if _update(self.table, tuple(row)).run(self.connection, row | follows) != 1:
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
