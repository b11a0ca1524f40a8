"""A scene with hundreds of events: looked at by steps, and told to whoever comes late."""

from typing import Any

import pytest

from service.domain.powers import Operation
from service.domain.scene_refusals import SceneStale
from service.operations.look_at_scene import SHOWN, look_at_scene
from service.operations.ports import Work
from service.operations.scene_desk import EVENTS_TOLD, load, must_be_current
from tests.long_scene import a_long_scene
from tests.scene_builders import LEAD


@pytest.fixture
def scene_id(database: Any) -> Any:
    return a_long_scene(database, events=400)


@pytest.mark.parametrize("step", [None, 1, 30, 200, 10_000])
def test_the_entries_around_a_step_are_shown(database: Any, scene_id: Any, step: int) -> None:
    def seen(work: Work) -> Any:
        return look_at_scene(scene_id, step=step, officer=LEAD, work=work)

    look = database.read(seen)
    assert len(look.entries) == SHOWN
    assert look.step == min(step or look.last, look.last)
    assert look.scene.version == look.now.version
    assert look.now.sealed_m2 == pytest.approx(look.scene.seal.area_m2())


def test_whoever_comes_very_late_is_told_the_latest_changes(database: Any, scene_id: Any) -> None:
    def late(work: Work) -> None:
        scene = load(scene_id, Operation.READ_SCENE, officer=LEAD, work=work)
        must_be_current(scene, 3, work=work)

    with pytest.raises(SceneStale) as refused:
        database.read(late)
    told = refused.value.facts["changed"]
    assert 50 < len(told) <= EVENTS_TOLD
    assert told[-1]["version"] == refused.value.facts["version"]
