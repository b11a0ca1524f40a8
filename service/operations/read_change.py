"""Read what a finding changed: the scene before it, and the scene after."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.history import HEADS
from service.domain.powers import Officer
from service.domain.recorded_finding import RecordedFinding
from service.domain.scene import Scene
from service.operations.ports import Work
from service.operations.read_scene import read_finding
from service.operations.scene_desk import STREAM, scene_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A scene before and after a finding, and the level on which it changed most."""

    before: Scene
    after: Scene
    level: str
    released_m2: float


def read_change(
    scene_id: UUID, finding_id: UUID, *, level: str | None, officer: Officer, work: Work
) -> Change:
    """The scene before and after a finding; without a `level`, on the one it changed most.

    Raises: SceneUnknown, FindingUnknown, LevelUnknown, Forbidden.
    """
    found = read_finding(scene_id, finding_id, officer=officer, work=work)
    heads = (version for version, name in work.events.names(STREAM, scene_id) if name in HEADS)
    began = max(version for version in heads if version <= found.version)
    before = scene_after(scene_id, began - 1, work=work)
    after = scene_after(scene_id, found.version, work=work)
    chosen = _level(found, after) if level is None else after.plan.on(level, pointer="/level").id
    return Change(
        before=before,
        after=after,
        level=chosen,
        released_m2=found.answer.released_m2.get(chosen, 0.0),
    )


def _level(found: RecordedFinding, scene: Scene) -> str:
    """Where most was released; else where something joined or is sealed; else the ground."""
    released = found.answer.released_m2
    if any(released.values()):
        return max(released, key=lambda level: released[level])
    places = [*(each.level for each in found.answer.joined), *(c.level for c in scene.seal.cells)]
    return next(iter(places), scene.plan.ground_level)
