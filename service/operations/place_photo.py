"""Say where a photo was taken from, and which way it looked."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.errors import Fault
from service.domain.located import Located
from service.domain.photo_refusals import StandpointUnknown
from service.domain.powers import Officer, Operation
from service.domain.standpoint import Standpoint, StandpointPlaced
from service.domain.words import Words
from service.operations.case import incident_for, is_repeat
from service.operations.outcome import Created, Precondition
from service.operations.photo_file import photo_of
from service.operations.ports import Work

STREAM = "photo-standpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePhoto:
    """A standpoint as it shall be."""

    incident_id: UUID
    photo_id: UUID
    level: str | None
    location: Located
    looking_deg: float | None
    precondition: Precondition

    def said(self) -> tuple[str | None, Located, float | None]:
        """What would be on record."""
        return self.level, self.location, self.looking_deg


def place_photo(
    command: PlacePhoto, *, officer: Officer, work: Work
) -> Standpoint | Created[Standpoint]:
    """Put the standpoint on record, or put it right; what phone and file say stays beside it.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown, LevelUnknown, Stale.
    """
    incident_for(command.incident_id, Operation.PLACE_PHOTO, officer=officer, work=work)
    photo = photo_of(command.incident_id, command.photo_id, work=work)
    _level_must_be_known(command, work=work)
    before = work.photo_marks.standpoint(photo.id)
    same = before is not None and command.said() == (
        before.level,
        before.location,
        before.looking_deg,
    )
    if is_repeat(command.precondition, before, repeats=same) and before is not None:
        return before
    previous = before.version if before else 0
    placed = Standpoint(
        id=photo.id,
        version=previous + 1,
        incident_id=command.incident_id,
        level=command.level,
        location=command.location,
        looking_deg=command.looking_deg,
        officer_id=officer.id,
        placed_at=work.now,
    )
    event = StandpointPlaced(standpoint=placed)
    work.events.append(STREAM, photo.id, [event], expected=previous, officer_id=officer.id)
    work.photo_marks.put_standpoint(placed, previous=previous)
    return placed if before else Created(placed)


def read_standpoint(
    incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work
) -> Standpoint:
    """Where a photo was taken from, by an officer's word.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown, StandpointUnknown.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    found = work.photo_marks.standpoint(photo_of(incident_id, photo_id, work=work).id)
    if found is None:
        raise StandpointUnknown(
            Fault(
                "/photo_id",
                Words("还没有人填写拍摄位置", "nobody has said where it was taken from"),
                Words("请带If-None-Match: *填写", "say it, with If-None-Match: *"),
            )
        )
    return found


def _level_must_be_known(command: PlacePhoto, *, work: Work) -> None:
    """Where the fire's scene has a plan, the level is one of it. Raises: LevelUnknown."""
    scene_id = work.scenes.of_incident(command.incident_id)
    scene = None if scene_id is None else work.scenes.get(scene_id)
    if command.level is not None and scene is not None and scene.plan.levels:
        scene.plan.on(command.level, pointer="/level")
