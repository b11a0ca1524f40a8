"""Extensions: more is sealed, on the word of a second officer of higher role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell, Split
from service.domain.claims import Claim, must_be_on
from service.domain.course import Course
from service.domain.drawing_seal import draw_seal
from service.domain.errors import Refusal
from service.domain.findings import Remedy
from service.domain.holds import Hold, HoldKind
from service.domain.holds_opening import claim_of
from service.domain.plan import UnitKind
from service.domain.scene import Extension, HoldRecord, Scene
from service.domain.scene_events import (
    ExtensionApproved,
    ExtensionAsked,
    ExtensionLapsed,
    HoldPlaced,
    HoldsLeft,
    Outside,
    SealExtended,
    Why,
)
from service.domain.scene_refusals import (
    ExtensionClosed,
    ExtensionIdUsed,
    HoldIdUsed,
    HoldOfAnotherKind,
    NothingToExtend,
    OnlyHazardAtOnce,
    OwnExtension,
    SealAlreadySet,
)
from service.domain.splitting import extend, split
from service.domain.survey import LEAST_M2
from service.domain.tape import tape
from service.domain.way_kept import keep_way_out

PROVISIONAL = timedelta(hours=4)
"""How long a hazard taken at once stands without approval (a setting)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """More to be sealed: for a new `hold`, for a live hold's part outside, or the seal itself."""

    id: UUID
    reason: str
    hold_id: UUID | None = None
    hold: Hold | None = None
    at_once: bool = False
    remedies: tuple[Remedy, ...] = ()


def ask_extension(course: Course, asking: Asking) -> Course:
    """Ask for an extension; a hazard taken at once joins now, and lapses unless approved.

    Raises: ExtensionIdUsed, SealNotSet, SealAlreadySet, HoldIdUsed, HoldOfAnotherKind,
    HoldUnknown, HoldCleared, NothingToExtend, OnlyHazardAtOnce, ShutsIn, and those of a claim.
    """
    if asking.id in course.scene.record.extensions:
        raise ExtensionIdUsed.at("/id")
    kind = _kind(course, asking)
    if asking.at_once and kind is not HoldKind.HAZARD:
        raise OnlyHazardAtOnce.at("/at_once")
    event = ExtensionAsked(
        id=asking.id,
        reason=asking.reason,
        hold_id=asking.hold_id,
        hold=asking.hold,
        lapses_at=course.now + PROVISIONAL if asking.at_once else None,
        remedies=asking.remedies,
    )
    course = course.then(event)
    return _take_effect(course, asking.id) if asking.at_once else course


def approve_extension(
    course: Course, extension_id: UUID, *, ground: str, remedies: tuple[Remedy, ...] = ()
) -> Course:
    """Approve an extension as a second officer: its cells join, unless they have already.

    Raises: ExtensionUnknown, ExtensionClosed, OwnExtension, ShutsIn, and those of a claim.
    """
    if course.scene.extension(extension_id).asked_by == course.by.id:
        raise OwnExtension.at("/id")
    return approved(course, extension_id, ground=ground, remedies=remedies)


def approved(
    course: Course, extension_id: UUID, *, ground: str, remedies: tuple[Remedy, ...] = ()
) -> Course:
    """The extension's cells join, whoever looks at it.

    Raises: ExtensionUnknown, ExtensionClosed, ShutsIn, and those of a claim.
    """
    extension = course.scene.extension(extension_id)
    if extension.approved_by is not None or extension.lapsed:
        raise ExtensionClosed.at("/id")
    course = course.then(ExtensionApproved(id=extension_id, ground=ground, remedies=remedies))
    return course if extension.provisional else _take_effect(course, extension_id)


def lapse_due(course: Course) -> Course:
    """Let lapse every provisional extension whose time is over; asks no geometry."""
    for extension in tuple(due(course.scene, course.now)):
        course = _lapse(course, extension)
    return course


def due(scene: Scene, now: datetime) -> Iterator[Extension]:
    """The provisional extensions whose time is over."""
    for each in scene.record.extensions.values():
        if each.provisional and each.lapses_at is not None and each.lapses_at <= now:
            yield each


def _lapse(course: Course, extension: Extension) -> Course:
    seal = course.scene.seal
    joined = set(extension.cells)
    holds = [id for id in sorted(seal.holds()) if seal.cells_of(id) & joined]
    cells = sorted(joined & {cell.id for cell in seal.cells})
    live = {each.hold.id for each in course.scene.live()}
    again = {id: outside for id, outside in extension.before.items() if id in live}
    clearing = seal.weigh_clearing(holds, cells)
    course = course.then(ExtensionLapsed(id=extension.id))
    return course.then(HoldsLeft(why=Why.LAPSED, clearing=clearing, outside=again))


