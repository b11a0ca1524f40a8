"""Read what goes on around a seal: all of it, one access, the transfers that wait."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.access import AccessSeen
from service.domain.accessing import known_access
from service.domain.custody import Custody, CustodyRule
from service.domain.custody_refusals import TransferUnknown
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.scene import Scene
from service.domain.scene_refusals import SceneUnknown
from service.domain.transferring import known_transfer
from service.operations.custody_desk import desk_of, open_desk
from service.operations.ports import Work
from service.operations.transfer_scene import TransferSeen

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodySeen:
    """The custody of a scene at a time, with the scene that says which tapes are needed still."""

    custody: Custody
    scene: Scene
    rule: CustodyRule
    now: datetime

    @property
    def version(self) -> int:
        """The custody's."""
        return self.custody.version


def read_custody(scene_id: UUID, *, officer: Officer, work: Work) -> CustodySeen:
    """All that is on record around the seal. Raises: SceneUnknown, Forbidden."""
    desk = open_desk(scene_id, Operation.READ_CUSTODY, officer=officer, work=work)
    return CustodySeen(
        custody=desk.custody, scene=desk.scene, rule=work.rules.custody, now=work.now
    )


def read_access(scene_id: UUID, access_id: UUID, *, officer: Officer, work: Work) -> AccessSeen:
    """One access. Raises: SceneUnknown, AccessUnknown, Forbidden."""
    desk = open_desk(scene_id, Operation.READ_CUSTODY, officer=officer, work=work)
    return AccessSeen(access=known_access(desk.custody, access_id), now=work.now)


def read_transfer(
    scene_id: UUID, transfer_id: UUID, *, officer: Officer, work: Work
) -> TransferSeen:
    """One transfer, for the post that gives and the post that takes.

    Raises: SceneUnknown, TransferUnknown, Forbidden.
    """
    must_be_allowed(officer, Operation.READ_CUSTODY, at=None)
    scene = work.scenes.get(scene_id)
    if scene is None:
        raise SceneUnknown.at("/scene_id")
    transfer = known_transfer(desk_of(scene, work=work).custody, transfer_id)
    paths = (transfer.from_path, transfer.to_path)
    if not any(path.startswith(officer.post_path) for path in paths):
        raise TransferUnknown.at("/transfer_id")
    return TransferSeen(scene_id=scene_id, transfer=transfer)


def list_transfers(officer: Officer, work: Work) -> list[TransferSeen]:
    """The transfers that wait for an answer of the officer's post or one below it.

    Raises: Forbidden.
    """
    must_be_allowed(officer, Operation.ANSWER_TRANSFER, at=None)
    waiting = work.custodies.offered_under(officer.post_path, at_most=PAGE)
    return [
        TransferSeen(scene_id=custody.id, transfer=custody.pending)
        for custody in waiting
        if custody.pending is not None
    ]
