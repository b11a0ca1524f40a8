"""Give a neighbouring system a key, list the keys, take one back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from service.domain.errors import Fault
from service.domain.people_refusals import KeyUnknown
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.system_keys import (
    IssuedKey,
    KeyEnded,
    KeyIssued,
    SystemKey,
    expiry,
    must_be_for_systems,
)
from service.domain.words import Words
from service.operations.manage_people import managed_post
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.sign_in import TOKEN_BITS, hash_of

STREAM = "system-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSystemKey:
    """A key for a system: its name, what it may read, at which post and below, for how long."""

    name: str
    post_id: UUID
    scopes: tuple[Operation, ...]
    days: int


def give_system_key(command: GiveSystemKey, *, officer: Officer, work: Work) -> Created[IssuedKey]:
    """Make a key.

    Raises: Forbidden, Unknown, KeyTermWrong, ScopeNotForSystems.
    """
    managed_post(command.post_id, officer=officer, work=work)
    must_be_for_systems(command.scopes)
    expires_at = expiry(work.now, days=command.days)
    secret = work.new_code(TOKEN_BITS)
    key = SystemKey(
        hash=hash_of(secret),
        name=command.name,
        post_id=command.post_id,
        scopes=tuple(sorted(set(command.scopes))),
        issued_at=work.now,
        expires_at=expires_at,
    )
    issued = KeyIssued(
        name=key.name, post_id=key.post_id, scopes=key.scopes, expires_at=key.expires_at
    )
    _log(key, issued, expected=0, officer=officer, work=work)
    work.system_keys.put(key)
    return Created(IssuedKey(key=key, secret=secret))


def end_system_key(key_id: UUID, *, officer: Officer, work: Work) -> SystemKey:
    """Take a key back; one that has ended stays ended.

    Raises: Forbidden, KeyUnknown.
    """
    found = next((key for key in system_keys(officer, work) if key.id == key_id), None)
    if found is None:
        raise KeyUnknown(
            Fault(
                "/key_id",
                Words("没有该系统密钥", "there is no such key"),
                Words("请核对编号", "check the id"),
            )
        )
    if found.ended_at is not None:
        return found
    _log(found, KeyEnded(), expected=1, officer=officer, work=work)
    work.system_keys.end(found, work.now)
    return replace(found, ended_at=work.now)


def system_keys(officer: Officer, work: Work) -> Sequence[SystemKey]:
    """Every key at the administrator's post and below, the latest first; never a key itself.

    Raises: Forbidden.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    return work.system_keys.under(officer.post_path)


def _log(key: SystemKey, event: Any, *, expected: int, officer: Officer, work: Work) -> None:
    work.events.append(STREAM, key.id, [event], expected=expected, officer_id=officer.id)
