"""Decide what people outside see of a photo, and look at it as they would."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo import Photo, PreviewSize
from service.domain.powers import Officer, Operation
from service.domain.preview import Cover, PreviewRecipe
from service.domain.preview_refusals import ShowingUnknown
from service.domain.showing import Audience, Showing, ShowingDecided, must_lie_within, recipe_shown
from service.domain.words import Words
from service.operations.case import incident_for, is_repeat
from service.operations.outcome import Created, Precondition
from service.operations.photo_file import photo_of
from service.operations.ports import Work

STREAM = "photo-showing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPhoto:
    """To whom a photo shall be shown, and what shall be covered."""

    incident_id: UUID
    photo_id: UUID
    audience: Audience
    covers: tuple[Cover, ...]
    precondition: Precondition


def show_photo(command: ShowPhoto, *, officer: Officer, work: Work) -> Showing | Created[Showing]:
    """Put it on record, or decide anew; original and previews for officers stay as they are.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown, CoversInvalid, Stale.
    """
    incident_for(command.incident_id, Operation.SHOW_PHOTO, officer=officer, work=work)
    photo = photo_of(command.incident_id, command.photo_id, work=work)
    must_lie_within(command.covers, photo)
    before = work.showings.get(photo.id)
    said = (command.audience, command.covers)
    same = before is not None and said == (before.audience, before.covers)
    if is_repeat(command.precondition, before, repeats=same) and before is not None:
        return before
    previous = before.version if before else 0
    decided = Showing(
        id=photo.id,
        version=previous + 1,
        incident_id=command.incident_id,
        audience=command.audience,
        covers=command.covers,
        officer_id=officer.id,
        decided_at=work.now,
    )
    event = ShowingDecided(showing=decided)
    work.events.append(STREAM, photo.id, [event], expected=previous, officer_id=officer.id)
    work.showings.put(decided, previous=previous)
    return decided if before else Created(decided)


def read_showing(incident_id: UUID, photo_id: UUID, *, officer: Officer, work: Work) -> Showing:
    """What was decided for a photo.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown, ShowingUnknown.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    found = work.showings.get(photo_of(incident_id, photo_id, work=work).id)
    if found is None:
        raise ShowingUnknown(
            Fault(
                "/photo_id",
                Words("这张照片未公开", "the photo is shown to nobody outside"),
                Words("请带If-None-Match: *决定", "decide it, with If-None-Match: *"),
            )
        )
    return found


def photo_as_shown(
    incident_id: UUID, photo_id: UUID, size: PreviewSize, *, officer: Officer, work: Work
) -> tuple[Photo, PreviewRecipe]:
    """A photo and the preview that people outside would see, shown to them or not yet.

    Raises: IncidentUnknown, Forbidden, PhotoUnknown.
    """
    incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    photo = photo_of(incident_id, photo_id, work=work)
    decided = work.showings.get(photo.id)
    covers = decided.covers if decided else ()
    return photo, recipe_of(photo, size, covers, work=work)


def recipe_of(
    photo: Photo, size: PreviewSize, covers: tuple[Cover, ...], *, work: Work
) -> PreviewRecipe:
    """The preview that people outside see, with the number that the fire has by now."""
    return recipe_shown(
        size,
        covers=covers,
        incident_id=photo.incident_id,
        number=_number(photo.incident_id, work=work),
    )


def _number(incident_id: UUID, *, work: Work) -> str | None:
    registration = work.registrations.get(incident_id)
    if registration is not None:
        return registration.record.number
    procedure = work.procedures.get(incident_id)
    return procedure.record.number if procedure and procedure.record else None
