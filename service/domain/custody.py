"""Custody of a scene 现场看管: what goes on around the seal, and the fold that makes it again.

Accesses, tapes, the posted notice, gas and power, transfers. None of it holds or clears anything,
and it has a stream of its own, so that it never brings a finding a 412.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from service.domain import access, posted_notice, seal_tapes, supplies, transfer
from service.domain.access import Access, Entry
from service.domain.posted_notice import PostedNotice
from service.domain.seal_tapes import SealCheck, SealTape
from service.domain.supplies import SupplyRecord
from service.domain.transfer import Transfer, TransferState


class Identified(Protocol):
    """What has an id."""

    @property
    def id(self) -> UUID: ...


Part = TypeVar("Part", bound=Identified)

EVENTS: tuple[type, ...] = (
    *access.EVENTS,
    *seal_tapes.EVENTS,
    *posted_notice.EVENTS,
    *supplies.EVENTS,
    *transfer.EVENTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRule:
    """How often a tape is looked at, and how many wishes of one party may wait for an answer."""

    check_every: timedelta
    accesses_waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """All of it, under the scene's id; `version` counts the events and is 0 before the first.

    Everything stands in the order in which it was first recorded.
    """

    id: UUID
    version: int = 0
    accesses: tuple[Access, ...] = ()
    tapes: tuple[SealTape, ...] = ()
    checks: tuple[SealCheck, ...] = ()
    notices: tuple[PostedNotice, ...] = ()
    supplies: tuple[SupplyRecord, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    def apply(self, event: Any) -> Self:
        """The custody after one more event; every event is one version."""
        return replace(self, version=self.version + 1, **_changes(self, event))

    @property
    def waiting(self) -> tuple[Access, ...]:
        """The accesses that nobody has answered yet, the oldest first."""
        return tuple(one for one in self.accesses if one.grant is None and one.denial is None)

    @property
    def pending(self) -> Transfer | None:
        """The transfer that waits for its answer."""
        return next((one for one in self.transfers if one.state is TransferState.OFFERED), None)

    @property
    def posted(self) -> PostedNotice | None:
        """The notice that hangs there, the last posted."""
        return next((one for one in reversed(self.notices) if one.taken_down is None), None)


def found(parts: tuple[Part, ...], id: UUID) -> Part | None:
    """The part of that id, if it is on record."""
    return next((part for part in parts if part.id == id), None)


def _changes(custody: Custody, event: Any) -> dict[str, Any]:
    match event:
        case access.AccessAsked(access=asked):
            return {"accesses": (*custody.accesses, asked)}
        case access.AccessGranted(access_id=id, grant=grant):
            return {"accesses": _with(custody.accesses, id, grant=grant)}
        case access.AccessRefused(access_id=id, denial=denial):
            return {"accesses": _with(custody.accesses, id, denial=denial)}
        case access.EntryRecorded(access_id=id, entry=entry):
            return {"accesses": _entered(custody.accesses, id, entry)}
        case seal_tapes.TapePutUp(tape=tape):
            return {"tapes": (*custody.tapes, tape)}
        case seal_tapes.TapeTakenDown(tape_id=id, taken_down=down):
            return {"tapes": _with(custody.tapes, id, taken_down=down)}
        case seal_tapes.TapeChecked(check=check):
            return {"checks": (*custody.checks, check)}
        case posted_notice.NoticePosted(notice=notice):
            return {"notices": (*custody.notices, notice)}
        case posted_notice.NoticeTakenDown(notice_id=id, taken_down=down):
            return {"notices": _with(custody.notices, id, taken_down=down)}
        case supplies.SupplyRecorded(record=record):
            return {"supplies": (*custody.supplies, record)}
        case transfer.TransferOffered(transfer=offered):
            return {"transfers": (*_withdrawn(custody.transfers), offered)}
        case _:
            return {"transfers": _put(custody.transfers, event.transfer)}


def _with(parts: tuple[Any, ...], id: UUID, **changes: Any) -> tuple[Any, ...]:
    """The same with one part changed, which counts as a version of it."""
    return tuple(
        replace(part, version=part.version + 1, **changes) if part.id == id else part
        for part in parts
    )


def _put(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """The same with `new` in the place of what had its id, else at the end."""
    if found(parts, new.id) is None:
        return (*parts, new)
    return tuple(new if part.id == new.id else part for part in parts)


def _entered(accesses: tuple[Access, ...], id: UUID, entry: Entry) -> tuple[Access, ...]:
    entries = {each.id: _put(each.entries, entry) for each in accesses if each.id == id}
    return _with(accesses, id, entries=entries[id])


def _withdrawn(transfers: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    return tuple(
        replace(each, version=each.version + 1, state=TransferState.WITHDRAWN)
        if each.state is TransferState.OFFERED
        else each
        for each in transfers
    )
