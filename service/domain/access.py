"""Supervised access 监护进入: asked, granted or refused, made. It changes nothing of the seal."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.statement import Signature, binding
from service.domain.words import Words


class AccessState(StrEnum):
    """Where an access stands; `expired` is one whose window ended unused."""

    RECEIVED = "received"
    GRANTED = "granted"
    REFUSED = "refused"
    MADE = "made"
    EXPIRED = "expired"


ACCESS_WORDS = {
    AccessState.RECEIVED: Words("已收到，等待答复", "received; an answer will follow"),
    AccessState.GRANTED: Words("已批准，由监护人员陪同进入", "granted, with an escort"),
    AccessState.REFUSED: Words("未批准", "refused"),
    AccessState.MADE: Words("已进入", "made"),
    AccessState.EXPIRED: Words("已过时段，未使用", "expired unused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Escort:
    """The officer who goes along, under the name they had then."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What the lead officer allows; times aware UTC.

    `unit_ids` are the units asked for that are sealed still; `hazards` says of each live hazard
    there why people may go in all the same; an empty `may_remove` lets nothing be taken out.
    """

    unit_ids: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    escort: Escort
    route: str
    may_remove: tuple[str, ...]
    hazards: dict[UUID, str]
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A refusal, with the reason that the asker reads."""

    reason: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: who went in with whom, when they came out (None: not yet), what they took out.

    `signatures` keeps every signature, oldest first; a refusal to sign is noted instead.
    """

    id: UUID
    version: int
    people: tuple[str, ...]
    escort: Escort
    in_at: datetime
    out_at: datetime | None
    removed: tuple[str, ...]
    photo_ids: tuple[UUID, ...]
    hazards: dict[UUID, str]
    recorded_by: UUID
    recorded_at: datetime
    unsigned_because: str | None = None
    signatures: tuple[Signature, ...] = ()

    @property
    def signature(self) -> Signature | None:
        """The signature that still binds the text shown."""
        return binding(self.signatures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One wish to go into sealed units, and what became of it; `version` counts its changes.

    `asked_by` is the officer who wrote it down; None where the party asked through their code.
    """

    id: UUID
    version: int
    unit_ids: tuple[str, ...]
    purpose: str
    wanted_from: datetime
    wanted_until: datetime
    party_id: UUID | None
    asked_by: UUID | None
    asked_at: datetime
    grant: Grant | None = None
    denial: Denial | None = None
    entries: tuple[Entry, ...] = field(default=())

    def state(self, now: datetime) -> AccessState:
        """Where it stands at that time."""
        if self.denial is not None:
            return AccessState.REFUSED
        if self.grant is None:
            return AccessState.RECEIVED
        if self.entries:
            return AccessState.MADE
        return AccessState.EXPIRED if now >= self.grant.ends_at else AccessState.GRANTED

    def entry(self, entry_id: UUID) -> Entry | None:
        """The entry of that id, if it is on record."""
        return next((each for each in self.entries if each.id == entry_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSeen:
    """An access at a time: whether it has expired is read off the clock."""

    access: Access
    now: datetime

    @property
    def version(self) -> int:
        """The access's: it becomes the ETag."""
        return self.access.version

    @property
    def state(self) -> AccessState:
        """Where it stands."""
        return self.access.state(self.now)

    @property
    def words(self) -> Words:
        """The same, said to people."""
        return ACCESS_WORDS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessAsked:
    """Somebody asked to be let in."""

    NAME: ClassVar[str] = "access-asked"
    VERSION: ClassVar[int] = 1
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted:
    """The lead officer lets them in, under escort."""

    NAME: ClassVar[str] = "access-granted"
    VERSION: ClassVar[int] = 1
    access_id: UUID
    grant: Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRefused:
    """The lead officer does not let them in."""

    NAME: ClassVar[str] = "access-refused"
    VERSION: ClassVar[int] = 1
    access_id: UUID
    denial: Denial


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecorded:
    """Somebody went in, or the record of it was completed, corrected or signed."""

    NAME: ClassVar[str] = "entry-recorded"
    VERSION: ClassVar[int] = 1
    access_id: UUID
    entry: Entry


EVENTS = (AccessAsked, AccessGranted, AccessRefused, EntryRecorded)
