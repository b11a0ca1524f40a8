"""The photos of a scene's fire as pins on its levels, for who may read them."""

from datetime import datetime

from service.domain.errors import Forbidden
from service.domain.photo_pins import PhotoPin, photo_pins
from service.domain.powers import Officer, Operation
from service.domain.scene import Scene
from service.operations.case import incident_for
from service.operations.ports import Work
from service.operations.read_photos import filed_photos


def pin_photos(
    scene: Scene, level: str, *, until: datetime | None, officer: Officer, work: Work
) -> tuple[PhotoPin, ...]:
    """Pins on a level as they were by then (None: now); none where photos may not be read."""
    incident_id = scene.record.incident_id
    try:
        incident = incident_for(incident_id, Operation.READ_PHOTO, officer=officer, work=work)
    except Forbidden:
        return ()
    photos = filed_photos(incident, work.photos.of_incident(incident.id), first=1, work=work)
    return photo_pins(photos, level=level, plane=scene.record.plane, until=until or work.now)
