"""How long an unfinished upload is kept, and what one whose time is over is answered.

https://tus.io/protocols/resumable-upload, "Expiration". Only what has not become a photo ends.
"""

from datetime import datetime, timedelta

from service.domain.errors import Fault
from service.domain.photo_refusals import UploadExpired
from service.domain.upload import Upload, UploadPart
from service.domain.words import Words


def expires_at(upload: Upload | UploadPart, *, kept_for: timedelta) -> datetime | None:
    """When an upload on record ends unless it is finished (UTC)."""
    return None if upload.begun_at is None else upload.begun_at + kept_for


def is_over(upload: Upload | UploadPart, *, kept_for: timedelta, now: datetime) -> bool:
    """Whether its time is over."""
    ends = expires_at(upload, kept_for=kept_for)
    return ends is not None and ends <= now


def must_not_be_over(upload: Upload | UploadPart, *, kept_for: timedelta, now: datetime) -> None:
    """Refuse an upload whose time is over, swept or not.

    Raises: UploadExpired.
    """
    if is_over(upload, kept_for=kept_for, now=now):
        hours = int(kept_for.total_seconds() // 3600)
        raise UploadExpired(
            Fault(
                "/photo_id",
                Words(f"未完成的上传只保留{hours}小时", f"an unfinished one is kept {hours} hours"),
                Words("请重新登记后从头上传", "announce it again and send it from its beginning"),
            )
        )
