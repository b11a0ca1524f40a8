"""Forget the bytes of an upload, wherever they came to lie; an original is never touched."""

from service.domain.upload import Upload, UploadPart
from service.operations.ports import PhotoRoom


def forget_bytes(upload: Upload | UploadPart, *, room: PhotoRoom) -> None:
    """What is staged of it, and what of it is in quarantine.

    Raises: UploadBusy, StoreUnavailable.
    """
    room.store.discard(upload.id)
    if room.quarantine is not None and isinstance(upload, Upload) and upload.direct:
        room.quarantine.discard(upload)
