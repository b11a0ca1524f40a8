"""Gas and power 燃气与电力: off or on, unit by unit, and who restores them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.incident import Utilities, Utility, UtilityState
from service.domain.words import Words


class Supply(StrEnum):
    """What is shut off at a fire and restored by somebody else."""

    GAS = "gas"
    POWER = "power"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorer:
    """The body that restores a supply, and its telephone."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRecord:
    """A supply found off, or restored, at some units (none named: at all of them).

    `restorer` is who restores it, or who has. It is never changed: a later one counts.
    """

    id: UUID
    version: int
    supply: Supply
    is_on: bool
    unit_ids: tuple[str, ...]
    restorer: Restorer
    at: datetime
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRecorded:
    """Gas or power was found off, or was restored."""

    NAME: ClassVar[str] = "supply-recorded"
    VERSION: ClassVar[int] = 1
    record: SupplyRecord


EVENTS = (SupplyRecorded,)

SUPPLIES = {
    Supply.GAS: (Words("燃气", "gas"), Words("供气单位", "the gas company")),
    Supply.POWER: (Words("电力", "power"), Words("供电单位", "the power company")),
}


def supplies_owed(
    unit_id: str, *, utilities: Utilities, records: Iterable[SupplyRecord]
) -> tuple[Words, ...]:
    """Gas or power that is off at a unit, and who restores it.

    `records` name units as they are divided now. What the incident says holds until a record
    names the unit.
    """
    last = {each.supply: each for each in records if not each.unit_ids or unit_id in each.unit_ids}
    reported = {Supply.GAS: utilities.gas, Supply.POWER: utilities.power}
    said = (
        _recorded(last[supply]) if supply in last else _reported(supply, reported[supply])
        for supply in Supply
    )
    return tuple(words for words in said if words is not None)


def _recorded(record: SupplyRecord) -> Words | None:
    if record.is_on:
        return None
    restorer = record.restorer
    words = _off(record.supply, restorer.name, restorer.name)
    return Words(f"{words.zh}（电话{restorer.phone}）", f"{words.en} (telephone {restorer.phone})")


def _reported(supply: Supply, utility: Utility) -> Words | None:
    if utility.state is not UtilityState.OFF:
        return None
    company = SUPPLIES[supply][1]
    return _off(supply, utility.restored_by or company.zh, utility.restored_by or company.en)


def _off(supply: Supply, by_zh: str, by_en: str) -> Words:
    what = SUPPLIES[supply][0]
    return Words(
        f"{what.zh}尚未恢复，由{by_zh}恢复", f"{what.en} is not restored yet; {by_en} restores it"
    )
