"""Decisions on the posted notice: posted, and gone."""

from datetime import datetime

from service.domain.custody_refusals import TapeDown
from service.domain.posted_notice import NoticePosted, NoticeTakenDown, PostedNotice
from service.domain.scene import Scene
from service.domain.seal_tapes import TakenDown
from service.domain.tape_watch import must_be_past


def post_notice(notice: PostedNotice, *, scene: Scene, now: datetime) -> NoticePosted:
    """A notice says the range: there must be one. Raises: SealNotSet, CustodyInvalid."""
    scene.must_be_sealed()
    must_be_past("/posted_at", notice.posted_at, now=now)
    return NoticePosted(notice=notice)


def take_down_notice(
    notice: PostedNotice, taken_down: TakenDown, *, now: datetime
) -> NoticeTakenDown:
    """Note that a notice is gone. Raises: TapeDown, CustodyInvalid."""
    if notice.taken_down is not None:
        raise TapeDown.at("/notice_id")
    must_be_past("/at", taken_down.at, now=now)
    return NoticeTakenDown(notice_id=notice.id, taken_down=taken_down)
