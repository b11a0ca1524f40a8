"""Hand a party an owner's code, or make a code for the posted notice; take one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.codes import (
    NOTICE_BITS,
    OWNER_BITS,
    Code,
    CodeEnded,
    CodeIssued,
    CodeKind,
    Issued,
    expiry,
)
from service.domain.errors import CodeUnknown, Fault, PartyUnknown
from service.domain.powers import Officer, Operation
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.sign_in import hash_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOwnerCode:
    """A code for one party, ending after so many days; the party's earlier codes end now."""

    incident_id: UUID
    party_id: UUID
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNoticeCode:
    """A code to print on the posted notice; those printed before stay good."""

    incident_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCode:
    """The code that opens nothing from now on."""

    incident_id: UUID
    code_id: UUID


def issue_owner_code(command: IssueOwnerCode, *, officer: Officer, work: Work) -> Created[Issued]:
    """Make a code for a party of the incident.

    Raises: Forbidden, IncidentUnknown, PartyUnknown, CodeTermWrong.
    """
    incident = incident_for(command.incident_id, Operation.ISSUE_CODE, officer=officer, work=work)
    if incident.party(command.party_id) is None:
        raise PartyUnknown(
            Fault(
                "/party_id",
                Words("该火灾没有这位当事人", "the incident has no such party"),
                Words("请先登记当事人", "put the party on record first"),
            )
        )
    expires_at = expiry(work.now, days=command.days)
    earlier = [
        code
        for code in work.codes.of_incident(incident.id)
        if code.party_id == command.party_id and code.is_good(work.now)
    ]
    for code in earlier:
        work.codes.end(code, work.now)
    secret = work.new_code(OWNER_BITS)
    code = Code(
        hash=hash_of(secret),
        kind=CodeKind.OWNER,
        incident_id=incident.id,
        party_id=command.party_id,
        issued_at=work.now,
        expires_at=expires_at,
    )
    return _issue(code, secret, earlier, officer, work)


def issue_notice_code(command: IssueNoticeCode, *, officer: Officer, work: Work) -> Created[Issued]:
    """Make a code for the incident's posted notice.

    Raises: Forbidden, IncidentUnknown.
    """
    incident = incident_for(command.incident_id, Operation.ISSUE_CODE, officer=officer, work=work)
    secret = work.new_code(NOTICE_BITS)
    code = Code(
        hash=hash_of(secret),
        kind=CodeKind.NOTICE,
        incident_id=incident.id,
        party_id=None,
        issued_at=work.now,
        expires_at=None,
    )
    return _issue(code, secret, (), officer, work)


def end_code(command: EndCode, *, officer: Officer, work: Work) -> None:
    """Revoke a code; one that has ended stays ended.

    Raises: Forbidden, IncidentUnknown, CodeUnknown.
    """
    incident = incident_for(command.incident_id, Operation.ISSUE_CODE, officer=officer, work=work)
    codes = work.codes.of_incident(incident.id)
    found = next((code for code in codes if code.id == command.code_id), None)
    if found is None:
        raise CodeUnknown(
            Fault(
                "/code_id",
                Words("该火灾没有这个查询码", "the incident has no such code"),
                Words("请核对编号", "check the id"),
            )
        )
    if found.ended_at is None:
        work.codes.end(found, work.now)
        _log(incident.id, CodeEnded(code_id=found.id), officer, work)


def codes_of(incident_id: UUID, *, officer: Officer, work: Work) -> Sequence[Code]:
    """Which codes of an incident were made, for whom, until when; never a code itself.

    Raises: Forbidden, IncidentUnknown.
    """
    incident_for(incident_id, Operation.ISSUE_CODE, officer=officer, work=work)
    return work.codes.of_incident(incident_id)


def _issue(
    code: Code, secret: str, earlier: Sequence[Code], officer: Officer, work: Work
) -> Created[Issued]:
    work.codes.put(code)
    event = CodeIssued(
        code_id=code.id,
        kind=code.kind,
        party_id=code.party_id,
        expires_at=code.expires_at,
        replaces=tuple(old.id for old in earlier),
    )
    _log(code.incident_id, event, officer, work)
    return Created(Issued(code=code, secret=secret))


def _log(incident_id: UUID, event: Any, officer: Officer, work: Work) -> None:
    length = len(work.events.read("codes", incident_id))
    work.events.append("codes", incident_id, [event], expected=length, officer_id=officer.id)
