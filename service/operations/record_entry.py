"""Log an entry under a granted access: who went in with whom, and what they took out."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.access import Access, AccessSeen, Entry
from service.domain.accessing import known_access
from service.domain.accessing import record_entry as decide_entry
from service.domain.custody_refusals import AccessNotGranted, EntryUnknown
from service.domain.powers import Officer, Operation
from service.domain.statement import Signature
from service.operations.case import is_repeat
from service.operations.custody_desk import escort, must_be_photographed, open_desk, record
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.record_statement import Signed, is_last


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry:
    """An entry as it shall stand; without `signature` those given so far stay.

    `escort_id` is the granted escort where it is None.
    """

    scene_id: UUID
    access_id: UUID
    id: UUID
    people: tuple[str, ...]
    escort_id: UUID | None
    in_at: datetime
    out_at: datetime | None
    removed: tuple[str, ...]
    photo_ids: tuple[UUID, ...]
    hazards: dict[UUID, str]
    unsigned_because: str | None
    signature: Signed | None
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """An entry in its access."""

    entry: Entry
    of: AccessSeen

    @property
    def version(self) -> int:
        """The entry's: it becomes the ETag."""
        return self.entry.version


def record_entry(
    command: RecordEntry, *, officer: Officer, work: Work
) -> EntrySeen | Created[EntrySeen]:
    """Log an entry, complete or correct it, or have it signed; saying it again changes nothing.

    Raises: Forbidden, SceneUnknown, AccessUnknown, EntryUnknown, Stale, CustodyNotOnRecord, and
    those of accessing.record_entry.
    """
    desk = open_desk(command.scene_id, Operation.RECORD_ENTRY, officer=officer, work=work)
    access = known_access(desk.custody, command.access_id)
    before = access.entry(command.id)
    if before is None and not command.precondition.create:
        raise EntryUnknown.at("/entry_id")
    entry = _entry(command, access, officer, work)
    signature = command.signature.before(officer) if command.signature else None
    repeats = before is not None and _says_what_stands(before, entry, signature)
    if is_repeat(command.precondition, before, repeats=repeats) and before is not None:
        return EntrySeen(entry=before, of=AccessSeen(access=access, now=work.now))
    must_be_photographed("/photo_ids/{n}", *command.photo_ids, desk=desk, work=work)
    event = decide_entry(access, entry, signature=signature, scene=desk.scene, now=work.now)
    after = known_access(record(desk, event, officer=officer, work=work), access.id)
    seen = EntrySeen(entry=event.entry, of=AccessSeen(access=after, now=work.now))
    return seen if before else Created(seen)


def read_entry(
    scene_id: UUID, access_id: UUID, entry_id: UUID, *, officer: Officer, work: Work
) -> EntrySeen:
    """An entry with the exact text to show before signing.

    Raises: Forbidden, SceneUnknown, AccessUnknown, EntryUnknown.
    """
    desk = open_desk(scene_id, Operation.READ_CUSTODY, officer=officer, work=work)
    access = known_access(desk.custody, access_id)
    entry = access.entry(entry_id)
    if entry is None:
        raise EntryUnknown.at("/entry_id")
    return EntrySeen(entry=entry, of=AccessSeen(access=access, now=work.now))


def _entry(command: RecordEntry, access: Access, officer: Officer, work: Work) -> Entry:
    if access.grant is None:
        raise AccessNotGranted.at("/access_id")
    escort_id = command.escort_id or access.grant.escort.id
    return Entry(
        id=command.id,
        version=0,
        people=command.people,
        escort=escort("/escort_id", escort_id, work=work),
        in_at=command.in_at,
        out_at=command.out_at,
        removed=command.removed,
        photo_ids=command.photo_ids,
        hazards=command.hazards,
        recorded_by=officer.id,
        recorded_at=work.now,
        unsigned_because=command.unsigned_because,
    )


def _says_what_stands(before: Entry, new: Entry, signature: Signature | None) -> bool:
    same = replace(
        new,
        version=before.version,
        recorded_by=before.recorded_by,
        recorded_at=before.recorded_at,
        signatures=before.signatures,
    )
    return same == before and (signature is None or is_last(signature, before.signature))
