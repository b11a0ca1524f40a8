"""The area of origin, and origin-only: when nobody objects, only the origin stays shut."""

from uuid import UUID

from service.domain.course import Course, clear
from service.domain.findings import OriginEstablished
from service.domain.holds import Hold, HoldKind
from service.domain.holds_opening import place_hold
from service.domain.scene import Scene
from service.domain.scene_events import Why

YIELD = (HoldKind.BURNED_AREA, HoldKind.CAUSE_AREA)
"""What origin-only clears; origin, evidence in place, hazards and disputes stay."""


def origin_established(course: Course, finding: OriginEstablished) -> Course:
    """Open the hold of the area of origin; it changes nothing else of itself.

    Raises: LevelsMissing, FixTooCoarse, UnitUnknown, LevelUnknown.
    """
    hold = Hold(
        id=finding.id,
        kind=HoldKind.AREA_OF_ORIGIN,
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
    return weigh_origin_only(place_hold(course.then(finding), hold))


def origin_only_applies(scene: Scene) -> bool:
    """Whether an origin stands, and every certified party has agreed or was not reached.

    A party's word counts when it is later than every objection of theirs; any undecided
    objection, of anybody, bars it.
    """
    record = scene.record
    if not record.parties or not scene.origin_is_established:
        return False
    if any(objection.is_open for objection in record.objections.values()):
        return False
    return all(has_agreed(scene, party.party_id) for party in record.parties)


def has_agreed(scene: Scene, party_id: UUID) -> bool:
    """Whether the party's last word is no objection, or a reviewer went on without them."""
    record = scene.record
    word = max(record.stated.get(party_id, 0), record.not_reached.get(party_id, 0))
    objected = (each.version for each in record.objections.values() if each.party_id == party_id)
    return word > max(objected, default=0)


def weigh_origin_only(course: Course) -> Course:
    """Clear burned area and cause where origin-only applies now."""
    yielding = [each.hold.id for each in course.scene.live(*YIELD)]
    if not yielding or not origin_only_applies(course.scene):
        return course
    return clear(course, yielding, why=Why.ORIGIN_ONLY)
