"""The way out of a scene, found whenever the seal or the plan has changed, and kept with it."""

from collections.abc import Iterable, Iterator, Sequence

from shapely.geometry.base import BaseGeometry

from service.domain.course import Course
from service.domain.findings import Remedy
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_events import SealDrawn, SealExtended, WayOutFound
from service.domain.scene_refusals import ShutsIn
from service.domain.way_out import NOT_KNOWN, ShutIn, WayOut, find_way_out, shows_doors


def keep_way_out(before: Scene, course: Course, *, remedies: Sequence[Remedy] = ()) -> Course:
    """Find the way out again where the course has changed the seal or the plan since `before`.

    A step by which cells join is refused when it shuts in an occupied unit and none of its
    remedies is for that unit. A plan without doors refuses nothing.
    Raises: ShutsIn, UnitUnknown (a remedy for no unit of the plan).
    """
    scene, kept = course.scene, course.scene.record
    _must_be_units(scene, remedies)
    if scene.seal is before.seal and scene.plan is before.plan and not kept.way_out_is_old:
        return course
    found = find_way(scene)
    if _cells_joined(before, course):
        helped = {id for each in remedies for id in scene.parts(each.unit_ids)}
        _must_shut_nobody_in(
            each for each in _newly(before, scene, found) if each.unit_id not in helped
        )
    if found == kept.way_out and not kept.way_out_is_old:
        return course
    return course.then(WayOutFound(way_out=found))


def way_out_now(scene: Scene) -> WayOut:
    """The way out as kept; found now where an extension has lapsed since."""
    return find_way(scene) if scene.record.way_out_is_old else scene.record.way_out


def find_way(scene: Scene) -> WayOut:
    """The way out by the seal as it is; nothing is kept."""
    if not shows_doors(scene.plan):
        return NOT_KNOWN
    sealed: dict[str, BaseGeometry] = {}
    for level in scene.plan.levels:
        sealed |= scene.seal.outline(level.id)
    return find_way_out(scene.plan, sealed)


def _cells_joined(before: Scene, course: Course) -> bool:
    """Whether the seal grew: who is shut in by a clearing was sealed until then."""
    events = course.events[len(course.events) - (course.scene.version - before.version) :]
    return any(isinstance(each, SealDrawn | SealExtended) for each in events)


def _newly(before: Scene, scene: Scene, found: WayOut) -> Iterator[ShutIn]:
    """The occupied units that had their way out before: closed ones, and those of a party."""
    sealed = before.seal.sealed_units()
    shut_in = {each.unit_id for each in before.record.way_out.shut_in}
    of_parties = {id for each in scene.record.parties or () for id in scene.parts(each.unit_ids)}
    for each in found.shut_in:
        closed = scene.plan.unit(each.unit_id).kind is UnitKind.CLOSED
        if each.unit_id not in sealed | shut_in and (closed or each.unit_id in of_parties):
            yield each


def _must_shut_nobody_in(left: Iterable[ShutIn]) -> None:
    left = list(left)
    if left:
        blocked_by = sorted({unit for each in left for unit in each.blocked_by})
        units = [each.unit_id for each in left]
        raise ShutsIn.at("/remedies", units=units, blocked_by=blocked_by)


def _must_be_units(scene: Scene, remedies: Sequence[Remedy]) -> None:
    for i, remedy in enumerate(remedies):
        for n, id in enumerate(remedy.unit_ids):
            for part in scene.parts([id]):
                scene.plan.unit(part, pointer=f"/remedies/{i}/unit_ids/{n}")
