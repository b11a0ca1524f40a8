"""The posted notice 封闭公告: photographed where it hangs."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from service.domain.seal_tapes import TakenDown


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedNotice:
    """A notice as posted; `scene_version` is the scene's whose range it shows."""

    id: UUID
    version: int
    photo_id: UUID
    place: str
    posted_at: datetime
    posted_by: UUID
    scene_version: int
    taken_down: TakenDown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePosted:
    """A notice was posted."""

    NAME: ClassVar[str] = "notice-posted"
    VERSION: ClassVar[int] = 1
    notice: PostedNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTakenDown:
    """A notice came down, or was found gone."""

    NAME: ClassVar[str] = "notice-taken-down"
    VERSION: ClassVar[int] = 1
    notice_id: UUID
    taken_down: TakenDown


EVENTS = (NoticePosted, NoticeTakenDown)
