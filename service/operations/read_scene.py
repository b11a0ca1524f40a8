"""Read a scene: as it stands, as it stood, what changed it, what it has cost."""

from datetime import datetime
from uuid import UUID

from service.domain.figures import Figures, figures_of
from service.domain.history import Entry, present, stood_at
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.recorded_finding import RecordedFinding
from service.domain.report_checks import CLOCK_SKEW
from service.domain.scene import Extension, Scene
from service.domain.scene_refusals import FindingUnknown, SceneNotOpenThen, SceneNotThereYet
from service.operations.ports import SceneListed, Work
from service.operations.scene_desk import entries_after, happened_since, load, seal_cost

PAGE = 50


def list_scenes(
    officer: Officer, work: Work, *, incident_id: UUID | None, after: UUID | None
) -> list[SceneListed]:
    """A page of the scenes at the officer's post or below, by id. Raises: Forbidden."""
    must_be_allowed(officer, Operation.READ_SCENE, at=None)
    return work.scenes.under(officer.post_path, incident_id=incident_id, after=after, at_most=PAGE)


def read_scene(scene_id: UUID, *, officer: Officer, work: Work) -> Scene:
    """The scene as it stands now. Raises: SceneUnknown, Forbidden."""
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    return present(scene, work.now)


def read_scene_at(scene_id: UUID, at: datetime, *, officer: Officer, work: Work) -> Scene:
    """The scene by what had been recorded at a time; a clock may run a little ahead.

    Raises: SceneUnknown, Forbidden, SceneNotOpenThen, SceneNotThereYet.
    """
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    if at > work.now + CLOCK_SKEW:
        raise SceneNotThereYet.at("/at", now=work.now)
    found = scene_at(scene_id, min(at, work.now), work=work)
    if found is None:
        raise SceneNotOpenThen.at("/at", opened_at=scene.record.opened_at)
    return found


def scene_at(scene_id: UUID, at: datetime, *, work: Work) -> Scene | None:
    """The scene by what had been recorded at a time; None when it was not open yet."""
    since = work.scenes.snapshot(scene_id, until=at)
    return stood_at(happened_since(since, scene_id, work=work), at, since=since)


def read_history(
    scene_id: UUID, *, after: int = 0, officer: Officer, work: Work
) -> tuple[Entry, ...]:
    """A page of what changed at the scene after a version, and why, oldest first.

    Raises: SceneUnknown, Forbidden.
    """
    load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    return entries_after(scene_id, after, at_most=PAGE, work=work)


def read_figures(scene_id: UUID, *, officer: Officer, work: Work) -> Figures:
    """What the seal has cost until now. Raises: SceneUnknown, Forbidden."""
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    return figures_of(seal_cost(scene, work=work), until=work.now)


def read_finding(
    scene_id: UUID, finding_id: UUID, *, officer: Officer, work: Work
) -> RecordedFinding:
    """A finding as sent and as answered. Raises: SceneUnknown, FindingUnknown, Forbidden."""
    load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    found = work.scenes.finding(finding_id)
    if found is None or found.scene_id != scene_id:
        raise FindingUnknown.at("/finding_id")
    return found


def read_extension(
    scene_id: UUID, extension_id: UUID, *, officer: Officer, work: Work
) -> Extension:
    """An extension as it stands. Raises: SceneUnknown, ExtensionUnknown, Forbidden."""
    return read_scene(scene_id, officer=officer, work=work).extension(extension_id)
