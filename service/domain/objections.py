"""Parties and their word: the certified list, no objection, objections and disputes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain.course import Course, clear
from service.domain.disputes import keep_for
from service.domain.findings import (
    DisputeDecided,
    NoObjectionStated,
    ObjectionDecided,
    ObjectionRaised,
    ObjectionWithdrawn,
    PartiesCertified,
    PartyNotReached,
)
from service.domain.holds import HoldKind
from service.domain.origin import weigh_origin_only
from service.domain.scene_events import Why
from service.domain.scene_refusals import (
    NotServedTwice,
    NotTheLeadOfficer,
    ObjectionClosed,
    PartyNotListed,
    StatementBeforeObjection,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """When a party counts as not reached: served so often, so many days apart (settings)."""

    times: int = 2
    days_apart: int = 3


SERVICE = Service()


def parties_certified(course: Course, finding: PartiesCertified) -> Course:
    """Certify who the parties are; a party added later undoes nothing.

    Raises: NotTheLeadOfficer.
    """
    _must_lead(course)
    return weigh_origin_only(course.then(finding))


def no_objection_stated(course: Course, finding: NoObjectionStated) -> Course:
    """Record a party's signed statement of no objection to cause and responsibility.

    Raises: StatementBeforeObjection: an older one does not come back by itself (sealing.md).
    """
    objections = course.scene.record.objections.values()
    own = [each for each in objections if each.party_id == finding.party_id]
    objected_at = max((each.said_at or each.raised_at for each in own), default=None)
    if finding.stated_at and objected_at and finding.stated_at <= objected_at:
        raise StatementBeforeObjection.at(
            "/statement_id", stated_at=finding.stated_at, objected_at=objected_at
        )
    return weigh_origin_only(course.then(finding))


def party_not_reached(course: Course, finding: PartyNotReached) -> Course:
    """Go on without a party that was served in vain.

    Raises: PartyNotListed, NotServedTwice.
    """
    listed = {party.party_id for party in course.scene.record.parties or ()}
    if finding.party_id not in listed:
        raise PartyNotListed.at("/party_id", party_id=finding.party_id)
    if not _was_served(finding.served_at, now=course.now, service=SERVICE):
        raise NotServedTwice.at("/served_at", times=SERVICE.times, days=SERVICE.days_apart)
    return weigh_origin_only(course.then(finding))


def objection_raised(course: Course, finding: ObjectionRaised) -> Course:
    """Record an objection at once; what is open already stays open."""
    return course.then(finding)


def objection_decided(course: Course, finding: ObjectionDecided) -> Course:
    """Keep an area for the objection, or none.

    Raises: NotTheLeadOfficer, ObjectionUnknown, ObjectionClosed, NothingToKeep.
    """
    _must_lead(course)
    objection = course.scene.objection(finding.objection_id)
    if not objection.is_open:
        raise ObjectionClosed.at("/objection_id")
    course = course.then(finding)
    if finding.keeps:
        course = keep_for(course, objection, finding)
    return weigh_origin_only(course)


def objection_withdrawn(course: Course, finding: ObjectionWithdrawn) -> Course:
    """Take an objection back; the dispute kept for it ends.

    Raises: ObjectionUnknown, ObjectionClosed.
    """
    objection = course.scene.objection(finding.objection_id)
    if objection.withdrawn:
        raise ObjectionClosed.at("/objection_id")
    course = course.then(finding)
    if any(each.hold.id == objection.dispute for each in course.scene.live()):
        course = clear(course, [objection.dispute or objection.id], why=Why.WITHDRAWN)
    return weigh_origin_only(course)


def dispute_decided(course: Course, finding: DisputeDecided) -> Course:
    """End the hold of a dispute that is decided.

    Raises: HoldUnknown, HoldCleared, HoldOfAnotherKind.
    """
    course.scene.live_hold(finding.hold_id, HoldKind.DISPUTE)
    course = clear(course.then(finding), [finding.hold_id], why=Why.DECIDED)
    return weigh_origin_only(course)


def _must_lead(course: Course) -> None:
    if course.by.id != course.scene.record.lead_officer_id:
        raise NotTheLeadOfficer.at("")


def _was_served(served_at: tuple[datetime, ...], *, now: datetime, service: Service) -> bool:
    """Whether enough services lie far enough apart, none of them in the future."""
    counted: list[datetime] = []
    for at in sorted(served_at):
        if at <= now and (not counted or at - counted[-1] >= timedelta(days=service.days_apart)):
            counted.append(at)
    return len(counted) >= service.times
