"""What happens to an incident, with the full value each time, and the fold that makes it again."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from service.domain.incident import (
    Clearance,
    Incident,
    Report,
    Restoration,
    State,
    Utility,
    UtilityState,
)
from service.domain.party import Party
from service.domain.statement import Statement

Part = TypeVar("Part", bound=Party | Statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    """A fire was put on record."""

    NAME: ClassVar[str] = "incident-opened"
    VERSION: ClassVar[int] = 1
    incident_id: UUID
    station_id: UUID
    station_path: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCorrected:
    """The report was replaced; `voided` are the statements whose signatures no longer bind."""

    NAME: ClassVar[str] = "incident-corrected"
    VERSION: ClassVar[int] = 1
    report: Report
    voided: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecorded:
    """A party was put on record or corrected; `voided` as for a corrected incident."""

    NAME: ClassVar[str] = "party-recorded"
    VERSION: ClassVar[int] = 1
    party: Party
    voided: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded:
    """Somebody was heard, or the hearing was corrected or signed."""

    NAME: ClassVar[str] = "statement-recorded"
    VERSION: ClassVar[int] = 1
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentJoined:
    """This record was a double report and gave way to `kept_id`."""

    NAME: ClassVar[str] = "incident-joined"
    VERSION: ClassVar[int] = 1
    join_id: UUID
    kept_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleReportTaken:
    """This record is the kept one; `joined_id` gave way to it."""

    NAME: ClassVar[str] = "double-report-taken"
    VERSION: ClassVar[int] = 1
    join_id: UUID
    joined_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDecided:
    """The incident went into another state: registered, taken over, struck off, handed over."""

    NAME: ClassVar[str] = "incident-decided"
    VERSION: ClassVar[int] = 1
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTransferred:
    """Another post of the brigade tree has the incident now: jurisdiction follows its path."""

    NAME: ClassVar[str] = "incident-transferred"
    VERSION: ClassVar[int] = 1
    station_id: UUID
    station_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedHazardCleared:
    """A hazard of the report is over; what was frozen under a number stays as it was."""

    NAME: ClassVar[str] = "recorded-hazard-cleared"
    VERSION: ClassVar[int] = 1
    clearance: Clearance


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityRestored:
    """Gas, power or water is on again; what was frozen under a number stays as it was."""

    NAME: ClassVar[str] = "utility-restored"
    VERSION: ClassVar[int] = 1
    restoration: Restoration


IncidentEvent = (
    IncidentOpened
    | IncidentCorrected
    | PartyRecorded
    | StatementRecorded
    | IncidentJoined
    | DoubleReportTaken
    | IncidentDecided
    | IncidentTransferred
    | RecordedHazardCleared
    | UtilityRestored
)
EVENTS = (
    IncidentOpened,
    IncidentCorrected,
    PartyRecorded,
    StatementRecorded,
    IncidentJoined,
    DoubleReportTaken,
    IncidentDecided,
    IncidentTransferred,
    RecordedHazardCleared,
    UtilityRestored,
)


def opened(event: IncidentOpened) -> Incident:
    """The incident as its first event makes it: open, at version 1."""
    return Incident(
        id=event.incident_id,
        station_id=event.station_id,
        station_path=event.station_path,
        version=1,
        state=State.OPEN,
        **_parts(event.report),
    )


def apply(incident: Incident, *events: IncidentEvent) -> Incident:
    """The incident after these events; every event is one version."""
    for event in events:
        incident = replace(_changed(incident, event), version=incident.version + 1)
    return incident


def _changed(incident: Incident, event: IncidentEvent) -> Incident:
    match event:
        case IncidentCorrected():
            corrected = replace(incident, **_parts(event.report))
            return _voided(corrected, event.voided, event.at)
        case PartyRecorded(party=party):
            parties = _put(incident.parties, party)
            return _voided(replace(incident, parties=parties), event.voided, event.at)
        case StatementRecorded(statement=made):
            return replace(incident, statements=_put(incident.statements, made))
        case IncidentJoined():
            return replace(incident, state=State.JOINED, joined_to=event.kept_id)
        case DoubleReportTaken():
            return replace(incident, joined=(*incident.joined, event.joined_id))
        case IncidentDecided():
            return replace(incident, state=event.state)
        case IncidentTransferred():
            return replace(incident, station_id=event.station_id, station_path=event.station_path)
        case RecordedHazardCleared(clearance=clearance):
            return _cleared(incident, clearance)
        case UtilityRestored(restoration=restoration):
            return _restored(incident, restoration)
        case _:
            raise ValueError(f"{event.NAME} is only ever the first event")


def _cleared(incident: Incident, made: Clearance) -> Incident:
    hazards = tuple(
        replace(each, cleared_at=made.cleared_at) if each.id == made.hazard_id else each
        for each in incident.hazards
    )
    return replace(incident, hazards=hazards, clearances=(*incident.clearances, made))


def _restored(incident: Incident, made: Restoration) -> Incident:
    on = Utility(state=UtilityState.ON, restored_by=made.restored_by, restored_at=made.restored_at)
    utilities = replace(incident.utilities, **{made.utility.value: on})
    return replace(incident, utilities=utilities, restorations=(*incident.restorations, made))


def _parts(report: Report) -> dict[str, Any]:
    return {part.name: getattr(report, part.name) for part in fields(Report)}


def _put(among: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """The same with `new` in the place of what had its id, else at the end."""
    if any(each.id == new.id for each in among):
        return tuple(new if each.id == new.id else each for each in among)
    return (*among, new)


def _voided(incident: Incident, ids: tuple[UUID, ...], at: datetime) -> Incident:
    statements = tuple(each.voided(at) if each.id in ids else each for each in incident.statements)
    return replace(incident, statements=statements)
