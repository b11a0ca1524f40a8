"""A photo on its way: what its sender announced, and where the next piece must begin.

The wire is tus 1.0.0 (https://tus.io/protocols/resumable-upload); this is what it decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo, PhotoPosition, View
from service.domain.photo_refusals import (
    PhotoDigestWrong,
    PhotoIdTaken,
    PhotoTooLarge,
    UploadIsFinal,
    UploadLengthSet,
    UploadOffsetWrong,
)
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What was announced of a photo; its id is the photo's. `digest` is SHA-256, lowercase hex.

    `size_bytes` is None until it is said (creation-defer-length), and for a final upload until
    its `parts` are put together; `metadata` is the header as it came; `officer_id` and
    `begun_at` are None until the upload is on record.
    """

    photo_id: UUID
    incident_id: UUID
    view: View
    digest: str
    size_bytes: int | None
    taken_at: datetime | None = None
    device: str | None = None
    position: PhotoPosition | None = None
    metadata: str = ""
    parts: tuple[UUID, ...] = ()
    officer_id: UUID | None = None
    begun_at: datetime | None = None
    direct: bool = False
    """Whether it may also come straight to the store, into quarantine."""
    store_key: str = ""
    """Where it comes so in parts: the store's own name of them."""

    @property
    def id(self) -> UUID:
        """The photo's."""
        return self.photo_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPart:
    """Bytes that only become a photo within a final upload; they are their sender's alone."""

    id: UUID
    officer_id: UUID
    size_bytes: int | None
    metadata: str = ""
    begun_at: datetime | None = None


def must_be_the_same(upload: Upload, earlier: Upload | UploadPart | Photo) -> Upload | Photo:
    """The same photo may be announced again; a different one under its id may not.

    A length that one of the two does not know yet is no difference.
    Raises: PhotoIdTaken, naming what differs.
    """
    if isinstance(earlier, UploadPart):
        raise _taken(["photo_id"])
    names = ["incident_id", "view", "digest"]
    if None not in (upload.size_bytes, earlier.size_bytes):
        names.append("size_bytes")
    if isinstance(earlier, Upload):
        names.append("parts")
    differing = [name for name in names if getattr(upload, name) != getattr(earlier, name)]
    if differing:
        raise _taken(differing)
    return earlier


def _taken(differing: list[str]) -> PhotoIdTaken:
    return PhotoIdTaken(
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


def must_take_pieces(upload: Upload | UploadPart | Photo) -> None:
    """A final upload has its bytes from its parts alone.

    Raises: UploadIsFinal.
    """
    if isinstance(upload, Upload) and upload.parts:
        raise UploadIsFinal(
            Fault(
                "",
                Words("该上传由各分段合并而成", "this upload is put together of its parts"),
                Words("请向各分段上传", "send the bytes to its parts"),
            )
        )


def with_length(
    upload: Upload | UploadPart, size_bytes: int, *, staged_bytes: int, at_most_bytes: int
) -> Upload | UploadPart:
    """The upload whose length is said at last; a length that was said stands.

    Raises: UploadLengthSet, PhotoTooLarge.
    """
    must_fit(size_bytes, at_most_bytes=at_most_bytes)
    if size_bytes < max(staged_bytes, 1) or upload.size_bytes not in (None, size_bytes):
        known = staged_bytes if upload.size_bytes is None else upload.size_bytes
        raise UploadLengthSet(
            Fault(
                "/headers/Upload-Length",
                Words(f"已知为{known}字节", f"{known} bytes are known of it"),
                Words("请用 HEAD 查询后续传", "ask with HEAD, then go on"),
            ),
            upload_length=upload.size_bytes,
        )
    return replace(upload, size_bytes=size_bytes)


def must_fit(
    size_bytes: int | None, *, at_most_bytes: int, pointer: str = "/headers/Upload-Length"
) -> None:
    """Refuse more bytes than an upload may have.

    Raises: PhotoTooLarge.
    """
    if size_bytes is not None and size_bytes > at_most_bytes:
        raise too_large(pointer, given=size_bytes, limit=at_most_bytes)


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
