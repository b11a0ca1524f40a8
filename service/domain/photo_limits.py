"""How much photos may take up: at one fire, and on the way from one device.

What is under way counts as what it may become; what was removed still counts, for it is kept.
"""

from dataclasses import dataclass

from service.domain.errors import Fault
from service.domain.photo_refusals import DeviceTooBusy, IncidentBytesFull, IncidentPhotosFull
from service.domain.words import Words

RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLimits:
    """Photos and bytes of one incident, on record and under way; uploads under way of a device."""

    incident_photos: int
    incident_bytes: int
    device_uploads: int
    device_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many photos or uploads there are, and their bytes."""

    count: int
    size_bytes: int


def incident_must_have_room(load: Load, *, size_bytes: int, limits: PhotoLimits) -> None:
    """See that one more photo fits in with what the incident has and expects.

    Raises: IncidentPhotosFull, IncidentBytesFull.
    """
    if load.count >= limits.incident_photos:
        raise IncidentPhotosFull(
            Fault(
                "/incident_id",
                Words(
                    f"该火情已有{load.count}张照片（含上传中），上限{limits.incident_photos}张",
                    f"the incident has {load.count} photos, those under way included; "
                    f"{limits.incident_photos} are taken",
                ),
                Words(
                    "请放弃不需要的上传，或请管理员调整上限",
                    "give up uploads that are not needed, or ask the administrator for more",
                ),
            ),
            limit=limits.incident_photos,
        )
    if load.size_bytes + size_bytes > limits.incident_bytes:
        raise IncidentBytesFull(
            Fault(
                "/headers/Upload-Length",
                Words(
                    f"该火情的照片共{load.size_bytes}字节，再加{size_bytes}字节将超过上限"
                    f"{limits.incident_bytes}",
                    f"the incident's photos have {load.size_bytes} bytes; with {size_bytes} more "
                    f"they would pass {limits.incident_bytes}",
                ),
                Words(
                    "请减小照片，或请管理员调整上限", "send less, or ask the administrator for more"
                ),
            ),
            limit=limits.incident_bytes,
        )


def device_must_have_room(load: Load, *, size_bytes: int, limits: PhotoLimits) -> None:
    """See that one more upload fits in with what this device has under way.

    Raises: DeviceTooBusy.
    """
    if load.count >= limits.device_uploads or load.size_bytes + size_bytes > limits.device_bytes:
        raise DeviceTooBusy(
            Fault(
                "/device",
                Words(
                    f"该设备有{load.count}个未完成的上传，共{load.size_bytes}字节；"
                    f"上限{limits.device_uploads}个、{limits.device_bytes}字节",
                    f"this device has {load.count} uploads under way, {load.size_bytes} bytes; "
                    f"at most {limits.device_uploads} and {limits.device_bytes} bytes are taken",
                ),
                Words("请先完成或放弃已有的上传", "finish those, or give them up, first"),
            ),
            retry_after=RETRY_AFTER_SECONDS,
        )
