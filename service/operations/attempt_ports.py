"""What slowing guesses needs: tallies under names that are kept nowhere."""

from datetime import datetime
from typing import Protocol

from service.domain.sign_in_limits import Key, Tally


class Attempts(Protocol):
    """Tallies by key; only a keyed hash of the key is written."""

    def get(self, key: Key) -> Tally | None: ...

    def put(self, key: Key, tally: Tally) -> None:
        """Write the tally, whether or not there is one."""
        ...

    def remove(self, key: Key) -> None: ...

    def sweep(self, now: datetime, *, at_most: int) -> None:
        """Remove some of those that are over."""
        ...
