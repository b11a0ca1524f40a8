"""The notice, photographed where it hangs; and when it is gone."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.custody import found
from service.domain.custody_refusals import NoticeUnknown
from service.domain.posted_notice import PostedNotice
from service.domain.posting import post_notice as decide_posted
from service.domain.posting import take_down_notice as decide_down
from service.domain.powers import Officer, Operation
from service.domain.seal_tapes import TakenDown
from service.operations.case import is_repeat
from service.operations.custody_desk import is_made, must_be_photographed, open_desk, record
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice:
    """Which photo shows it, where, since when."""

    scene_id: UUID
    id: UUID
    photo_id: UUID
    place: str
    posted_at: datetime
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownNotice:
    """When it came down or was found gone, and why."""

    scene_id: UUID
    notice_id: UUID
    at: datetime
    reason: str
    precondition: Precondition


def post_notice(
    command: PostNotice, *, officer: Officer, work: Work
) -> PostedNotice | Created[PostedNotice]:
    """Put a posted notice on record.

    Raises: Forbidden, SceneUnknown, SealNotSet, Stale, CustodyNotOnRecord, CustodyInvalid.
    """
    desk = open_desk(command.scene_id, Operation.POST_NOTICE, officer=officer, work=work)
    notice = PostedNotice(
        id=command.id,
        version=1,
        photo_id=command.photo_id,
        place=command.place,
        posted_at=command.posted_at,
        posted_by=officer.id,
        scene_version=desk.scene.version,
    )
    known = found(desk.custody.notices, command.id)
    if is_made(command.precondition, known, repeats=_repeats(known, notice)) and known is not None:
        return known
    must_be_photographed("/photo_id", notice.photo_id, desk=desk, work=work)
    event = decide_posted(notice, scene=desk.scene, now=work.now)
    record(desk, event, officer=officer, work=work)
    return Created(notice)


def take_down_notice(command: TakeDownNotice, *, officer: Officer, work: Work) -> PostedNotice:
    """Note that a notice is gone.

    Raises: Forbidden, SceneUnknown, NoticeUnknown, TapeDown, Stale, CustodyInvalid.
    """
    desk = open_desk(command.scene_id, Operation.POST_NOTICE, officer=officer, work=work)
    notice = found(desk.custody.notices, command.notice_id)
    if notice is None:
        raise NoticeUnknown.at("/notice_id")
    is_repeat(command.precondition, notice, repeats=False)
    down = TakenDown(at=command.at, by=officer.id, reason=command.reason)
    event = decide_down(notice, down, now=work.now)
    record(desk, event, officer=officer, work=work)
    return replace(notice, version=notice.version + 1, taken_down=down)


def _repeats(known: PostedNotice | None, notice: PostedNotice) -> bool:
    said = ("photo_id", "place", "posted_at")
    return known is not None and all(getattr(known, x) == getattr(notice, x) for x in said)
