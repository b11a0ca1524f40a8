"""Opening a scene: the first event, and the course that goes on from it."""

from datetime import datetime

from service.domain.course import Course
from service.domain.powers import Officer
from service.domain.scene_events import SceneOpened
from service.domain.scene_fold import Happened, replay


def open_scene(event: SceneOpened, *, by: Officer, now: datetime) -> Course:
    """Begin a scene; its plan (plane metres) may be the bare ground. `now` is aware, UTC."""
    opened = Happened(version=1, event=event, at=now, by=by.id)
    return Course(scene=replay([opened]), by=by, now=now, events=(event,))
