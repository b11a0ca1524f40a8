"""Findings that clear one hold each: evidence taken, a cause excluded, a hazard over."""

from service.domain.course import Course, clear
from service.domain.findings import CauseExcluded, EvidenceTaken, HazardCleared
from service.domain.holds import HoldKind
from service.domain.scene_events import Why
from service.domain.scene_refusals import (
    CustodyMissing,
    PhotoNeeded,
    TwoOfficersNeeded,
    WitnessNeeded,
)

OFFICERS = 2


def evidence_taken(course: Course, finding: EvidenceTaken) -> Course:
    """Clear the hold of a piece of evidence that was taken in due form (XF 839-2009 4.7.2).

    Raises: HoldUnknown, HoldCleared, HoldOfAnotherKind, TwoOfficersNeeded, WitnessNeeded,
    PhotoNeeded, CustodyMissing.
    """
    course.scene.live_hold(finding.hold_id, HoldKind.EVIDENCE)
    count = len(set(finding.officer_ids))
    if count < OFFICERS:
        raise TwoOfficersNeeded.at("/officer_ids", count=count)
    if not finding.witness.strip():
        raise WitnessNeeded.at("/witness")
    if not finding.photo_ids:
        raise PhotoNeeded.at("/photo_ids")
    if not finding.custody:
        raise CustodyMissing.at("/custody")
    return clear(course.then(finding), [finding.hold_id], why=Why.EVIDENCE_TAKEN)


def cause_excluded(course: Course, finding: CauseExcluded) -> Course:
    """Clear the area of a cause that is excluded.

    Raises: HoldUnknown, HoldCleared, HoldOfAnotherKind.
    """
    course.scene.live_hold(finding.hold_id, HoldKind.CAUSE_AREA)
    return clear(course.then(finding), [finding.hold_id], why=Why.CAUSE_EXCLUDED)


def hazard_cleared(course: Course, finding: HazardCleared) -> Course:
    """Clear a hazard on the word of an authorised officer.

    Raises: HoldUnknown, HoldCleared, HoldOfAnotherKind.
    """
    course.scene.live_hold(finding.hold_id, HoldKind.HAZARD)
    return clear(course.then(finding), [finding.hold_id], why=Why.SAFE)
