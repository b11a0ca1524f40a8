"""Whether one more upload fits in, at its fire and from its device."""

from service.domain.photo_limits import device_must_have_room, incident_must_have_room
from service.domain.powers import Officer
from service.domain.upload import Upload, UploadPart
from service.operations.ports import PhotoRoom, Work


def must_have_room(
    upload: Upload | UploadPart, *, officer: Officer, room: PhotoRoom, work: Work
) -> None:
    """See that it fits in before it is put on record; of unknown length it may become the longest.

    A device is what an officer sends from under one name; a part counts for the device alone, a
    final upload for the incident alone: its bytes are those of its parts.
    Raises: IncidentPhotosFull, IncidentBytesFull, DeviceTooBusy.
    """
    most_bytes = room.at_most_bytes
    size_bytes = _size_bytes(upload, most_bytes=most_bytes, work=work)
    device = None
    if isinstance(upload, Upload):
        load = work.photos.load_of_incident(upload.incident_id, most_bytes=most_bytes)
        incident_must_have_room(load, size_bytes=size_bytes, limits=room.limits)
        device = upload.device
        if upload.parts:
            return
    load = work.photos.load_of_device(officer.id, device, most_bytes=most_bytes)
    device_must_have_room(load, size_bytes=size_bytes, limits=room.limits)


def _size_bytes(upload: Upload | UploadPart, *, most_bytes: int, work: Work) -> int:
    """What it has, or its parts have, or what it may come to have."""
    if isinstance(upload, Upload) and upload.parts:
        parts = (work.photos.upload(id) for id in upload.parts)
        return sum(part.size_bytes or 0 for part in parts if part is not None)
    return most_bytes if upload.size_bytes is None else upload.size_bytes
