"""What became of a line of an imported file."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a line: added or corrected; who was added got a password, told this once."""

    line: int
    id: UUID
    name: str
    username: str | None
    added: bool
    password: str | None
