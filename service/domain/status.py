"""The owner's view 当事人查询: is my unit open, why not, what remains, whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from service.domain.access import AccessSeen
from service.domain.handback import HANDED_BACK, units_on_record
from service.domain.incident import Incident
from service.domain.reopening import (
    Danger,
    UnitState,
    UnitStatus,
    units_status,
    units_without_scene,
)
from service.domain.scene import Scene
from service.domain.supplies import SupplyRecord, supplies_owed
from service.domain.words import Words


class Headline(StrEnum):
    """The first line, over all of an owner's units."""

    OPEN = "open"
    CONDITIONS = "open_with_conditions"
    PARTLY = "partly_open"
    SEALED = "sealed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call: the post, its telephone, and who leads there where somebody does."""

    post: str
    phone: str
    officer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersView:
    """What one code shows. `expected_at` is the planned release, aware UTC, where one is set.

    `accesses` are the party's own, the latest first.
    """

    address: str
    headline: Headline
    units: tuple[UnitStatus, ...]
    level_names: dict[str, str]
    contact: Contact
    expected_at: datetime | None = None
    accesses: tuple[AccessSeen, ...] = ()


UNDECIDED = Words(
    "消防救援机构尚未作出决定，请先不要进入",
    "the fire brigade has not decided yet; please stay out for now",
)
STATE_WORDS = {
    UnitState.UNDECIDED: Words("尚未决定", "not decided yet"),
    UnitState.OPEN: Words("开放", "open"),
    UnitState.OPEN_WITH_CONDITIONS: Words("有条件开放", "open with conditions"),
    UnitState.SEALED: Words("封闭", "sealed"),
    UnitState.OPEN_NO_WAY_IN: Words("开放，但无法出入", "open, no way in"),
}


def is_decided(incident: Incident, scene: Scene | None) -> bool:
    """Whether a registration, a procedure or a seal has said what is open."""
    if scene is not None and (scene.is_sealed or scene.record.after_registration):
        return True
    return incident.state in HANDED_BACK


def units_now(
    incident: Incident, scene: Scene | None, supplies: Iterable[SupplyRecord] = ()
) -> tuple[UnitStatus, ...]:
    """How every unit of the fire reads, to its owner and to officers alike.

    Those of the scene's plan where there is one, and those on record of the incident.
    `supplies` is what the custody of the scene says of gas and power, oldest first.
    """
    dangers = tuple(
        Danger(what=each.what, unit_ids=each.unit_ids, cleared=each.cleared_at is not None)
        for each in incident.hazards
    )
    if scene is not None:
        found = units_status(scene, dangers=dangers, recorded=units_on_record(incident))
    else:
        found = units_without_scene(units_on_record(incident), dangers=dangers)
    if not is_decided(incident, scene):
        return tuple(_undecided(unit) for unit in found)
    if scene is not None:
        supplies = [replace(each, unit_ids=scene.parts(each.unit_ids)) for each in supplies]
    records, reported = tuple(supplies), incident.utilities
    return tuple(
        _with_conditions(unit, supplies_owed(unit.unit, utilities=reported, records=records))
        for unit in found
    )


def units_of(ids: Iterable[str], units: tuple[UnitStatus, ...]) -> tuple[UnitStatus, ...]:
    """Those of a party; all of them where nobody wrote down which they are."""
    wanted = set(ids)
    return tuple(unit for unit in units if unit.unit in wanted) or units


def headline(units: Iterable[UnitStatus], *, decided: bool) -> Headline:
    """One word over some units."""
    states = {unit.state for unit in units}
    if not decided or states == {UnitState.UNDECIDED}:
        return Headline.UNDECIDED
    if states and states <= {UnitState.SEALED, UnitState.UNDECIDED}:
        return Headline.SEALED
    if states & {UnitState.SEALED, UnitState.UNDECIDED}:
        return Headline.PARTLY
    return Headline.OPEN if states <= {UnitState.OPEN} else Headline.CONDITIONS


def level_names(scene: Scene | None) -> dict[str, str]:
    """What the levels of the plan are called."""
    return {level.id: level.name for level in scene.plan.levels} if scene else {}


def _undecided(unit: UnitStatus) -> UnitStatus:
    return replace(unit, state=UnitState.UNDECIDED, reasons=(UNDECIDED, *unit.reasons))


def _with_conditions(unit: UnitStatus, owed: tuple[Words, ...]) -> UnitStatus:
    if not owed or unit.state in (UnitState.SEALED, UnitState.UNDECIDED):
        return unit
    shut_in = unit.state is UnitState.OPEN_NO_WAY_IN
    state = unit.state if shut_in else UnitState.OPEN_WITH_CONDITIONS
    return replace(unit, state=state, remains=(*unit.remains, *owed))
