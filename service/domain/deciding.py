"""One door for every finding: the same path for the truth, for a preview and for what-if."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain import findings as f
from service.domain.course import Course
from service.domain.dividing import unit_divided
from service.domain.evidence import cause_excluded, evidence_taken, hazard_cleared
from service.domain.extensions import lapse_due
from service.domain.findings import Finding
from service.domain.holds_opening import hold_opened, question_answered
from service.domain.objections import (
    dispute_decided,
    no_objection_stated,
    objection_decided,
    objection_raised,
    objection_withdrawn,
    parties_certified,
    party_not_reached,
)
from service.domain.origin import origin_established
from service.domain.powers import Officer, Operation
from service.domain.release import whole_released
from service.domain.scene import Scene
from service.domain.scene_events import LeadChanged
from service.domain.scene_refusals import SceneReleased
from service.domain.sealing_set import seal_reviewed, seal_set
from service.domain.survey import survey_finished
from service.domain.way_kept import keep_way_out

_DECISIONS: dict[type[Finding], Callable[[Course, Any], Course]] = {
    f.HoldOpened: hold_opened,
    f.QuestionAnswered: question_answered,
    f.SealSet: seal_set,
    f.SealReviewed: seal_reviewed,
    f.SurveyFinished: survey_finished,
    f.CauseExcluded: cause_excluded,
    f.EvidenceTaken: evidence_taken,
    f.OriginEstablished: origin_established,
    f.PartiesCertified: parties_certified,
    f.NoObjectionStated: no_objection_stated,
    f.PartyNotReached: party_not_reached,
    f.ObjectionRaised: objection_raised,
    f.ObjectionDecided: objection_decided,
    f.ObjectionWithdrawn: objection_withdrawn,
    f.DisputeDecided: dispute_decided,
    f.HazardCleared: hazard_cleared,
    f.UnitDivided: unit_divided,
    f.WholeReleased: whole_released,
}

_POWERS: dict[type[Finding], Operation] = {
    f.SealSet: Operation.SET_SEAL,
    f.PartyNotReached: Operation.CONFIRM_NOT_REACHED,
    f.ObjectionDecided: Operation.DECIDE_OBJECTION,
    f.HazardCleared: Operation.CLEAR_HAZARD,
    f.WholeReleased: Operation.RELEASE_SCENE,
}


def power_for(finding: Finding) -> Operation:
    """The power that a finding of this kind asks for."""
    return _POWERS.get(type(finding), Operation.RECORD_FINDING)


def begin(scene: Scene, *, by: Officer, now: datetime, lead: UUID | None = None) -> Course:
    """Begin a decision on the scene as it is now: what was due to lapse has lapsed.

    `lead` is who leads the survey now (None: as before).
    Raises: SceneReleased.
    """
    if scene.record.released is not None:
        raise SceneReleased.at("")
    course = lapse_due(Course(scene=scene, by=by, now=now))
    if lead is None or lead == scene.record.lead_officer_id:
        return course
    return course.then(LeadChanged(lead_officer_id=lead))


def decide(course: Course, findings: Iterable[Finding]) -> Course:
    """Decide findings one after the other; the course carries the events and the scene after.

    Raises: whatever the first finding that cannot be recorded raises.
    """
    for finding in findings:
        before = course.scene
        course = _DECISIONS[type(finding)](course, finding)
        remedies = finding.remedies if isinstance(finding, f.SealSet) else ()
        course = keep_way_out(before, course, remedies=remedies)
    return course
