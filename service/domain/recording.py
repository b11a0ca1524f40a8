"""Decisions on an incident's record: opened, corrected, parties and statements put on it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from service.domain.errors import Fault, JoinRefused, RecordFrozen, StatementInvalid
from service.domain.incident import Incident, Report, State
from service.domain.incident_events import (
    DoubleReportTaken,
    IncidentCorrected,
    IncidentDecided,
    IncidentJoined,
    IncidentOpened,
    PartyRecorded,
    StatementRecorded,
    apply,
)
from service.domain.incident_words import STATES
from service.domain.party import Party
from service.domain.signing import check_signature, no_longer_bound, void_other_text
from service.domain.statement import Signature, Statement
from service.domain.words import Words

UNDECIDED = frozenset({State.OPEN, State.INVESTIGATING})


def open_incident(
    report: Report, *, id: UUID, station_id: UUID, station_path: str
) -> IncidentOpened:
    """Put a fire on record under the id its phone made."""
    return IncidentOpened(
        incident_id=id, station_id=station_id, station_path=station_path, report=report
    )


def correct_incident(incident: Incident, report: Report, *, now: datetime) -> IncidentCorrected:
    """Replace the report whole; signatures under a text that changes by it are voided.

    Raises: RecordFrozen.
    """
    must_be_undecided(incident)
    event = IncidentCorrected(report=report, voided=(), at=now)
    return replace(event, voided=no_longer_bound(apply(incident, event)))


def record_party(incident: Incident, party: Party, *, now: datetime) -> PartyRecorded:
    """Put a party on record or replace it; `party.version` is set here.

    Raises: RecordFrozen.
    """
    must_be_undecided(incident)
    before = incident.party(party.id)
    numbered = replace(party, version=before.version + 1 if before else 1)
    event = PartyRecorded(party=numbered, voided=(), at=now)
    return replace(event, voided=no_longer_bound(apply(incident, event)))


def record_statement(
    incident: Incident, statement: Statement, *, signature: Signature | None, now: datetime
) -> StatementRecorded:
    """Put a hearing on record, replace it, or have it signed.

    Version, who heard it first and the signatures given so far are carried over here; a
    signature under another text is voided, and a new one must bind the text as it is now.
    Raises: RecordFrozen, StatementInvalid, SignatureInvalid.
    """
    must_be_undecided(incident)
    if statement.party_id is not None and incident.party(statement.party_id) is None:
        raise StatementInvalid(
            Fault(
                "/party_id",
                Words("该火情没有这名当事人", "the incident has no such party"),
                Words("请先登记当事人", "record the party first"),
            )
        )
    before = incident.statement(statement.id)
    if before:
        carried = replace(
            statement,
            version=before.version,
            heard_by=before.heard_by,
            signatures=before.signatures,
        )
        statement = void_other_text(carried, incident=incident, at=now)
    if signature is not None:
        check_signature(signature, incident=incident, statement=statement)
        statement = replace(statement, signatures=(*statement.signatures, signature))
    version = before.version + 1 if before else 1
    return StatementRecorded(statement=replace(statement, version=version))


def join(
    kept: Incident, joined: Incident, *, join_id: UUID
) -> tuple[DoubleReportTaken, IncidentJoined]:
    """Let `joined`, a double report of the same fire, give way to `kept`.

    Raises: JoinRefused, RecordFrozen.
    """
    must_be_undecided(kept)
    if joined.state is not State.OPEN:
        raise frozen(joined, "/joined_id")
    if kept.id == joined.id or kept.drill != joined.drill:
        raise JoinRefused(
            Fault(
                "/joined_id",
                Words(
                    "不能与自身合并，演练与实战也不能合并",
                    "a record is not joined to itself, nor a drill to a fire",
                ),
                Words("请选择同一起火灾的另一记录", "choose another record of the same fire"),
            )
        )
    return (
        DoubleReportTaken(join_id=join_id, joined_id=joined.id),
        IncidentJoined(join_id=join_id, kept_id=kept.id),
    )


def decide(incident: Incident, state: State) -> IncidentDecided:
    """Move the incident on; a route, once left, is never silently come back to.

    Raises: RecordFrozen.
    """
    if state not in _ONWARD[incident.state]:
        raise frozen(incident, "/state")
    return IncidentDecided(state=state)


_ONWARD: dict[State, frozenset[State]] = {
    State.OPEN: frozenset(State) - {State.OPEN, State.JOINED},
    State.REGISTERED: frozenset({State.INVESTIGATING, State.STRUCK_OFF, State.HANDED_OVER}),
    State.SIMPLIFIED: frozenset({State.INVESTIGATING, State.HANDED_OVER}),
    State.INVESTIGATING: frozenset({State.STRUCK_OFF, State.HANDED_OVER}),
    State.STRUCK_OFF: frozenset(),
    State.JOINED: frozenset(),
    State.HANDED_OVER: frozenset(),
}


def must_be_undecided(incident: Incident) -> None:
    """Only a record that is not decided is corrected in place.

    Raises: RecordFrozen.
    """
    if incident.state not in UNDECIDED:
        raise frozen(incident, "/state")


def frozen(incident: Incident, pointer: str) -> RecordFrozen:
    """The refusal of what would change a record that is decided or joined."""
    state = STATES[incident.state]
    return RecordFrozen(
        Fault(
            pointer,
            Words(f"火情{state.zh}", f"the incident is {state.en}"),
            Words(
                "请按更正、转调查等程序办理", "file a correction, or take it to an investigation"
            ),
        ),
        state=incident.state.value,
        joined_to=incident.joined_to,
    )
