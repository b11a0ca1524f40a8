"""Announce a photo that will be sent straight to the store, and say where to."""

from contextlib import suppress
from dataclasses import replace

from service.domain.direct_upload import DirectUpload, absent, parts_of
from service.domain.errors import Unavailable
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.upload import Upload
from service.operations.begin_upload import begin_upload
from service.operations.outcome import Created
from service.operations.photo_reach import upload_within_reach
from service.operations.ports import PhotoRoom
from service.operations.quarantine_ports import Quarantine


def announce_direct_upload(
    upload: Upload, *, officer: Officer, room: PhotoRoom
) -> DirectUpload | Created[DirectUpload]:
    """Put the upload on record as any other, and say where in the store its bytes go.

    The same again gives fresh addresses. Nothing here depends on what else the store holds.
    Raises: DirectUploadAbsent, StoreUnavailable, and what begin_upload raises.
    """
    must_be_allowed(officer, Operation.SEND_PHOTO, at=None)
    quarantine = room.quarantine
    if quarantine is None:
        raise absent()
    begun = begin_upload(upload, officer=officer, room=room)
    kept_until = (begun.value if isinstance(begun, Created) else begun).expires_at
    known = room.records.read(
        lambda work: upload_within_reach(
            upload.id, officer=officer, kept_for=room.kept_for, work=work
        )
    )
    if isinstance(known, Upload) and not known.direct:
        known = _opened(known, room=room, quarantine=quarantine)
    if not isinstance(known, Upload):
        return DirectUpload(upload=upload, on_record=True)
    parts = parts_of(known.size_bytes or 0)
    told = DirectUpload(
        upload=known,
        on_record=False,
        kept_until=kept_until,
        form=None if parts else quarantine.form(known.id, size_bytes=known.size_bytes or 0),
        parts=quarantine.parts(known.id, known.store_key, parts=parts),
    )
    return Created(told) if isinstance(begun, Created) else told


def _opened(known: Upload, *, room: PhotoRoom, quarantine: Quarantine) -> Upload:
    """The upload with its place in the store; of two requests at once, the later one's."""
    with suppress(Unavailable):  # it is only litter
        quarantine.sweep(kept_for=room.kept_for, after=known.id)
    store_key = quarantine.begin_parts(known.id) if parts_of(known.size_bytes or 0) else ""
    opened = replace(known, direct=True, store_key=store_key)
    room.records.write(lambda work: work.photos.put_upload(opened))
    return opened
