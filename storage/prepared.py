"""Statements compiled once and handed straight to the driver.

For what every request asks: SQLAlchemy's own execution costs several times what SQLite takes to
answer. Types, quoting and the differences between databases stay SQLAlchemy's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

Processor = Callable[[Any], Any] | None


class _Bound(NamedTuple):
    """One parameter: its name, its value where none is given, what turns it into the driver's."""

    name: str
    otherwise: Any
    turn: Processor


class _Compiled(NamedTuple):
    """A statement in one database's own words."""

    sql: str
    positional: bool
    bound: tuple[_Bound, ...]
    turns: tuple[tuple[int, Callable[[Any], Any]], ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        turned = []
        for name, otherwise, turn in self.bound:
            value = values.get(name, otherwise)
            turned.append(value if turn is None else turn(value))
        if self.positional:
            return turned
        return {bound.name: value for bound, value in zip(self.bound, turned, strict=True)}


class Prepared:
    """A statement whose text never changes: no `in_` of a list, no literal of the moment."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Execute; how many rows were touched. Raises: DBAPIError."""
        return int(self._execute(connection, values).rowcount)

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Every row, as a named tuple. Raises: DBAPIError."""
        turns = self._on(connection.dialect).turns
        return [self._row(row, turns) for row in self._execute(connection, values).fetchall()]

    def bare(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row as the driver gives it: for very many rows of numbers. Raises: DBAPIError."""
        found: list[tuple[Any, ...]] = self._execute(connection, values).fetchall()
        return found

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row, or None. Raises: DBAPIError."""
        row = self._execute(connection, values).fetchone()
        return None if row is None else self._row(row, self._on(connection.dialect).turns)

    def _execute(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        compiled = self._on(connection.dialect)
        return to_driver(connection, compiled.sql, compiled.parameters(values))

    def _row(self, row: Sequence[Any], turns: tuple[tuple[int, Callable[[Any], Any]], ...]) -> Any:
        turned = list(row)
        for index, turn in turns:
            turned[index] = turn(turned[index])
        return self._kind._make(turned)

    @cached_property
    def _kind(self) -> Any:
        return namedtuple("Row", self._statement.exported_columns.keys())

    def _on(self, dialect: Dialect) -> _Compiled:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return found


def to_driver(connection: Connection, sql: str, parameters: Any = ()) -> Any:
    """The driver's cursor after one statement. Raises: DBAPIError, as SQLAlchemy would."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as fault:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            sql, None, fault, base, hide_parameters=True, dialect=connection.dialect
        ) from fault
    return cursor


def _compile(statement: Executable, dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    bound = tuple(
        _Bound(name, bind.effective_value, bind.type.dialect_impl(dialect).bind_processor(dialect))
        for name, bind in ((name, compiled.binds[name]) for name in names)
    )
    columns = getattr(statement, "exported_columns", ())
    made = (
        (index, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for index, column in enumerate(columns)
    )
    turns = tuple((index, turn) for index, turn in made if turn is not None)
    return _Compiled(str(compiled), compiled.positional, bound, turns)
