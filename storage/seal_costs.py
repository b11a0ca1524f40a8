"""What seals have cost, one row a scene, on SQL."""

from datetime import datetime
from operator import itemgetter
from uuid import UUID

from sqlalchemy import Connection, bindparam, or_, select

from service.domain.seal_cost import EverSealed, SealCost
from storage.documents import Documents
from storage.prepared import Prepared
from storage.serialise import from_text, to_text
from storage.tables import incidents, scenes, seal_costs

_EVER = Prepared(select(seal_costs.c.ever).where(seal_costs.c.id == bindparam("the_id")))


class SqlSealCosts:
    """The `SealCosts` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._costs = Documents(connection, seal_costs, SealCost)

    def get(self, id: UUID) -> SealCost | None:
        """The cost as kept."""
        return self._costs.get(id)

    def ever(self, id: UUID) -> EverSealed:
        """What was ever sealed at the scene."""
        found = _EVER.first(self._connection, {"the_id": id})
        ever: EverSealed = from_text(found.ever, EverSealed) if found else EverSealed()
        return ever

    def put(self, value: SealCost, *, previous: int, ever: EverSealed | None) -> None:
        """Write the state that follows version `previous`."""
        shapes = {} if ever is None else {"ever": to_text(ever)}
        self._costs.put(value, previous=previous, opened_at=value.opened_at, **shapes)

    def counting(
        self, path: str, *, since: datetime, until: datetime
    ) -> list[tuple[UUID, SealCost | None]]:
        """Scenes that may have been sealed then; see the port."""
        cost = seal_costs.c
        kept = (cost.id == scenes.c.id) & (cost.version == scenes.c.version)
        query = (
            select(scenes.c.id, cost.document)
            .outerjoin_from(scenes, seal_costs, kept)
            .outerjoin(incidents, incidents.c.id == scenes.c.incident_id)
            .where(
                scenes.c.post_path.startswith(path, autoescape=True),
                incidents.c.drill.is_not(True),
                or_(scenes.c.sealed.is_(True), scenes.c.changed_at >= since),
                or_(cost.opened_at.is_(None), cost.opened_at < until),
            )
        )
        # Sorted here: asked for by id, SQLite would read every scene there ever was.
        rows = sorted(self._connection.execute(query), key=itemgetter(0))
        return [(id, None if text is None else self._costs.load(text)) for id, text in rows]
