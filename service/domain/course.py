"""A decision in its course: the scene as it goes along, and the events that made it so.

What is decided later in the same finding is decided on the scene that the earlier part left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.powers import Officer
from service.domain.scene import Scene
from service.domain.scene_events import HoldsLeft, Outside, Why
from service.domain.scene_fold import Happened, after
from service.domain.seal import Clearing


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a decision stands: `scene` follows from the scene before by `events`."""

    scene: Scene
    by: Officer
    now: datetime
    events: tuple[Any, ...] = ()

    def then(self, event: Any) -> "Course":
        """Go on by one event."""
        version = self.scene.record.version + 1
        happened = Happened(version=version, event=event, at=self.now, by=self.by.id)
        return replace(self, scene=after(self.scene, happened), events=(*self.events, event))


def clear(course: Course, hold_ids: Iterable[UUID], *, why: Why) -> Course:
    """End these holds, wherever they are; a cell left by its last hold is released."""
    ids = tuple(hold_ids)
    clearing = course.scene.seal.weigh_clearing(ids)
    return course.then(HoldsLeft(why=why, clearing=clearing, cleared=ids))


def leave(
    course: Course,
    hold_ids: Iterable[UUID],
    *,
    cells: Iterable[int],
    outside: dict[UUID, Outside],
    why: Why,
) -> Course:
    """Let holds leave the given cells; one that then claims nothing, inside or out, is over."""
    clearing = course.scene.seal.weigh_clearing(hold_ids, cells)
    touched = [id for id in course.scene.record.holds if clearing.left.get(id) or id in outside]
    if not touched:
        return course
    over = tuple(id for id in touched if _claims_no_more(course.scene, id, clearing, outside))
    kept = {id: each for id, each in outside.items() if id not in over}
    return course.then(HoldsLeft(why=why, clearing=clearing, cleared=over, outside=kept))


def _claims_no_more(
    scene: Scene, hold_id: UUID, clearing: Clearing, outside: dict[UUID, Outside]
) -> bool:
    beyond = outside.get(hold_id, scene.record.holds[hold_id].outside)
    left = clearing.left.get(hold_id, ())
    return not beyond and not scene.seal.cells_of(hold_id) - set(left)
