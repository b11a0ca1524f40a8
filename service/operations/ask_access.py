"""Ask to be let into sealed units: an officer writes it down, or the owner asks by the own code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.access import Access, AccessSeen
from service.domain.accessing import ask_access as decide_asked
from service.domain.accessing import ask_own_access as decide_own
from service.domain.codes import Code, CodeKind
from service.domain.custody import found
from service.domain.custody_refusals import OwnersCodeNeeded, UnitNotSealed
from service.domain.errors import Fault, PartyUnknown
from service.domain.powers import Officer, Operation
from service.domain.scene import Scene
from service.domain.words import Words
from service.operations.custody_desk import Desk, desk_of, is_made, open_desk, record
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where somebody wants to go, why, and when; under its maker's id."""

    id: UUID
    unit_ids: tuple[str, ...]
    purpose: str
    wanted_from: datetime
    wanted_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAccess:
    """A wish that an officer writes down, for a party or for the service."""

    scene_id: UUID
    wish: Wish
    party_id: UUID | None
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOwnAccess:
    """A party's own wish, sent in by their code."""

    wish: Wish
    precondition: Precondition


def ask_access(
    command: AskAccess, *, officer: Officer, work: Work
) -> AccessSeen | Created[AccessSeen]:
    """Put a wish on record.

    Raises: Forbidden, SceneUnknown, PartyUnknown, UnitNotSealed, AccessWindowWrong, Stale.
    """
    desk = open_desk(command.scene_id, Operation.ASK_ACCESS, officer=officer, work=work)
    _must_be_party(command.party_id, desk.scene, work=work)
    asked = _asked(command.wish, command.party_id, officer, work.now)
    known = _known(desk, asked, command.precondition)
    if known is not None:
        return AccessSeen(access=known, now=work.now)
    event = decide_asked(asked, scene=desk.scene, now=work.now)
    record(desk, event, officer=officer, work=work)
    return Created(AccessSeen(access=event.access, now=work.now))


def ask_own_access(
    command: AskOwnAccess, *, code: Code, work: Work
) -> AccessSeen | Created[AccessSeen]:
    """Receive a party's wish: it stays `received` until the lead officer decides.

    Raises: OwnersCodeNeeded, OwnUnitsOnly, TooManyAsked, UnitNotSealed, AccessWindowWrong, Stale.
    """
    incident = work.incidents.get(code.incident_id)
    party = incident.party(code.party_id) if incident and code.party_id else None
    if code.kind is not CodeKind.OWNER or party is None:
        raise OwnersCodeNeeded.at("/code")
    scene = _scene(code.incident_id, work=work)
    if scene is None:
        raise UnitNotSealed.at("/unit_ids", units=list(command.wish.unit_ids))
    desk = desk_of(scene, work=work)
    asked = _asked(command.wish, party.id, None, work.now)
    known = _known(desk, asked, command.precondition)
    if known is not None:
        return AccessSeen(access=known, now=work.now)
    event = decide_own(
        asked,
        custody=desk.custody,
        own=party.unit_ids,
        at_most=work.rules.custody.accesses_waiting,
        scene=desk.scene,
        now=work.now,
    )
    record(desk, event, officer=None, work=work)
    return Created(AccessSeen(access=event.access, now=work.now))


def _scene(incident_id: UUID, *, work: Work) -> Scene | None:
    scene_id = work.scenes.of_incident(incident_id)
    return None if scene_id is None else work.scenes.get(scene_id)


def _asked(wish: Wish, party_id: UUID | None, officer: Officer | None, now: datetime) -> Access:
    return Access(
        id=wish.id,
        version=1,
        unit_ids=wish.unit_ids,
        purpose=wish.purpose,
        wanted_from=wish.wanted_from,
        wanted_until=wish.wanted_until,
        party_id=party_id,
        asked_by=officer.id if officer else None,
        asked_at=now,
    )


def _known(desk: Desk, asked: Access, precondition: Precondition) -> Access | None:
    """The access as it stands, where it was asked for already in the same words."""
    known = found(desk.custody.accesses, asked.id)
    repeats = known is not None and _said(known, desk.scene) == _said(asked, desk.scene)
    return known if is_made(precondition, known, repeats=repeats) else None


def _said(access: Access, scene: Scene) -> tuple[object, ...]:
    window = (access.wanted_from, access.wanted_until)
    return (scene.parts(access.unit_ids), access.purpose, window, access.party_id)


def _must_be_party(party_id: UUID | None, scene: Scene, *, work: Work) -> None:
    incident = work.incidents.get(scene.record.incident_id)
    if party_id is None or (incident is not None and incident.party(party_id) is not None):
        return
    raise PartyUnknown(
        Fault(
            "/party_id",
            Words("该火灾没有这位当事人", "the incident has no such party"),
            Words("请先登记当事人", "put the party on record first"),
        )
    )
