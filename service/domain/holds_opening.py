"""Opening holds: before the seal is set, or inside it. Nothing new is ever sealed silently."""

from dataclasses import replace

from service.domain.claims import Claim, claim, must_be_on
from service.domain.course import Course, clear
from service.domain.findings import HoldOpened, QuestionAnswered
from service.domain.holds import Hold, HoldKind
from service.domain.scene import HoldRecord
from service.domain.scene_events import CellsSplit, HoldPlaced, Why
from service.domain.scene_refusals import (
    HoldIdUsed,
    HoldOfAnotherKind,
    LevelsMissing,
    NotAsked,
    SealAlreadySet,
)
from service.domain.splitting import split

BY_OTHER_FINDINGS = frozenset({HoldKind.AREA_OF_ORIGIN, HoldKind.DISPUTE})
"""These are opened by establishing the origin and by deciding an objection."""


def hold_opened(course: Course, finding: HoldOpened) -> Course:
    """Open a hold: it counts inside the seal; its part outside needs an extension.

    Raises: HoldOfAnotherKind, HoldIdUsed, LevelsMissing, FixTooCoarse, UnitUnknown, LevelUnknown,
    SealAlreadySet (a hold replaced inside the seal).
    """
    if finding.kind in BY_OTHER_FINDINGS:
        raise HoldOfAnotherKind.at("/hold_kind", kind=finding.kind.value)
    hold = Hold(
        id=finding.id,
        kind=finding.kind,
        shapes=finding.shape,
        accuracy_m=finding.accuracy_m,
        margin_m=finding.margin_m,
        levels=finding.levels,
        named_units=finding.named_units,
        not_units=finding.not_units,
        opened_by=course.by.id,
        opened_at=course.now,
        ground=finding.ground,
        label=finding.label,
    )
    course = course.then(finding)
    if finding.replaces is not None:
        if course.scene.is_sealed:
            raise SealAlreadySet.at("/replaces")
        course.scene.live_hold(finding.replaces, finding.kind)
        course = clear(course, [finding.replaces], why=Why.REPLACED)
    return place_hold(course, hold)


def place_hold(course: Course, hold: Hold) -> Course:
    """Lay a new hold over the scene: splits cells, releases nothing, seals nothing new.

    Raises: HoldIdUsed, LevelsMissing, and those of a claim.
    """
    if hold.id in course.scene.record.holds:
        raise HoldIdUsed.at("/id")
    if not hold.levels:
        raise LevelsMissing.at("/levels")
    must_be_on(course.scene.plan, hold)
    return lay_claim(course, hold, claim_of(course, hold))


def claim_of(course: Course, hold: Hold) -> Claim:
    """What the hold needs, on the plan that findings are decided on."""
    return claim(course.scene.plan, hold, axes=course.scene.record.plane.axes)


def lay_claim(course: Course, hold: Hold, claimed: Claim) -> Course:
    """Place a hold by a claim made for it: inside the seal it counts, outside it is listed."""
    placed = HoldPlaced(
        hold=hold, questions=claimed.questions, claims_nothing=claimed.reaches_nothing
    )
    if not course.scene.is_sealed:
        return course.then(placed)
    record = course.scene.record
    laid = split(course.scene.seal.cells, course.scene.plan, claimed, next_id=record.next_cell)
    course = course.then(replace(placed, outside=laid.outside))
    if laid.made or laid.joined:
        course = course.then(CellsSplit(split=replace(laid, outside={}), hold_id=hold.id))
    return course


def question_answered(course: Course, finding: QuestionAnswered) -> Course:
    """Say of units only just overlapped whether the hold reaches them.

    Raises: HoldUnknown, HoldCleared, NotAsked.
    """
    record = course.scene.live_hold(finding.hold_id)
    asked = {question.unit_id for question in record.questions}
    for name in ("reaches", "reaches_not"):
        for n, unit_id in enumerate(getattr(finding, name)):
            if unit_id not in asked:
                raise NotAsked.at(f"/{name}/{n}", unit_id=unit_id)
    hold = replace(
        record.hold,
        named_units=(*record.hold.named_units, *finding.reaches),
        not_units=(*record.hold.not_units, *finding.reaches_not),
    )
    course = course.then(finding)
    if not course.scene.is_sealed:
        return lay_claim(course, hold, claim_of(course, hold))
    return _reach(course, replace(record, hold=hold), finding)


def _reach(course: Course, record: HoldRecord, finding: QuestionAnswered) -> Course:
    scene = course.scene
    answered = {*finding.reaches, *finding.reaches_not}
    more = Claim(hold_id=record.hold.id, whole=frozenset(finding.reaches), bare={}, taped={})
    laid = split(scene.seal.cells, scene.plan, more, next_id=scene.record.next_cell)
    course = course.then(
        HoldPlaced(
            hold=record.hold,
            questions=tuple(q for q in record.questions if q.unit_id not in answered),
            outside=record.outside | laid.outside,
            claims_nothing=record.claims_nothing and not finding.reaches,
        )
    )
    if laid.joined:
        course = course.then(CellsSplit(split=replace(laid, outside={}), hold_id=record.hold.id))
    return course