def _kind(course: Course, asking: Asking) -> HoldKind | None:
    scene = course.scene
    if asking.hold is not None:
        scene.must_be_sealed()
        if asking.hold.kind in (HoldKind.DISPUTE, HoldKind.AREA_OF_ORIGIN):
            raise HoldOfAnotherKind.at("/hold/hold_kind", kind=asking.hold.kind.value)
        if asking.hold.id in scene.record.holds:
            raise HoldIdUsed.at("/id")
        if _claim_of_new(course, asking.hold).reaches_nothing:
            raise NothingToExtend.at("/hold")
        return asking.hold.kind
    if asking.hold_id is not None:
        record = scene.live_hold(asking.hold_id)
        if not record.outside:
            raise NothingToExtend.at("/hold_id")
        return record.hold.kind
    if scene.is_sealed:
        raise SealAlreadySet.at("/hold")
    return None


def _claim_of_new(course: Course, hold: Hold) -> Claim:
    """What a new hold needs; whatever is wrong with it stands under `hold` in the body."""
    try:
        must_be_on(course.scene.plan, hold)
        return claim_of(course, hold)
    except Refusal as refusal:
        refusal.within("/hold")
        raise


def _take_effect(course: Course, extension_id: UUID) -> Course:
    extension = course.scene.extension(extension_id)
    granted = _grant(course, extension)
    return keep_way_out(course.scene, granted, remedies=extension.remedies)


def _grant(course: Course, extension: Extension) -> Course:
    if extension.hold is not None:
        return _extend_by_new_hold(course, extension.id, extension.hold)
    if extension.hold_id is not None:
        record = course.scene.live_hold(extension.hold_id)
        if not record.outside:
            raise NothingToExtend.at("/hold_id")
        return _extend(course, extension.id, _claim_outside(course.scene, record))
    if course.scene.is_sealed:
        raise SealAlreadySet.at("/hold")
    return draw_seal(course)


def _extend_by_new_hold(course: Course, extension_id: UUID, hold: Hold) -> Course:
    claimed = claim_of(course, hold)
    scene = course.scene
    beyond = split(scene.seal.cells, scene.plan, claimed, next_id=scene.record.next_cell).outside
    placed = HoldPlaced(hold=hold, questions=claimed.questions, outside=beyond)
    return _extend(course.then(placed), extension_id, claimed)


def _extend(course: Course, extension_id: UUID, claimed: Claim) -> Course:
    scene = course.scene
    others = [each for each in scene.live() if each.outside and each.hold.id != claimed.hold_id]
    laid = extend(
        scene.seal.cells,
        scene.plan,
        claimed,
        others=[_claim_outside(scene, each) for each in others],
        next_id=scene.record.next_cell,
    )
    joined = [cell for cell in laid.made if cell.id not in laid.parents]
    outside = {each.hold.id: _less_joined(each, joined) for each in others}
    event = SealExtended(
        extension_id=extension_id,
        hold_id=claimed.hold_id,
        split=Split(
            made=laid.made, gone=laid.gone, parents=laid.parents, joined=laid.joined, outside={}
        ),
        outside={claimed.hold_id: {}, **outside},
    )
    return course.then(event)


def _claim_outside(scene: Scene, record: HoldRecord) -> Claim:
    """What a live hold still claims beyond the seal, taped."""
    closed = {id for id in record.outside if scene.plan.unit(id).kind is UnitKind.CLOSED}
    bare = {id: shape for id, shape in record.outside.items() if id not in closed}
    return Claim(
        hold_id=record.hold.id,
        whole=frozenset(closed),
        bare=bare,
        taped={id: _taped(scene, id, shape) for id, shape in bare.items()},
    )


def _taped(scene: Scene, unit_id: str, bare: BaseGeometry) -> BaseGeometry:
    sealed = [shapely.from_wkb(cell.wkb) for cell in scene.seal.cells if cell.unit == unit_id]
    taped = tape(bare, axes=scene.record.plane.axes) & scene.plan.unit(unit_id).shape
    return (taped - shapely.union_all(sealed)) | bare


def _less_joined(record: HoldRecord, joined: list[Cell]) -> Outside:
    """What a hold claims beyond the seal once these cells have joined it."""
    mine = [cell for cell in joined if record.hold.id in cell.holds]
    rest = {}
    for id, shape in record.outside.items():
        here = [shapely.from_wkb(cell.wkb) for cell in mine if cell.unit == id]
        left = shape - shapely.union_all(here)
        if left.area > LEAST_M2:
            rest[id] = left
    return rest
