"""What powers need beside people: grants, systems' keys, and a record of what was refused."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.grants import Grant
from service.domain.powers import Officer
from service.domain.refused import RefusalRecord
from service.domain.system_keys import SystemKey


class Grants(Protocol):
    """Temporary grants, as they stand."""

    def get(self, id: UUID) -> Grant | None: ...

    def of_user(self, user_id: UUID) -> list[Grant]:
        """A person's grants, those that ended too, the latest first."""
        ...

    def under(self, path: str) -> list[Grant]:
        """Grants at a post and below it, the latest first."""
        ...

    def put(self, grant: Grant) -> None:
        """Keep a new grant, or write its next version."""
        ...


class SystemKeys(Protocol):
    """Keys of neighbouring systems, found by their hash."""

    def officer(self, key_hash: bytes, now: datetime) -> Officer | None:
        """On whose behalf the holder of this key asks, if it is still good."""
        ...

    def under(self, path: str) -> list[SystemKey]:
        """Keys at a post and below it, the latest first."""
        ...

    def put(self, key: SystemKey) -> None: ...

    def end(self, key: SystemKey, at: datetime) -> None: ...


class Refusals(Protocol):
    """What was refused as unauthorised; only ever added to."""

    def add(self, record: RefusalRecord) -> None: ...

    def under(
        self, path: str, *, before: tuple[datetime, UUID] | None, at_most: int
    ) -> list[RefusalRecord]:
        """Those of people of a post and below, the latest first; those older than `before`."""
        ...
