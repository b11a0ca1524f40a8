"""A finding as it was sent and as it was answered, kept under its id."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.answering import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFinding:
    """`sent` is the body in canonical JSON; `version` the scene's after it."""

    id: UUID
    version: int
    scene_id: UUID
    sent: str
    officer_id: UUID
    observed_at: datetime
    recorded_at: datetime
    answer: Answer
