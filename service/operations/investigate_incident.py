"""Take a fire over to an investigation 一般程序, from any earlier route, nothing re-entered."""

from dataclasses import dataclass
from uuid import UUID

from service.domain import investigation
from service.domain.errors import Fault
from service.domain.incident import Incident, State
from service.domain.investigating import must_be_team, take_over
from service.domain.investigation import Ground, Investigation, InvestigationChanged, Team
from service.domain.powers import Officer, Operation, Role
from service.domain.route_refusals import InvestigatorsWrong
from service.domain.words import Words
from service.operations.case import advance, incident_for, is_repeat, move_incident, office_of
from service.operations.end_route import end_earlier_route
from service.operations.lead_scene import let_lead
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work

STREAM = "investigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigateIncident:
    """The investigation as it shall stand; ground and reason are those of its opening."""

    incident_id: UUID
    team: Team
    ground: Ground
    reason: str
    handed_over_to: str | None
    precondition: Precondition


def investigate_incident(
    command: InvestigateIncident, *, officer: Officer, work: Work
) -> Investigation | Created[Investigation]:
    """Open an investigation, or give it another team or lead officer.

    A registration or simplified procedure of the fire ends by it, and never comes back.
    Raises: IncidentUnknown, Forbidden, Stale, InvestigatorsWrong, RecordFrozen.
    """
    incident = incident_for(command.incident_id, Operation.INVESTIGATE, officer=officer, work=work)
    before = work.investigations.get(command.incident_id)
    if is_repeat(command.precondition, before, repeats=_says_the_same(command, before)) and before:
        return before
    must_be_team(command.team)
    must_be_in_service(command.team, incident, work)
    if before is not None:
        return _change(command, before, incident, officer=officer, work=work)
    return Created(_open(command, incident, officer=officer, work=work))


def _open(
    command: InvestigateIncident, incident: Incident, *, officer: Officer, work: Work
) -> Investigation:
    end_earlier_route(incident, reason=command.reason, officer=officer, work=work)
    event = take_over(
        incident,
        team=command.team,
        ground=command.ground,
        reason=command.reason,
        handed_over_to=command.handed_over_to,
        rules=work.rules,
        officer=officer,
        now=work.now,
    )
    _move(incident, command.handed_over_to, officer=officer, work=work)
    opened = event.investigation
    work.events.append(STREAM, opened.id, [event], expected=0, officer_id=officer.id)
    work.investigations.put(opened, previous=0)
    return opened


def _change(
    command: InvestigateIncident,
    before: Investigation,
    incident: Incident,
    *,
    officer: Officer,
    work: Work,
) -> Investigation:
    if command.handed_over_to != before.handed_over_to:
        _move(incident, command.handed_over_to, officer=officer, work=work)
    event = InvestigationChanged(team=command.team, handed_over_to=command.handed_over_to)
    after = advance(
        STREAM,
        work.investigations,
        before,
        [event],
        apply=investigation.apply,
        officer=officer,
        work=work,
    )
    let_lead(incident.id, officer=officer, work=work)
    return after


def _move(incident: Incident, handed_over_to: str | None, *, officer: Officer, work: Work) -> None:
    state = State.INVESTIGATING if handed_over_to is None else State.HANDED_OVER
    if incident.state is not state:
        move_incident(incident, state, officer=officer, work=work)


def must_be_in_service(team: Team, incident: Incident, work: Work) -> None:
    """Raises: InvestigatorsWrong unless all are investigators with jurisdiction over the fire."""
    for n, id in enumerate(team.investigator_ids):
        user = work.people.user(id)
        if user is not None and user.active and user.role is Role.INVESTIGATOR:
            path = office_of(user.post_id, work).path
            if incident.station_path.startswith(path):
                continue
        raise InvestigatorsWrong(
            Fault(
                f"/investigator_ids/{n}",
                Words(
                    "不是本辖区在岗的火灾调查人员", "no investigator in service with jurisdiction"
                ),
                Words("请指定本辖区的调查人员", "name an investigator of this jurisdiction"),
            )
        )


def _says_the_same(command: InvestigateIncident, before: Investigation | None) -> bool:
    return before is not None and (
        (command.team, command.ground, command.reason, command.handed_over_to)
        == (before.team, before.ground, before.reason, before.handed_over_to)
    )
