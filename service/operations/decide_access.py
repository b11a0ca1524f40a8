"""Grant or refuse an access, as the lead officer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.access import AccessSeen, Denial, Grant
from service.domain.accessing import grant_access as decide_grant
from service.domain.accessing import known_access
from service.domain.accessing import refuse_access as decide_refusal
from service.domain.powers import Officer, Operation
from service.domain.scene_refusals import NotTheLeadOfficer
from service.operations.case import is_repeat
from service.operations.custody_desk import Desk, escort, open_desk, record
from service.operations.outcome import Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAccess:
    """When, with whom, by which way, what may be taken out; why in spite of each hazard."""

    scene_id: UUID
    access_id: UUID
    begins_at: datetime
    ends_at: datetime
    escort_id: UUID
    route: str
    may_remove: tuple[str, ...]
    hazards: dict[UUID, str]
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAccess:
    """Why nobody goes in."""

    scene_id: UUID
    access_id: UUID
    reason: str
    precondition: Precondition


def grant_access(command: GrantAccess, *, officer: Officer, work: Work) -> AccessSeen:
    """Let them in under escort; the seal stays as it is.

    Raises: Forbidden, NotTheLeadOfficer, SceneUnknown, AccessUnknown, Stale, AccessDecided,
    AccessWindowWrong, UnitNotSealed, HazardNotAcknowledged, CustodyNotOnRecord.
    """
    desk = _desk_of_lead(command.scene_id, officer=officer, work=work)
    access = known_access(desk.custody, command.access_id)
    is_repeat(command.precondition, access, repeats=False)
    grant = Grant(
        unit_ids=(),
        begins_at=command.begins_at,
        ends_at=command.ends_at,
        escort=escort("/escort_id", command.escort_id, work=work),
        route=command.route,
        may_remove=command.may_remove,
        hazards=command.hazards,
        by=officer.id,
        at=work.now,
    )
    event = decide_grant(access, grant, scene=desk.scene)
    return _seen(desk, event, access.id, officer=officer, work=work)


def refuse_access(command: RefuseAccess, *, officer: Officer, work: Work) -> AccessSeen:
    """Do not let them in; the asker reads the reason.

    Raises: Forbidden, NotTheLeadOfficer, SceneUnknown, AccessUnknown, Stale, AccessDecided.
    """
    desk = _desk_of_lead(command.scene_id, officer=officer, work=work)
    access = known_access(desk.custody, command.access_id)
    is_repeat(command.precondition, access, repeats=False)
    event = decide_refusal(access, Denial(reason=command.reason, by=officer.id, at=work.now))
    return _seen(desk, event, access.id, officer=officer, work=work)


def _desk_of_lead(scene_id: UUID, *, officer: Officer, work: Work) -> Desk:
    desk = open_desk(scene_id, Operation.DECIDE_ACCESS, officer=officer, work=work)
    if officer.id != desk.scene.record.lead_officer_id:
        raise NotTheLeadOfficer.at("/officer")
    return desk


def _seen(desk: Desk, event: object, id: UUID, *, officer: Officer, work: Work) -> AccessSeen:
    after = record(desk, event, officer=officer, work=work)
    return AccessSeen(access=known_access(after, id), now=work.now)
