"""Document numbers without gap or double: the count is a row of the same transaction."""

from sqlalchemy import Connection, Integer, Uuid, bindparam, text

from service.domain.numbering import Series
from storage.prepared import Prepared

# SQLite and PostgreSQL spell this alike, and it is one statement: no read to race with.
_TAKE = Prepared(
    text(
        "INSERT INTO numbers (office_id, kind, year, last) VALUES (:office, :kind, :year, 1) "
        "ON CONFLICT (office_id, kind, year) DO UPDATE SET last = numbers.last + 1 "
        "RETURNING last"
    )
    .bindparams(bindparam("office", type_=Uuid))
    .columns(last=Integer)
)


class SqlNumbers:
    """The `Numbers` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, series: Series) -> int:
        """The next number of a series; given back if the transaction fails."""
        values = {"office": series.office_id, "kind": series.kind, "year": series.year}
        return int(_TAKE.first(self._connection, values).last)
