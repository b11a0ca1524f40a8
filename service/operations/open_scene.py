"""Open a scene for an incident under investigation."""

from dataclasses import dataclass
from uuid import UUID

from service.domain import scene_opening
from service.domain.incident import Incident
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan
from service.domain.plane import Plane, plane_around
from service.domain.powers import Officer, Operation
from service.domain.registration import RegistrationState
from service.domain.scene_events import SceneOpened
from service.domain.scene_refusals import NotUnderInvestigation, SceneIdUsed
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.scene_desk import keep
from service.operations.see_scene import SceneSeen, seen


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenScene:
    """A scene under its maker's id, for an incident; one scene an incident."""

    id: UUID
    incident_id: UUID


def open_scene(
    command: OpenScene, *, officer: Officer, work: Work
) -> SceneSeen | Created[SceneSeen]:
    """Open the scene; the same again is the same scene.

    Raises: Forbidden, IncidentUnknown, NotUnderInvestigation, SceneIdUsed.
    """
    incident = incident_for(command.incident_id, Operation.PLAN_SCENE, officer=officer, work=work)
    known = work.scenes.get(command.id)
    others = work.scenes.of_incident(incident.id)
    if known is not None and known.record.incident_id == incident.id:
        return seen(known, work=work)
    if known is not None or others is not None:
        raise SceneIdUsed.at("/id", scene_id=others or command.id)
    event = _opening(command, incident, officer=officer, work=work)
    course = scene_opening.open_scene(event, by=officer, now=work.now)
    keep(None, course, work=work)
    return Created(seen(course.scene, work=work))


def _opening(
    command: OpenScene, incident: Incident, *, officer: Officer, work: Work
) -> SceneOpened:
    investigation = work.investigations.get(incident.id)
    if investigation is None:
        raise NotUnderInvestigation.at("/incident_id")
    plan, _ = mend_plan(DrawnPlan())
    return SceneOpened(
        scene_id=command.id,
        incident_id=incident.id,
        post_path=incident.station_path,
        lead_officer_id=investigation.team.lead_officer_id,
        plane=_plane(incident),
        plan=plan,
        after_registration=_was_handed_back(incident.id, work=work),
    )


def _plane(incident: Incident) -> Plane:
    """A plane around the place, its axes along the burned area's edges where there is one."""
    point = incident.place.location.geometry
    area = incident.burned_area
    return plane_around([area.geometry] if area is not None else [point])


def _was_handed_back(incident_id: UUID, *, work: Work) -> bool:
    """Whether a registration or a simplified procedure had opened the premises again."""
    registration = work.registrations.get(incident_id)
    procedure = work.procedures.get(incident_id)
    registered = registration is not None and (
        registration.state is not RegistrationState.STRUCK_OFF
    )
    return registered or (procedure is not None and procedure.record is not None)
