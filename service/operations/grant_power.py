"""Let somebody act for a while in another role or at another post, and take that back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.errors import Fault
from service.domain.grants import Grant, GrantEnded, GrantMade, must_end_in_time
from service.domain.people_refusals import GrantFixed, GrantUnknown
from service.domain.powers import Officer, Operation, Role, must_be_allowed
from service.domain.words import Words
from service.operations.manage_people import managed_post, managed_user
from service.operations.outcome import Created
from service.operations.ports import Work

STREAM = "grant"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeGrant:
    """Who may act as what, where, until when, and why."""

    id: UUID
    user_id: UUID
    role: Role
    post_id: UUID
    reason: str
    ends_at: datetime


def make_grant(command: MakeGrant, *, officer: Officer, work: Work) -> Grant | Created[Grant]:
    """Grant a power to a person of the administrator's, at a post of the administrator's.

    Raises: Forbidden, Unknown, GrantTermWrong, GrantFixed (another grant has this id).
    """
    managed_user(command.user_id, pointer="/user_id", officer=officer, work=work)
    managed_post(command.post_id, officer=officer, work=work)
    before = work.grants.get(command.id)
    if before is not None:
        return _same(before, command)
    must_end_in_time(work.now, command.ends_at)
    grant = Grant(
        id=command.id,
        user_id=command.user_id,
        role=command.role,
        post_id=command.post_id,
        reason=command.reason,
        granted_at=work.now,
        ends_at=command.ends_at,
    )
    made = GrantMade(
        user_id=grant.user_id,
        role=grant.role,
        post_id=grant.post_id,
        reason=grant.reason,
        ends_at=grant.ends_at,
    )
    _log(grant, made, expected=0, officer=officer, work=work)
    work.grants.put(grant)
    return Created(grant)


def end_grant(grant_id: UUID, *, officer: Officer, work: Work) -> Grant:
    """Take a grant back: whoever acts under it is refused from now on.

    Raises: Forbidden, GrantUnknown.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    grant = work.grants.get(grant_id)
    if grant is None:
        raise _unknown()
    managed_post(grant.post_id, officer=officer, work=work)
    if not grant.is_good(work.now):
        return grant
    _log(grant, GrantEnded(), expected=grant.version, officer=officer, work=work)
    ended = replace(grant, ended_at=work.now, version=grant.version + 1)
    work.grants.put(ended)
    return ended


def list_grants(officer: Officer, work: Work) -> list[Grant]:
    """Every grant at the administrator's post and below, the latest first.

    Raises: Forbidden.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    return work.grants.under(officer.post_path)


def _same(before: Grant, command: MakeGrant) -> Grant:
    asked = (command.user_id, command.role, command.post_id, command.reason, command.ends_at)
    if (before.user_id, before.role, before.post_id, before.reason, before.ends_at) != asked:
        raise GrantFixed(
            Fault(
                "/grant_id",
                Words("该编号已用于另一授权", "another grant has this id"),
                Words("请用新的编号", "use a new id"),
            )
        )
    return before


def _log(grant: Grant, event: Any, *, expected: int, officer: Officer, work: Work) -> None:
    work.events.append(STREAM, grant.id, [event], expected=expected, officer_id=officer.id)


def _unknown() -> GrantUnknown:
    return GrantUnknown(
        Fault(
            "/grant_id",
            Words("没有该临时授权", "there is no such grant"),
            Words("请核对编号", "check the id"),
        )
    )
