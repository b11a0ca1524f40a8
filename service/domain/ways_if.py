"""The way out if a hold were cleared: whom that would leave shut in, who would get out again."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.course import Course, clear
from service.domain.holds import HoldKind
from service.domain.origin import weigh_origin_only
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import Why
from service.domain.way_kept import find_way, way_out_now
from service.domain.way_out import shows_doors

MOST_UNITS = 1_000
"""So many units are walked through, all holds together: half a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIf:
    """Unit ids: `shut_in` lose their way out or keep a narrower one, `let_out` have it again."""

    shut_in: tuple[str, ...] = ()
    let_out: tuple[str, ...] = ()


def ended(course: Course, record: HoldRecord) -> Scene:
    """The scene once a hold is cleared, consequences included; nothing is recorded."""
    after = clear(course, [record.hold.id], why=Why.DECIDED)
    if record.hold.kind is HoldKind.DISPUTE:  # its end has origin-only weighed again
        after = weigh_origin_only(after)
    return after.scene


def ways_if_cleared(course: Course, *, most_units: int = MOST_UNITS) -> dict[UUID, WayIf]:
    """For each live hold, by id; empty where the plan shows no doors.

    A hold that alone keeps nothing changes nothing. Of the others as many are weighed as the
    size of the plan allows, one at least; for the rest the preview of a finding says it.
    """
    if not shows_doors(course.scene.plan):
        return {}
    ways, weighed = {}, 0
    most = max(most_units // len(list(course.scene.plan.units())), 1)
    for record in course.scene.live():
        after = ended(course, record)
        if len(after.seal.cells) == len(course.scene.seal.cells):
            ways[record.hold.id] = WayIf()
        elif weighed < most:
            ways[record.hold.id] = _between(course.scene, after)
            weighed += 1
    return ways


def _between(before: Scene, after: Scene) -> WayIf:
    was = {each.unit_id: each.way for each in way_out_now(before).shut_in}
    now = {each.unit_id: each.way for each in find_way(after).shut_in}
    return WayIf(
        shut_in=tuple(sorted(unit for unit, way in now.items() if was.get(unit) is not way)),
        let_out=tuple(sorted(was.keys() - now.keys())),
    )
