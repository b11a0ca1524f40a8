"""Temporary grants on SQL, as they stand."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from service.domain import grants as domain
from service.domain.grants import Grant
from service.domain.powers import Role
from storage.events import know_events
from storage.tables import grants, posts

know_events(domain.EVENTS)


class SqlGrants:
    """The `Grants` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: UUID) -> Grant | None:
        """A grant by id."""
        row = self._connection.execute(select(grants).where(grants.c.id == id)).one_or_none()
        return None if row is None else _grant(row)

    def of_user(self, user_id: UUID) -> list[Grant]:
        """A person's grants, those that ended too, the latest first."""
        return self._all(grants.c.user_id == user_id)

    def under(self, path: str) -> list[Grant]:
        """Grants at the post of this path and below it, the latest first."""
        return self._all(posts.c.path.startswith(path, autoescape=True))

    def put(self, grant: Grant) -> None:
        """Keep a new grant, or write its next version."""
        row = {name: getattr(grant, name) for name in Grant.__slots__} | {"role": grant.role.value}
        if grant.version == 1:
            self._connection.execute(insert(grants), row)
        else:
            self._connection.execute(update(grants).where(grants.c.id == grant.id).values(**row))

    def _all(self, condition: Any) -> list[Grant]:
        rows = self._connection.execute(
            select(grants)
            .join(posts, posts.c.id == grants.c.post_id)
            .where(condition)
            .order_by(grants.c.granted_at.desc(), grants.c.id)
        )
        return [_grant(row) for row in rows]


def _grant(row: Any) -> Grant:
    parts = {name: getattr(row, name) for name in Grant.__slots__}
    return Grant(**{**parts, "role": Role(row.role)})
