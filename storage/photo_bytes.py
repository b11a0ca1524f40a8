"""What both photo stores share: how bytes are given out, and how a store says it is away."""

from collections.abc import Callable, Iterator

from service.domain.errors import Fault
from service.domain.photo_refusals import PhotoBytesMissing, StoreUnavailable, UploadBusy
from service.domain.words import Words

PIECE_BYTES = 1 << 20

_LATER = Words("请稍后重试，已收到的部分不会丢失", "try again later; what was received is kept")


class OpenBytes:
    """So many bytes of an open source, in pieces; closed at their end, or by who leaves early."""

    def __init__(
        self, read: Callable[[int], bytes], close: Callable[[], None], *, size_bytes: int
    ) -> None:
        self._read = read
        self._left = size_bytes
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        try:
            while self._left:
                piece = self._read(min(PIECE_BYTES, self._left))
                if not piece:
                    raise unavailable("an original ends before its end")
                self._left -= len(piece)
                yield piece
        finally:
            self.close()


def unavailable(why: object) -> StoreUnavailable:
    """The refusal when the store does not answer, answers rubbish, or is full."""
    return StoreUnavailable(
        Fault("", Words("照片存储没有应答", f"the photo store did not do it: {why}"), _LATER)
    )


def missing(digest: str) -> PhotoBytesMissing:
    """The refusal when the record knows a photo that the store does not hold."""
    return PhotoBytesMissing(
        Fault("", Words(f"存储中没有{digest}", f"the store does not hold {digest}"), _LATER)
    )


def busy() -> UploadBusy:
    """The refusal of a second writer."""
    return UploadBusy(
        Fault(
            "",
            Words("另一请求正在写入这一上传", "another request is writing to this upload"),
            Words("请稍后用 HEAD 查询位置后续传", "ask for the offset with HEAD, then go on"),
        )
    )
