"""Put what somebody stated on record, correct it, or have it signed."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.errors import Fault, StatementUnknown
from service.domain.incident import Incident, State
from service.domain.powers import Officer, Operation
from service.domain.recording import record_statement as decide_statement
from service.domain.report_checks import check_heard
from service.domain.statement import Objection, Signature, Statement, Stroke
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.end_route import turn_for_dispute
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.record_incident import put_on_record, stale

_SIMPLY = frozenset({State.REGISTERED, State.SIMPLIFIED})
LATE = "当事人对火灾事实或责任有异议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature as it was given on the glass."""

    strokes: tuple[Stroke, ...]
    digest: str
    device: str
    signed_at: datetime

    def before(self, officer: Officer) -> Signature:
        """The signature, given before this officer."""
        return Signature(
            strokes=self.strokes,
            digest=self.digest,
            device=self.device,
            officer_present=officer.id,
            signed_at=self.signed_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatement:
    """A statement as it shall stand; without `signature` those given so far stay."""

    incident_id: UUID
    id: UUID
    party_id: UUID | None
    witness: str | None
    text: str
    facts_heard: bool
    objection: Objection
    heard_at: datetime
    signature: Signed | None
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswer:
    """A statement in its incident."""

    statement: Statement
    incident: Incident

    @property
    def version(self) -> int:
        """The statement's: it becomes the ETag."""
        return self.statement.version


def record_statement(
    command: RecordStatement, *, officer: Officer, work: Work
) -> StatementAnswer | Created[StatementAnswer]:
    """Record a statement; saying again what stands changes nothing.

    A new objection after a registration or simplified procedure turns it into an investigation.
    The officer signed in is the one who heard it, and who was present when it was signed.
    Raises: Forbidden, IncidentUnknown, StatementUnknown, ReportInvalid, StatementInvalid,
    SignatureInvalid, RecordFrozen, RecordStale.
    """
    incident = incident_for(
        command.incident_id, Operation.RECORD_INCIDENT, officer=officer, work=work
    )
    statement = _statement(command, officer)
    signature = command.signature.before(officer) if command.signature else None
    before = incident.statement(command.id)
    if before is None and not command.precondition.create:
        raise statement_unknown()
    if before is not None:
        present = StatementAnswer(statement=before, incident=incident)
        if _says_what_stands(before, statement, signature):
            return present
        if command.precondition.version != before.version:
            raise stale(before.version, present=present)
    check_heard(statement, signature, called_at=incident.called_at, now=work.now)
    if before is None and _objects_late(incident, statement):
        incident = turn_for_dispute(incident, reason=LATE, officer=officer, work=work)
    event = decide_statement(incident, statement, signature=signature, now=work.now)
    after = put_on_record(incident, event, officer=officer, work=work)
    answer = StatementAnswer(statement=event.statement, incident=after)
    return answer if before else Created(answer)


def statement_unknown() -> StatementUnknown:
    """The refusal for a statement that is not on record."""
    return StatementUnknown(
        Fault(
            "/statement_id",
            Words("该火情没有这份陈述", "the incident has no such statement"),
            Words("请核对编号；新登记请带If-None-Match: *", "check the id; to add one send *"),
        )
    )


def _statement(command: RecordStatement, officer: Officer) -> Statement:
    return Statement(
        id=command.id,
        version=0,
        party_id=command.party_id,
        witness=command.witness,
        text=command.text,
        facts_heard=command.facts_heard,
        objection=command.objection,
        heard_by=officer.id,
        heard_at=command.heard_at,
    )


def _objects_late(incident: Incident, statement: Statement) -> bool:
    """Whether a party objects to what was decided simply; a witness's view does not count."""
    party = incident.party(statement.party_id) if statement.party_id else None
    objects = statement.objection is Objection.OBJECTION
    return objects and party is not None and not party.is_witness and incident.state in _SIMPLY


def _says_what_stands(before: Statement, new: Statement, signature: Signature | None) -> bool:
    same = replace(
        new, version=before.version, heard_by=before.heard_by, signatures=before.signatures
    )
    return same == before and (signature is None or is_last(signature, before.signature))


def is_last(signature: Signature, last: Signature | None) -> bool:
    """Whether a signature is the last that binds, whichever officer was present."""
    return last is not None and last == replace(signature, officer_present=last.officer_present)
