"""What seals have cost, kept beside their scenes."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.seal_cost import EverSealed, SealCost


class SealCosts(Protocol):
    """Costs under their scenes' ids; like snapshots they can be made of the events again."""

    def get(self, id: UUID) -> SealCost | None: ...

    def ever(self, id: UUID) -> EverSealed:
        """What was ever sealed at a scene whose cost is kept."""
        ...

    def put(self, value: SealCost, *, previous: int, ever: EverSealed | None) -> None:
        """Write the state after version `previous` (0: none yet); without `ever`, that stays.

        Raises: Stale.
        """
        ...

    def counting(
        self, path: str, *, since: datetime, until: datetime
    ) -> list[tuple[UUID, SealCost | None]]:
        """Scenes at a post or below that may have been sealed in a time, by id; no drills.

        Each with its cost, or None where none is kept of the scene's present version.
        """
        ...
