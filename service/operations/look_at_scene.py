"""A scene at one step of its history, with all that a page over it shows."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.history import Entry, history
from service.domain.powers import Officer, Operation
from service.domain.reasons import StillSealed, still_sealed
from service.domain.scene import Scene
from service.domain.scene_fold import replay
from service.operations.ports import Work
from service.operations.scene_desk import happened, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The scene as it stood after entry `step` (from 1) of its history."""

    scene: Scene
    address: str
    entries: tuple[Entry, ...]
    step: int
    sealed: tuple[StillSealed, ...]

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.entries)

    @property
    def now(self) -> Entry:
        """The entry it stood after."""
        return self.entries[self.step - 1]


def look_at_scene(scene_id: UUID, *, step: int | None, officer: Officer, work: Work) -> Look:
    """The scene after so many steps; beyond its ends, the nearest one.

    Raises: SceneUnknown, Forbidden.
    """
    record = load(scene_id, Operation.READ_SCENE, officer=officer, work=work).record
    incident = work.incidents.get(record.incident_id)
    known = list(happened(scene_id, work=work))
    entries = history(known)
    at = min(max(step or len(entries), 1), len(entries))
    scene = replay(each for each in known if each.version <= entries[at - 1].version)
    return Look(
        scene=scene,
        address=incident.place.address if incident else "",
        entries=entries,
        step=at,
        sealed=still_sealed(scene),
    )
