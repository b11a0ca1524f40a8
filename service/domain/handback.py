"""Reopening at once 恢复使用: what a registration or simplified procedure hands back."""

from dataclasses import dataclass

from service.domain.incident import Incident, State, UnitConcerned

HANDED_BACK = frozenset({State.REGISTERED, State.SIMPLIFIED, State.STRUCK_OFF})
"""Incidents in these states seal nothing: only a recorded hazard keeps a unit shut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHandedBack:
    """One unit: open, or shut by the hazards named, until each is cleared."""

    id: str
    name: str
    level: str
    open: bool
    hazards: tuple[str, ...] = ()


def units_handed_back(incident: Incident) -> tuple[UnitHandedBack, ...]:
    """Every unit on record, open unless an uncleared hazard names it.

    Units are those of the incident, then those that only a party or a hazard names.
    """
    shut: dict[str, tuple[str, ...]] = {}
    for hazard in incident.hazards:
        if hazard.cleared_at is None:
            for unit_id in hazard.unit_ids:
                shut[unit_id] = (*shut.get(unit_id, ()), hazard.what)
    return tuple(
        UnitHandedBack(
            id=unit.id,
            name=unit.name,
            level=unit.level,
            open=unit.id not in shut,
            hazards=shut.get(unit.id, ()),
        )
        for unit in units_on_record(incident)
    )


def units_on_record(incident: Incident) -> tuple[UnitConcerned, ...]:
    """The units of an incident, whoever named them, each once."""
    found = {unit.id: unit for unit in incident.units}
    named = [p.unit_ids for p in incident.parties] + [h.unit_ids for h in incident.hazards]
    for ids in named:
        for id in ids:
            found.setdefault(id, UnitConcerned(id=id, name=id, level=""))
    return tuple(found.values())
