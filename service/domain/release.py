"""Release of the whole place, with its record."""

from service.domain.course import Course, clear
from service.domain.findings import WholeReleased
from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.scene import Scene
from service.domain.scene_events import Why
from service.domain.scene_refusals import HazardOrDisputeStands, HoldsNotAnsweredFor
from service.domain.words import Words


def whole_released(course: Course, finding: WholeReleased) -> Course:
    """Hand the whole place back: every live hold is answered for and thereby cleared.

    Raises: SealNotSet, HazardOrDisputeStands, HoldsNotAnsweredFor.
    """
    course.scene.must_be_sealed()
    standing = _standing(course.scene)
    if standing:
        what = Words("；".join(x.zh for x in standing), "; ".join(x.en for x in standing))
        raise HazardOrDisputeStands.at("/answers", what=what)
    holds = [each.hold.id for each in course.scene.live()]
    silent = [str(id) for id in holds if not finding.answers.get(id, "").strip()]
    if silent:
        raise HoldsNotAnsweredFor.at("/answers", hold_ids=silent)
    return clear(course.then(finding), holds, why=Why.RELEASED)


def _standing(scene: Scene) -> list[Words]:
    """What bars the release: hazards, disputes, undecided objections."""
    bars = [
        Words(
            f"{HOLD_NAMES[each.hold.kind].zh} {each.hold.id}",
            f"{HOLD_NAMES[each.hold.kind].en} {each.hold.id}",
        )
        for each in scene.live(HoldKind.HAZARD, HoldKind.DISPUTE)
    ]
    objections = scene.record.objections.values()
    return bars + [
        Words(f"异议 {each.id}", f"objection {each.id}") for each in objections if each.is_open
    ]
