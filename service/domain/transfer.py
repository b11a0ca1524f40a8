"""A scene handed over to another post 移送: offered with a reason, accepted or refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class TransferState(StrEnum):
    """Where a transfer stands; a new offer withdraws one that was not answered."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One offer of a scene, with its incident and investigation, and the answer to it."""

    id: UUID
    version: int
    incident_id: UUID
    from_path: str
    to_post_id: UUID
    to_path: str
    reason: str
    offered_by: UUID
    offered_at: datetime
    state: TransferState = TransferState.OFFERED
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOffered:
    """The scene was offered to another post."""

    NAME: ClassVar[str] = "transfer-offered"
    VERSION: ClassVar[int] = 1
    transfer: Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAnswered:
    """The other post took the scene, or did not."""

    NAME: ClassVar[str] = "transfer-answered"
    VERSION: ClassVar[int] = 1
    transfer: Transfer


EVENTS = (TransferOffered, TransferAnswered)
