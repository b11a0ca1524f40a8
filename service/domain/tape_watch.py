"""Decisions on seal tapes: put up, taken down, looked at; which are due, which should come down."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from service.domain.custody import Custody, found
from service.domain.custody_refusals import (
    BreachNeeded,
    CustodyInvalid,
    DoorUnknown,
    PlaceNotSealed,
    TapeDown,
    TapeNumberUsed,
    TapeUnknown,
)
from service.domain.doorways import doorways
from service.domain.report_checks import time_faults
from service.domain.scene import Scene
from service.domain.seal_tapes import (
    Found,
    PlaceKind,
    SealCheck,
    SealTape,
    TakenDown,
    TapeChecked,
    TapePlace,
    TapePutUp,
    TapeTakenDown,
)

EDGE_M = 0.5
"""A tape along an edge stands while something sealed lies within this; as far as taping reaches."""


def put_up_tape(
    tape: SealTape, *, custody: Custody, scene: Scene, then: Scene | None, now: datetime
) -> TapePutUp:
    """Put a tape on record where something is sealed; its number is its own at the scene.

    `then` is the scene as it stood when the tape was put up (None: not open yet): what was sealed
    then and is open since is recorded too, and listed as to be taken down.
    Raises: TapeNumberUsed, DoorUnknown, PlaceNotSealed, CustodyInvalid.
    """
    if any(each.number == tape.number for each in custody.tapes):
        raise TapeNumberUsed.at("/number", number=tape.number)
    must_be_past("/put_up_at", tape.put_up_at, now=now)
    placed = replace(tape, place=_joined(tape.place, scene))
    if not any(is_needed(placed, each) for each in (scene, then) if each is not None):
        raise PlaceNotSealed.at("/place")
    return TapePutUp(tape=placed)


def take_down_tape(tape: SealTape, taken_down: TakenDown, *, now: datetime) -> TapeTakenDown:
    """Note that a tape came down. Raises: TapeDown, CustodyInvalid."""
    if tape.taken_down is not None:
        raise TapeDown.at("/tape_id")
    must_be_past("/at", taken_down.at, now=now)
    return TapeTakenDown(tape_id=tape.id, taken_down=taken_down)


def check_tape(check: SealCheck, *, custody: Custody, now: datetime) -> TapeChecked:
    """Note how a tape was found. Raises: TapeUnknown, TapeDown, BreachNeeded, CustodyInvalid."""
    tape = known_tape(custody, check.tape_id)
    if tape.taken_down is not None and check.seen_at > tape.taken_down.at:
        raise TapeDown.at("/tape_id")
    if (check.found is Found.BROKEN) != (check.breach is not None):
        raise BreachNeeded.at("/breach")
    must_be_past("/seen_at", check.seen_at, now=now)
    return TapeChecked(check=check)


def known_tape(custody: Custody, tape_id: UUID) -> SealTape:
    """Return one tape. Raises: TapeUnknown."""
    tape = found(custody.tapes, tape_id)
    if tape is None:
        raise TapeUnknown.at("/tape_id")
    return tape


def last_check(custody: Custody, tape: SealTape) -> SealCheck | None:
    """The latest look at a tape."""
    looks = [each for each in custody.checks if each.tape_id == tape.id]
    return max(looks, key=lambda each: each.seen_at, default=None)


def due_at(custody: Custody, tape: SealTape, *, every: timedelta) -> datetime | None:
    """When a tape is to be looked at next; None where it is down or broken: it is replaced."""
    last = last_check(custody, tape)
    if tape.taken_down is not None or (last is not None and last.found is Found.BROKEN):
        return None
    return max(tape.put_up_at, last.seen_at if last else tape.put_up_at) + every


def due_for_check(custody: Custody, *, every: timedelta, now: datetime) -> tuple[SealTape, ...]:
    """Tapes that nobody has looked at for so long."""
    due = ((tape, due_at(custody, tape, every=every)) for tape in custody.tapes)
    return tuple(tape for tape, at in due if at is not None and at <= now)


def to_take_down(custody: Custody, scene: Scene) -> tuple[SealTape, ...]:
    """Tapes that hang where nothing is sealed any more."""
    hanging = (tape for tape in custody.tapes if tape.taken_down is None)
    return tuple(tape for tape in hanging if not is_needed(tape, scene))


def is_needed(tape: SealTape, scene: Scene) -> bool:
    """Whether something is sealed where the tape is."""
    place = tape.place
    units = set(scene.parts(place.unit_ids)) & scene.seal.sealed_units()
    if place.kind is not PlaceKind.EDGE or place.shape is None:
        return bool(units)
    cells = (cell for cell in scene.seal.cells if cell.unit in units and not cell.crumb)
    return any(cell.shape.distance(place.shape) <= EDGE_M for cell in cells)


def must_be_past(pointer: str, moment: datetime, *, now: datetime) -> None:
    """Raises: CustodyInvalid when the time lies in the future, or long ago."""
    faults = [*time_faults(pointer, moment, now)]
    if faults:
        raise CustodyInvalid(*faults)


def _joined(place: TapePlace, scene: Scene) -> TapePlace:
    """A door with the units it joins, as the plan has it now."""
    if place.kind is not PlaceKind.DOOR:
        return place
    for opening in scene.plan.openings:
        if opening.id == place.door_id:
            alone = replace(scene.plan, openings=(opening,))
            sides = [side for each in doorways(alone) for side in each.sides if side is not None]
            return replace(place, unit_ids=tuple(side.id for side in sides))
    raise DoorUnknown.at("/place/door_id", door_id=place.door_id)
