"""Taking a photo out of a fire's file: a record of who, in which role, and why; never a deletion.

The original stays under its digest. A removed photo counts no more for the checklist, is shown to
nobody outside, and is shown struck through to officers. Sent again under an id of its own it is in
the file again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo_refusals import PhotoRemovedAlready
from service.domain.powers import Officer, Role
from service.domain.words import Words


class RemovalGround(StrEnum):
    """Why a photo does not belong in the file."""

    ANOTHER_FIRE = "another_fire"
    DOUBLE = "double"
    PRIVATE = "private"
    UNUSABLE = "unusable"
    OTHER = "other"


GROUND_NAMES: dict[RemovalGround, Words] = {
    RemovalGround.ANOTHER_FIRE: Words("不是这起火灾的照片", "not of this fire"),
    RemovalGround.DOUBLE: Words("重复", "a double"),
    RemovalGround.PRIVATE: Words("涉及隐私且与火灾无关", "private, and no part of the fire"),
    RemovalGround.UNUSABLE: Words("无法辨认", "nothing to be seen on it"),
    RemovalGround.OTHER: Words("其他", "another reason"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Who took the photo out, in which role and at which post, when, and why."""

    photo_id: UUID
    incident_id: UUID
    ground: RemovalGround
    reason: str
    officer_id: UUID
    role: Role
    post_id: UUID
    removed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRemoved:
    """A photo was taken out of its incident's file."""

    NAME: ClassVar[str] = "photo-removed"
    VERSION: ClassVar[int] = 1
    removal: Removal


def remove(
    photo_id: UUID,
    incident_id: UUID,
    *,
    ground: RemovalGround,
    reason: str,
    officer: Officer,
    now: datetime,
) -> PhotoRemoved:
    """Take it out, with who does it, in which role and at which post."""
    return PhotoRemoved(
        removal=Removal(
            photo_id=photo_id,
            incident_id=incident_id,
            ground=ground,
            reason=reason,
            officer_id=officer.id,
            role=officer.role,
            post_id=officer.post_id,
            removed_at=now,
        )
    )


def standing(earlier: Removal, *, ground: RemovalGround, reason: str) -> Removal:
    """The removal that is on record, where the same is said again.

    Raises: PhotoRemovedAlready.
    """
    if (earlier.ground, earlier.reason) == (ground, reason):
        return earlier
    raise PhotoRemovedAlready(
        Fault(
            "/reason",
            Words("该照片已因其他理由移出", "the photo was removed for another reason"),
            Words("原记录有效，无需再次移出", "that record stands; there is nothing to be done"),
        ),
        removed_at=earlier.removed_at,
    )


EVENTS = (PhotoRemoved,)
