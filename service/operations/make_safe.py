"""Note that a recorded hazard is over, or that gas, power or water is on again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from service.domain import making_safe
from service.domain.errors import Fault
from service.domain.incident import Clearance, Restoration, UtilityKind
from service.domain.powers import Officer, Operation
from service.domain.route_refusals import RestoredAtTheScene
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.possible_same import IncidentAnswer, answer_of
from service.operations.record_incident import put_on_record

Made = TypeVar("Made", Clearance, Restoration)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearHazard:
    """Which hazard is over, since when, on what ground."""

    incident_id: UUID
    hazard_id: UUID
    cleared_at: datetime
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreUtility:
    """What is on again, since when, by whom."""

    incident_id: UUID
    id: UUID
    utility: UtilityKind
    restored_at: datetime
    restored_by: str


def clear_hazard(
    command: ClearHazard, *, officer: Officer, work: Work
) -> IncidentAnswer | Created[IncidentAnswer]:
    """Clear a hazard of the report, whoever may clear one at a scene; the same again is answered.

    Raises: Forbidden, IncidentUnknown, HazardUnknown, MadeSafeBefore, ReportInvalid, RecordFrozen.
    """
    incident = incident_for(command.incident_id, Operation.CLEAR_HAZARD, officer=officer, work=work)
    made = Clearance(
        hazard_id=command.hazard_id,
        cleared_at=command.cleared_at,
        ground=command.ground,
        officer_id=officer.id,
    )
    if any(_same(made, each) for each in incident.clearances):
        return answer_of(incident, officer=officer, work=work)
    event = making_safe.clear_hazard(incident, made, now=work.now)
    after = put_on_record(incident, event, officer=officer, work=work)
    return Created(answer_of(after, officer=officer, work=work))


def restore_utility(
    command: RestoreUtility, *, officer: Officer, work: Work
) -> IncidentAnswer | Created[IncidentAnswer]:
    """Note a supply as on again; the same again is answered.

    Raises: Forbidden, IncidentUnknown, RestoredAtTheScene, MadeSafeBefore, ReportInvalid,
    RecordFrozen.
    """
    incident = incident_for(
        command.incident_id, Operation.RECORD_SUPPLY, officer=officer, work=work
    )
    made = Restoration(
        id=command.id,
        utility=command.utility,
        restored_at=command.restored_at,
        restored_by=command.restored_by,
        officer_id=officer.id,
    )
    if any(_same(made, each) for each in incident.restorations):
        return answer_of(incident, officer=officer, work=work)
    _must_be_noted_here(command, work)
    event = making_safe.restore_utility(incident, made, now=work.now)
    after = put_on_record(incident, event, officer=officer, work=work)
    return Created(answer_of(after, officer=officer, work=work))


def _same(made: Made, before: Made) -> bool:
    """Whether it was noted before, by whichever officer."""
    return made == replace(before, officer_id=made.officer_id)


def _must_be_noted_here(command: RestoreUtility, work: Work) -> None:
    """At a scene the last record of a unit counts: one kept here would change nothing there."""
    scene_id = work.scenes.of_incident(command.incident_id)
    if scene_id is not None and command.utility is not UtilityKind.WATER:
        raise RestoredAtTheScene(
            Fault(
                "/utility",
                Words("该火灾已有现场", "the fire has a scene"),
                Words(
                    "请在该现场的 supplies 中按单元记录",
                    "note it among the supplies of that scene, unit by unit",
                ),
            ),
            scene_id=scene_id,
        )
