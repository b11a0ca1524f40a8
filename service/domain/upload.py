"""A photo on its way: what its sender announced, and where the next piece must begin.

The wire is tus 1.0.0 (https://tus.io/protocols/resumable-upload); this is what it decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo, PhotoPosition, View
from service.domain.photo_refusals import (
    PhotoDigestWrong,
    PhotoIdTaken,
    PhotoTooLarge,
    UploadOffsetWrong,
)
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What was announced of a photo; its id is the photo's. `digest` is SHA-256, lowercase hex."""

    photo_id: UUID
    incident_id: UUID
    view: View
    digest: str
    size_bytes: int
    taken_at: datetime | None = None
    device: str | None = None
    position: PhotoPosition | None = None


def must_be_the_same(upload: Upload, earlier: Upload | Photo) -> None:
    """The same photo may be announced again; a different one under its id may not.

    Raises: PhotoIdTaken, naming what differs.
    """
    differing = [
        name
        for name in ("incident_id", "view", "digest", "size_bytes")
        if getattr(upload, name) != getattr(earlier, name)
    ]
    if differing:
        raise PhotoIdTaken(
            *(
                Fault(
                    f"/{name}",
                    Words("与该编号已有的照片不同", "it differs from the photo under this id"),
                    Words("另一张照片请用新的编号", "give another photo an id of its own"),
                )
                for name in differing
            )
        )


def must_continue(*, offset: int, staged_bytes: int) -> None:
    """A piece begins where the durable part ends.

    Raises: UploadOffsetWrong with the right offset.
    """
    if offset != staged_bytes:
        raise UploadOffsetWrong(
            Fault(
                "/headers/Upload-Offset",
                Words(
                    f"应从{staged_bytes}续传，收到的是{offset}",
                    f"it continues at {staged_bytes}, not at {offset}",
                ),
                Words("请先用 HEAD 查询位置", "ask for the offset with HEAD first"),
            ),
            upload_offset=staged_bytes,
        )


def within(pieces: Iterable[bytes], *, room_bytes: int) -> Iterator[bytes]:
    """The pieces as they come, as long as they fit into what was announced.

    Raises: PhotoTooLarge before the first piece that does not fit is given out.
    """
    left = room_bytes
    for piece in pieces:
        if len(piece) > left:
            raise too_large(
                "/headers/Content-Length", given=room_bytes - left + len(piece), limit=room_bytes
            )
        left -= len(piece)
        yield piece


def must_have_digest(upload: Upload, digest: str) -> None:
    """The whole photo is the one that was announced.

    Raises: PhotoDigestWrong.
    """
    if digest != upload.digest:
        raise PhotoDigestWrong(
            Fault(
                "/headers/Upload-Metadata/sha256",
                Words(f"收到的照片摘要是{digest}", f"the photo received has {digest}"),
                Words("请从头重新上传原件", "send the original again from its beginning"),
            ),
            announced=upload.digest,
            received=digest,
        )


def too_large(pointer: str, *, given: int, limit: int) -> PhotoTooLarge:
    """The refusal of more bytes than may come."""
    return PhotoTooLarge(
        Fault(
            pointer,
            Words(f"{given}字节，最多{limit}字节", f"{given} bytes, at most {limit} are taken"),
            Words("请减小后重新发送", "send less"),
        ),
        limit=limit,
    )
