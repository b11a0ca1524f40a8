"""A photo that goes straight to the store: in one form or in parts, into quarantine first.

Only what the service itself has read there, weighed and found to be a picture becomes an original.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.errors import Fault
from service.domain.photo_refusals import DirectUploadAbsent, DirectUploadIncomplete
from service.domain.upload import Upload
from service.domain.words import Words

FORM_AT_MOST_BYTES = 50_000_000
PART_BYTES = 16 << 20
"""S3 takes parts from 5 MiB on, all but the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts in which a large photo goes, counted from 1."""

    number: int
    offset: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that anybody may post once it is filled with the file: address and fields."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAddress:
    """Where one part is put, with exactly its length."""

    part: Part
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectUpload:
    """Where the photo goes: by one form, or in parts; by neither where it is on record."""

    upload: Upload
    on_record: bool
    kept_until: datetime | None = None
    form: Form | None = None
    parts: tuple[PartAddress, ...] = ()


def parts_of(size_bytes: int) -> tuple[Part, ...]:
    """The parts of a photo too large for one form; none for the others."""
    if size_bytes <= FORM_AT_MOST_BYTES:
        return ()
    return tuple(
        Part(number=number, offset=offset, size_bytes=min(PART_BYTES, size_bytes - offset))
        for number, offset in enumerate(range(0, size_bytes, PART_BYTES), start=1)
    )


def must_be_whole(size_bytes: int, arrived: Mapping[int, int]) -> None:
    """Refuse parts of which one is absent or of another size; `arrived`: number → bytes.

    Raises: DirectUploadIncomplete, with their numbers.
    """
    missing = [
        part.number for part in parts_of(size_bytes) if arrived.get(part.number) != part.size_bytes
    ]
    if missing:
        raise incomplete(missing)


def incomplete(missing: list[int]) -> DirectUploadIncomplete:
    """The refusal of a photo that is not in the store as a whole; `missing`: parts, if in parts."""
    return DirectUploadIncomplete(
        Fault(
            "",
            Words("存储中还没有完整的照片", "the store does not hold the whole photo yet"),
            Words("请先传完，再报告完成", "send all of it, then say that it is complete"),
        ),
        missing_parts=missing,
    )


def absent() -> DirectUploadAbsent:
    """The refusal where photos lie in a folder."""
    return DirectUploadAbsent(
        Fault(
            "",
            Words("照片存放在本服务的目录中", "photos lie in a folder of the service"),
            Words("请用 /v1/uploads 上传", "send it to /v1/uploads"),
        )
    )
