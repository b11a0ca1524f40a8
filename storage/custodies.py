"""The custody of scenes as it stands, on SQL."""

from uuid import UUID

from sqlalchemy import Connection, select

from service.domain.custody import EVENTS, Custody
from storage.documents import Documents
from storage.events import know_events
from storage.tables import custodies

know_events(EVENTS)


class SqlCustodies:
    """The `Custodies` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents = Documents(connection, custodies, Custody)

    def get(self, id: UUID) -> Custody | None:
        """The custody of a scene."""
        return self._documents.get(id)

    def put(self, value: Custody, *, previous: int) -> None:
        """Write the state that follows version `previous`."""
        pending = value.pending
        offered_to = None if pending is None else pending.to_path
        self._documents.put(value, previous=previous, offered_to=offered_to)

    def offered_under(self, path: str, *, at_most: int) -> list[Custody]:
        """Those of scenes that wait to be taken by a post or one below it, by id."""
        query = select(custodies.c.document).where(
            custodies.c.offered_to.startswith(path, autoescape=True)
        )
        rows = self._connection.execute(query.order_by(custodies.c.id).limit(at_most))
        return [self._documents.load(row.document) for row in rows]
