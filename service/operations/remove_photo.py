"""Take a photo out of its fire's file, on record; its bytes stay."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.photo_removal import Removal, RemovalGround, remove, standing
from service.domain.powers import Officer, Operation
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.photo_file import photo_of
from service.operations.ports import Work

STREAM = "photo-removal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePhoto:
    """Which photo, and why."""

    incident_id: UUID
    photo_id: UUID
    ground: RemovalGround
    reason: str


def remove_photo(
    command: RemovePhoto, *, officer: Officer, work: Work
) -> Removal | Created[Removal]:
    """Put the removal on record with who did it and in which role; the same again is answered so.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown, PhotoRemovedAlready.
    """
    incident_for(command.incident_id, Operation.REMOVE_PHOTO, officer=officer, work=work)
    photo = photo_of(command.incident_id, command.photo_id, work=work)
    earlier = work.photo_marks.removal(photo.id)
    if earlier is not None:
        return standing(earlier, ground=command.ground, reason=command.reason)
    event = remove(
        photo.id,
        command.incident_id,
        ground=command.ground,
        reason=command.reason,
        officer=officer,
        now=work.now,
    )
    work.events.append(STREAM, photo.id, [event], expected=0, officer_id=officer.id)
    work.photo_marks.remove(event.removal)
    return Created(event.removal)
