"""A scene as officers see it, with its units as their owners read them."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.deadlines import Warned, warnings_at
from service.domain.posted_notice import PostedNotice
from service.domain.powers import Officer
from service.domain.reopening import UnitStatus
from service.domain.scene import Scene
from service.domain.status import units_now
from service.operations.ports import Work
from service.operations.read_scene import read_scene


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSeen:
    """A scene as it stands, how each unit reads, what is late, and the notice that hangs there."""

    scene: Scene
    units: tuple[UnitStatus, ...]
    warnings: tuple[Warned, ...]
    notice: PostedNotice | None = None

    @property
    def version(self) -> int:
        """The scene's version."""
        return self.scene.version


def see_scene(scene_id: UUID, *, officer: Officer, work: Work) -> SceneSeen:
    """The scene as it stands now. Raises: SceneUnknown, Forbidden."""
    return seen(read_scene(scene_id, officer=officer, work=work), work=work)


def seen(scene: Scene, *, work: Work) -> SceneSeen:
    """A scene with its units, by what is on record of its incident."""
    incident = work.incidents.get(scene.record.incident_id)
    assert incident is not None  # noqa: S101 - a scene is opened for an incident on record
    custody = work.custodies.get(scene.record.id)
    warnings = warnings_at(scene, terms=work.rules.terms, now=work.now)
    if custody is None:
        return SceneSeen(scene=scene, units=units_now(incident, scene), warnings=warnings)
    units = units_now(incident, scene, custody.supplies)
    return SceneSeen(scene=scene, units=units, warnings=warnings, notice=custody.posted)
