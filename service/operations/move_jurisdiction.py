"""The one place where a fire changes its post: incident, investigation and scene together."""

from dataclasses import replace
from uuid import UUID

from service.domain import incident_events, investigation
from service.domain.incident import Incident
from service.domain.incident_events import IncidentTransferred
from service.domain.investigation import InvestigationTransferred, Team
from service.domain.powers import Officer
from service.domain.scene_events import LeadChanged, SceneTransferred
from service.domain.transfer import Transfer
from service.operations.case import advance
from service.operations.investigate_incident import STREAM as INVESTIGATION
from service.operations.investigate_incident import must_be_in_service
from service.operations.ports import Work
from service.operations.scene_desk import begin_on, keep

INCIDENT = "incident"


def move_jurisdiction(
    scene_id: UUID, transfer: Transfer, team: Team, *, officer: Officer, work: Work
) -> None:
    """Let the new post have the scene, its incident with every report joined to it, the rest.

    Whoever may do what follows from the path of the post: the old post's officers, who may no
    longer act, may no longer read either (docs/decisions).
    Raises: InvestigatorsWrong, SceneReleased, Stale.
    """
    incident = _incident(transfer.incident_id, work)
    must_be_in_service(team, replace(incident, station_path=transfer.to_path), work)
    _move_scene(scene_id, transfer, team, officer=officer, work=work)
    _move_investigation(incident.id, transfer, team, officer=officer, work=work)
    _move_incidents(incident, transfer, officer=officer, work=work)


def _move_scene(
    scene_id: UUID, transfer: Transfer, team: Team, *, officer: Officer, work: Work
) -> None:
    scene = work.scenes.get(scene_id)
    assert scene is not None  # noqa: S101 - its transfer was read together with it
    course = begin_on(scene, officer=officer, work=work)
    course = course.then(SceneTransferred(post_path=transfer.to_path))
    if team.lead_officer_id != course.scene.record.lead_officer_id:
        course = course.then(LeadChanged(lead_officer_id=team.lead_officer_id))
    keep(scene, course, work=work)


def _move_investigation(
    incident_id: UUID, transfer: Transfer, team: Team, *, officer: Officer, work: Work
) -> None:
    before = work.investigations.get(incident_id)
    assert before is not None  # noqa: S101 - a scene is opened within an investigation
    advance(
        INVESTIGATION,
        work.investigations,
        before,
        [InvestigationTransferred(office_path=transfer.to_path, team=team)],
        apply=investigation.apply,
        officer=officer,
        work=work,
    )


def _move_incidents(
    incident: Incident, transfer: Transfer, *, officer: Officer, work: Work
) -> None:
    """The incident, and the double reports that it took in with their photos."""
    moved = IncidentTransferred(station_id=transfer.to_post_id, station_path=transfer.to_path)
    for each in (incident, *(_incident(id, work) for id in incident.joined)):
        advance(
            INCIDENT,
            work.incidents,
            each,
            [moved],
            apply=incident_events.apply,
            officer=officer,
            work=work,
        )


def _incident(id: UUID, work: Work) -> Incident:
    incident = work.incidents.get(id)
    assert incident is not None  # noqa: S101 - scenes and joins are of incidents on record
    return incident
