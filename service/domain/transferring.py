"""Decisions on handing a scene over to another post: offered, accepted, refused."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from service.domain.custody import Custody, found
from service.domain.custody_refusals import (
    OwnTransfer,
    TransferClosed,
    TransferNowhere,
    TransferUnknown,
)
from service.domain.scene import Scene
from service.domain.scene_refusals import SceneReleased
from service.domain.transfer import Transfer, TransferAnswered, TransferOffered, TransferState


def offer_transfer(offered: Transfer, *, scene: Scene) -> TransferOffered:
    """Offer the scene to another post; an offer still waiting is withdrawn by it.

    Raises: SceneReleased, TransferNowhere.
    """
    if scene.record.released is not None:
        raise SceneReleased.at("")
    if offered.to_path == scene.record.post_path:
        raise TransferNowhere.at("/to_post_id")
    return TransferOffered(transfer=offered)


def answer_transfer(
    transfer: Transfer, *, accepts: bool, answer: str, by: UUID, at: datetime
) -> TransferAnswered:
    """Take the scene over, or send it back with a reason.

    Raises: TransferClosed, OwnTransfer.
    """
    if transfer.state is not TransferState.OFFERED:
        raise TransferClosed.at("/transfer_id")
    if by == transfer.offered_by:
        raise OwnTransfer.at("/officer")
    answered = replace(
        transfer,
        version=transfer.version + 1,
        state=TransferState.ACCEPTED if accepts else TransferState.REFUSED,
        answered_by=by,
        answered_at=at,
        answer=answer,
    )
    return TransferAnswered(transfer=answered)


def known_transfer(custody: Custody, transfer_id: UUID) -> Transfer:
    """Return one transfer. Raises: TransferUnknown."""
    transfer = found(custody.transfers, transfer_id)
    if transfer is None:
        raise TransferUnknown.at("/transfer_id")
    return transfer
