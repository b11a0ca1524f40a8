"""Whoever leads the investigation leads the survey of its scene, from that moment on."""

from uuid import UUID

from service.domain.powers import Officer
from service.operations.ports import Work
from service.operations.scene_desk import begin_on, keep


def let_lead(incident_id: UUID, *, officer: Officer, work: Work) -> None:
    """Put a change of lead officer on the record of the scene, if there is one under way."""
    scene_id = work.scenes.of_incident(incident_id)
    scene = None if scene_id is None else work.scenes.get(scene_id)
    if scene is None or scene.record.released is not None:
        return
    course = begin_on(scene, officer=officer, work=work)
    if course.events:
        keep(scene, course, work=work)
