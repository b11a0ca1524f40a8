"""Forget uploads whose time is over; photos on record are never looked at here."""

from contextlib import suppress
from functools import partial
from uuid import UUID

from service.domain.errors import Locked, Unavailable
from service.domain.upload_term import is_over
from service.operations.forget_bytes import forget_bytes
from service.operations.ports import PhotoRoom, Work

AT_MOST = 4
"""How many one announcement sweeps on its way: as many go as can come."""


def sweep_uploads(room: PhotoRoom, *, at_most: int = AT_MOST) -> int:
    """Forget the oldest uploads that are over, and say how many; what cannot go now, goes later."""
    ids = room.records.read(
        lambda work: work.photos.uploads_begun(until=work.now - room.kept_for, at_most=at_most)
    )
    swept = 0
    for id in ids:
        with suppress(Locked, Unavailable):
            swept += room.records.write(partial(_forget, id, room=room))
    return swept


def _forget(id: UUID, work: Work, *, room: PhotoRoom) -> bool:
    """Look again within the transaction: the id may have been announced anew meanwhile."""
    upload = work.photos.upload(id)
    if upload is None or not is_over(upload, kept_for=room.kept_for, now=work.now):
        return False
    forget_bytes(upload, room=room)
    work.photos.end(id)
    return True
