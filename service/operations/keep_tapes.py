"""Seal tapes by number: put up, taken down, looked at."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.custody import found
from service.domain.plane import Plane, to_plane
from service.domain.powers import Officer, Operation
from service.domain.seal_tapes import (
    Breach,
    Found,
    PlaceKind,
    SealCheck,
    SealTape,
    TakenDown,
    TapePlace,
)
from service.domain.tape_watch import check_tape as decide_check
from service.domain.tape_watch import known_tape
from service.domain.tape_watch import put_up_tape as decide_put_up
from service.domain.tape_watch import take_down_tape as decide_down
from service.operations.case import is_repeat
from service.operations.custody_desk import (
    Desk,
    is_made,
    must_be_photographed,
    must_serve,
    open_desk,
    record,
)
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.read_scene import scene_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUpTape:
    """A tape as it hangs; `shape` (a point or a line, WGS 84) is for the edge of a taped shape.

    `put_up_by` is the officer signed in where it is None.
    """

    scene_id: UUID
    id: UUID
    number: str
    kind: PlaceKind
    unit_ids: tuple[str, ...]
    door_id: str | None
    shape: BaseGeometry | None
    text: str
    photo_id: UUID
    put_up_at: datetime
    put_up_by: UUID | None
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownTape:
    """When it came down, and why."""

    scene_id: UUID
    tape_id: UUID
    at: datetime
    reason: str
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTape:
    """How a tape was found; a broken one with its breach."""

    scene_id: UUID
    id: UUID
    tape_id: UUID
    found: Found
    seen_at: datetime
    photo_ids: tuple[UUID, ...]
    breach: Breach | None
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeSeen:
    """A tape, with the plane that its edge lies in."""

    tape: SealTape
    plane: Plane

    @property
    def version(self) -> int:
        """The tape's: it becomes the ETag."""
        return self.tape.version


def put_up_tape(
    command: PutUpTape, *, officer: Officer, work: Work
) -> TapeSeen | Created[TapeSeen]:
    """Put a tape on record.

    Raises: Forbidden, SceneUnknown, Stale, CustodyNotOnRecord, and those of tape_watch.put_up_tape.
    """
    desk = open_desk(command.scene_id, Operation.KEEP_TAPES, officer=officer, work=work)
    tape = _tape(command, desk, officer)
    known = found(desk.custody.tapes, command.id)
    repeats = known is not None and _says_the_same(known, tape)
    if is_made(command.precondition, known, repeats=repeats) and known is not None:
        return _seen(desk, known)
    must_serve("/put_up_by", tape.put_up_by, work=work)
    must_be_photographed("/photo_id", tape.photo_id, desk=desk, work=work)
    then = scene_at(command.scene_id, command.put_up_at, work=work)
    event = decide_put_up(tape, custody=desk.custody, scene=desk.scene, then=then, now=work.now)
    record(desk, event, officer=officer, work=work)
    return Created(_seen(desk, event.tape))


def take_down_tape(command: TakeDownTape, *, officer: Officer, work: Work) -> TapeSeen:
    """Note that a tape came down.

    Raises: Forbidden, SceneUnknown, TapeUnknown, TapeDown, Stale, CustodyInvalid.
    """
    desk = open_desk(command.scene_id, Operation.KEEP_TAPES, officer=officer, work=work)
    tape = known_tape(desk.custody, command.tape_id)
    is_repeat(command.precondition, tape, repeats=False)
    down = TakenDown(at=command.at, by=officer.id, reason=command.reason)
    event = decide_down(tape, down, now=work.now)
    after = record(desk, event, officer=officer, work=work)
    return _seen(desk, known_tape(after, tape.id))


def check_tape(
    command: CheckTape, *, officer: Officer, work: Work
) -> SealCheck | Created[SealCheck]:
    """Put a look at a tape on record.

    Raises: Forbidden, SceneUnknown, Stale, CustodyNotOnRecord, and those of tape_watch.check_tape.
    """
    desk = open_desk(command.scene_id, Operation.KEEP_TAPES, officer=officer, work=work)
    check = _check(command, officer)
    known = found(desk.custody.checks, command.id)
    repeats = known is not None and replace(check, seen_by=known.seen_by) == known
    if is_made(command.precondition, known, repeats=repeats) and known is not None:
        return known
    must_be_photographed("/photo_ids/{n}", *check.photo_ids, desk=desk, work=work)
    event = decide_check(check, custody=desk.custody, now=work.now)
    record(desk, event, officer=officer, work=work)
    return Created(check)


def _seen(desk: Desk, tape: SealTape) -> TapeSeen:
    return TapeSeen(tape=tape, plane=desk.scene.record.plane)


def _tape(command: PutUpTape, desk: Desk, officer: Officer) -> SealTape:
    shape = command.shape
    return SealTape(
        id=command.id,
        version=1,
        number=command.number,
        place=TapePlace(
            kind=command.kind,
            unit_ids=command.unit_ids,
            door_id=command.door_id,
            shape=None if shape is None else to_plane(shape, plane=desk.scene.record.plane),
            text=command.text,
        ),
        photo_id=command.photo_id,
        put_up_at=command.put_up_at,
        put_up_by=command.put_up_by or officer.id,
    )


def _says_the_same(known: SealTape, tape: SealTape) -> bool:
    """Whether it was put up so; the units of a door are the plan's."""
    joined = known.place.unit_ids if known.place.kind is PlaceKind.DOOR else tape.place.unit_ids
    said = replace(tape, version=known.version, taken_down=known.taken_down)
    return replace(said, place=replace(tape.place, unit_ids=joined)) == known


def _check(command: CheckTape, officer: Officer) -> SealCheck:
    return SealCheck(
        id=command.id,
        version=1,
        tape_id=command.tape_id,
        found=command.found,
        seen_at=command.seen_at,
        seen_by=officer.id,
        photo_ids=command.photo_ids,
        breach=command.breach,
    )
