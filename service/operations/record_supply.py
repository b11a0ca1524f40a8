"""Gas or power found off, or restored, unit by unit."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.custody import found
from service.domain.handback import units_on_record
from service.domain.powers import Officer, Operation
from service.domain.scene import Scene
from service.domain.supplies import Restorer, Supply, SupplyRecord
from service.domain.supplying import record_supply as decide_supply
from service.operations.custody_desk import is_made, open_desk, record
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSupply:
    """What is off or on, at which units (none: all), by whom it is restored, since when."""

    scene_id: UUID
    id: UUID
    supply: Supply
    is_on: bool
    unit_ids: tuple[str, ...]
    restorer: Restorer
    at: datetime
    precondition: Precondition


def record_supply(
    command: RecordSupply, *, officer: Officer, work: Work
) -> SupplyRecord | Created[SupplyRecord]:
    """Put the state of a supply on record; the units read by it from now on.

    Raises: Forbidden, SceneUnknown, Stale, CustodyInvalid.
    """
    desk = open_desk(command.scene_id, Operation.RECORD_SUPPLY, officer=officer, work=work)
    made = SupplyRecord(
        id=command.id,
        version=1,
        supply=command.supply,
        is_on=command.is_on,
        unit_ids=command.unit_ids,
        restorer=command.restorer,
        at=command.at,
        recorded_by=officer.id,
    )
    known = found(desk.custody.supplies, command.id)
    repeats = known is not None and replace(made, recorded_by=known.recorded_by) == known
    if is_made(command.precondition, known, repeats=repeats) and known is not None:
        return known
    event = decide_supply(made, known=_known_units(desk.scene, work), now=work.now)
    record(desk, event, officer=officer, work=work)
    return Created(made)


def _known_units(scene: Scene, work: Work) -> set[str]:
    """Units of the plan, now or before they were divided, and those on record of the incident."""
    incident = work.incidents.get(scene.record.incident_id)
    reported = {unit.id for unit in units_on_record(incident)} if incident else set()
    return {unit.id for unit in scene.plan.units()} | set(scene.record.divided) | reported
