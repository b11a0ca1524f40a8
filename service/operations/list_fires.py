"""The fires at an officer's post and below, each with its scene and who waits to be let in."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.incident import Incident
from service.domain.incident_query import IncidentQuery
from service.domain.powers import Officer, Operation, must_be_allowed
from service.operations.custody_desk import waiting
from service.operations.ports import Work

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """A fire in the list; `asked` counts the requests to be let in that nobody has answered."""

    incident: Incident
    scene_id: UUID | None
    asked: int


def list_fires(*, officer: Officer, work: Work) -> list[Fire]:
    """The newest call first. Raises: RoleNotAllowed."""
    must_be_allowed(officer, Operation.LIST_INCIDENTS, at=None)
    found = work.incidents.find(IncidentQuery(within=officer.post_path, limit=MOST))
    return [_fire(incident, officer=officer, work=work) for incident in found]


def _fire(incident: Incident, *, officer: Officer, work: Work) -> Fire:
    scene_id = work.scenes.of_incident(incident.id)
    custody = work.custodies.get(scene_id) if scene_id else None
    return Fire(incident=incident, scene_id=scene_id, asked=len(waiting(custody, officer=officer)))
