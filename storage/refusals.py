"""What was refused as unauthorised 越权, on SQL; append-only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from service.domain.refused import RefusalRecord
from storage.tables import posts, refusals


class SqlRefusals:
    """The `Refusals` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: RefusalRecord) -> None:
        """Keep one more."""
        row = {name: getattr(record, name) for name in RefusalRecord.__slots__}
        self._connection.execute(insert(refusals), row)

    def under(
        self, path: str, *, before: tuple[datetime, UUID] | None, at_most: int
    ) -> list[RefusalRecord]:
        """Those of people of a post and below, the latest first; those older than `before`."""
        asked = (
            select(refusals)
            .join(posts, posts.c.id == refusals.c.post_id)
            .where(posts.c.path.startswith(path, autoescape=True))
            .order_by(refusals.c.at.desc(), refusals.c.id.desc())
            .limit(at_most)
        )
        if before is not None:
            at, id = before
            earlier = (refusals.c.at < at) | ((refusals.c.at == at) & (refusals.c.id < id))
            asked = asked.where(earlier)
        rows = self._connection.execute(asked)
        return [RefusalRecord(**row._asdict()) for row in rows]
