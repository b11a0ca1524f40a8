"""What is on record and what is stored, side by side in the order of their digests.

Both come as streams, so that a million originals take no more memory than a page of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.domain.words import Words


class Wrong(StrEnum):
    """What may be wrong with an original."""

    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


WRONG_WORDS: dict[Wrong, Words] = {
    Wrong.MISSING: Words("原件缺失", "on record, and not in the store"),
    Wrong.CHANGED: Words("内容与摘要不符", "its bytes are no longer those of its digest"),
    Wrong.UNREADABLE: Words("无法读取", "in the store, and cannot be read"),
    Wrong.UNKNOWN: Words("无在卷记录", "in the store, and on nobody's record"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An original that was looked at: what is wrong with it, if anything, and whose it is.

    `photos` are ids of an incident and a photo of it.
    """

    digest: str
    size_bytes: int
    wrong: Wrong | None = None
    photos: tuple[tuple[UUID, UUID], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A digest with the size on record (None: not on record), and whether it is stored."""

    digest: str
    size_bytes: int | None
    stored: bool


def side_by_side(recorded: Iterable[tuple[str, int]], stored: Iterable[str]) -> Iterator[Compared]:
    """Each digest of either, once; both must be in order."""
    known, kept = iter(recorded), iter(stored)
    record, name = next(known, None), next(kept, None)
    while record is not None or name is not None:
        digest = min(each for each in (record and record[0], name) if each is not None)
        size_bytes = record[1] if record is not None and record[0] == digest else None
        yield Compared(digest=digest, size_bytes=size_bytes, stored=name == digest)
        record = record if size_bytes is None else next(known, None)
        name = next(kept, None) if name == digest else name
