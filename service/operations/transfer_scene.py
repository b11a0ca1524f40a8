"""Hand a scene over to another post: offer it, take it, or send it back."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.custody import found
from service.domain.custody_refusals import TransferNowhere
from service.domain.investigating import must_be_team
from service.domain.investigation import Team
from service.domain.powers import Officer, Operation, Role, must_be_allowed
from service.domain.scene_refusals import NotTheLeadOfficer, SceneUnknown
from service.domain.transfer import Transfer
from service.domain.transferring import answer_transfer, known_transfer
from service.domain.transferring import offer_transfer as decide_offer
from service.operations.case import is_repeat
from service.operations.custody_desk import Desk, desk_of, is_made, open_desk, record
from service.operations.move_jurisdiction import move_jurisdiction
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTransfer:
    """To which post, and why."""

    scene_id: UUID
    id: UUID
    to_post_id: UUID
    reason: str
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTransfer:
    """The team that goes on with it, and on what ground it is taken."""

    scene_id: UUID
    transfer_id: UUID
    team: Team
    ground: str
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseTransfer:
    """Why it is not taken."""

    scene_id: UUID
    transfer_id: UUID
    reason: str
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSeen:
    """A transfer with the scene that it is of."""

    scene_id: UUID
    transfer: Transfer

    @property
    def version(self) -> int:
        """The transfer's: it becomes the ETag."""
        return self.transfer.version


def offer_transfer(
    command: OfferTransfer, *, officer: Officer, work: Work
) -> TransferSeen | Created[TransferSeen]:
    """Offer the scene with its incident and investigation, as its lead officer or a supervisor.

    Raises: Forbidden, NotTheLeadOfficer, SceneUnknown, SceneReleased, TransferNowhere, Stale.
    """
    desk = open_desk(command.scene_id, Operation.OFFER_TRANSFER, officer=officer, work=work)
    leads = officer.id == desk.scene.record.lead_officer_id
    if officer.role is not Role.SUPERVISOR and not leads:
        raise NotTheLeadOfficer.at("/officer")
    known = found(desk.custody.transfers, command.id)
    said = (command.to_post_id, command.reason)
    repeats = known is not None and (known.to_post_id, known.reason) == said
    if is_made(command.precondition, known, repeats=repeats) and known is not None:
        return TransferSeen(scene_id=command.scene_id, transfer=known)
    offered = _offered(command, desk, officer, work)
    record(desk, decide_offer(offered, scene=desk.scene), officer=officer, work=work)
    return Created(TransferSeen(scene_id=command.scene_id, transfer=offered))


def accept_transfer(command: AcceptTransfer, *, officer: Officer, work: Work) -> TransferSeen:
    """Take the scene over: from now on jurisdiction follows the new post.

    Raises: Forbidden, SceneUnknown, TransferUnknown, TransferClosed, OwnTransfer, Stale,
    InvestigatorsWrong, SceneReleased.
    """
    must_be_team(command.team)
    desk, transfer = _offered_here(command.scene_id, command.transfer_id, officer, work)
    is_repeat(command.precondition, transfer, repeats=False)
    event = answer_transfer(
        transfer, accepts=True, answer=command.ground, by=officer.id, at=work.now
    )
    record(desk, event, officer=officer, work=work)
    move_jurisdiction(
        desk.scene.record.id, event.transfer, command.team, officer=officer, work=work
    )
    return TransferSeen(scene_id=command.scene_id, transfer=event.transfer)


def refuse_transfer(command: RefuseTransfer, *, officer: Officer, work: Work) -> TransferSeen:
    """Send the scene back: it stays where it is.

    Raises: Forbidden, SceneUnknown, TransferUnknown, TransferClosed, OwnTransfer, Stale.
    """
    desk, transfer = _offered_here(command.scene_id, command.transfer_id, officer, work)
    is_repeat(command.precondition, transfer, repeats=False)
    event = answer_transfer(
        transfer, accepts=False, answer=command.reason, by=officer.id, at=work.now
    )
    record(desk, event, officer=officer, work=work)
    return TransferSeen(scene_id=command.scene_id, transfer=event.transfer)


def _offered(command: OfferTransfer, desk: Desk, officer: Officer, work: Work) -> Transfer:
    post = work.people.post(command.to_post_id)
    if post is None:
        raise TransferNowhere.at("/to_post_id")
    record = desk.scene.record
    return Transfer(
        id=command.id,
        version=1,
        incident_id=record.incident_id,
        from_path=record.post_path,
        to_post_id=post.id,
        to_path=post.path,
        reason=command.reason,
        offered_by=officer.id,
        offered_at=work.now,
    )


def _offered_here(
    scene_id: UUID, transfer_id: UUID, officer: Officer, work: Work
) -> tuple[Desk, Transfer]:
    """A transfer to the officer's post or one below, which need not have the scene yet."""
    must_be_allowed(officer, Operation.ANSWER_TRANSFER, at=None)
    scene = work.scenes.get(scene_id)
    if scene is None:
        raise SceneUnknown.at("/scene_id")
    desk = desk_of(scene, work=work)
    transfer = known_transfer(desk.custody, transfer_id)
    must_be_allowed(officer, Operation.ANSWER_TRANSFER, at=transfer.to_path)
    return desk, transfer
