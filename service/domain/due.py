"""What is due, over scenes and routes: the items of a supervisor's list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.deadlines import Warned


class DueKind(StrEnum):
    """What something is due on."""

    SCENE = "scene"
    REGISTRATION = "registration"
    PROCEDURE = "simplified_procedure"
    INVESTIGATION = "investigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """A record on which something is due; of a scene, from when on it has a warning (UTC)."""

    kind: DueKind
    due_at: datetime
    id: UUID
    incident_id: UUID
    drill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnedOf:
    """One record with what is late there."""

    item: DueItem
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningsPage:
    """Records with warnings, the most urgent first; `next` is where the page ended."""

    items: tuple[WarnedOf, ...]
    next: tuple[datetime, UUID] | None
