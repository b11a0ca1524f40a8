"""Reopening 恢复使用: how each unit reads to its owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from service.domain.holds import HoldKind
from service.domain.plan import UnitKind
from service.domain.reasons import StillSealed, still_sealed
from service.domain.scene import Scene
from service.domain.words import Words


class UnitState(StrEnum):
    """What an owner reads of a unit."""

    SEALED = "sealed"
    OPEN_WITH_CONDITIONS = "open_with_conditions"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """A recorded hazard over some units, cleared or not: of the incident, beside any scene."""

    what: str
    unit_ids: tuple[str, ...]
    cleared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStatus:
    """One unit: its state, why it is not simply open, what remains to be done, by which holds."""

    unit: str
    name: str
    level: str
    state: UnitState
    reasons: tuple[Words, ...] = ()
    remains: tuple[Words, ...] = ()
    hold_kinds: tuple[HoldKind, ...] = ()
    sealed_m2: float = 0.0


class UnitNamed(Protocol):
    """A unit of a plan, or one that an incident names before there is any."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def level(self) -> str: ...


IN_PART = Words("部分区域已用警戒带隔离", "a part of it is taped off")
NOT_SET = Words("封闭范围尚在划定", "the seal is being set")
CLEARANCE = Words("有权人员确认危险已消除", "an authorised officer clears the hazard")


def units_status(scene: Scene, *, dangers: Iterable[Danger] = ()) -> tuple[UnitStatus, ...]:
    """Every unit of the scene's plan, in its order, with the incident's own dangers."""
    shut = {each.unit: each for each in still_sealed(scene)}
    over = _by_unit(scene, dangers)
    conditions = (NOT_SET,) if _is_being_set(scene) else ()
    return tuple(
        _shut(shut[unit.id]) if unit.id in shut else _open(unit, over.get(unit.id, ()), conditions)
        for unit in scene.plan.units()
    )


def units_without_scene(
    units: Iterable[UnitNamed], *, dangers: Iterable[Danger]
) -> tuple[UnitStatus, ...]:
    """Units of an incident that has no scene: open, save for its recorded dangers."""
    recorded = [danger for danger in dangers if not danger.cleared]
    return tuple(
        _open(unit, tuple(each.what for each in recorded if unit.id in each.unit_ids), ())
        for unit in units
    )


def _is_being_set(scene: Scene) -> bool:
    """Whether holds wait for a first seal; after a registration the premises are open till then."""
    waiting = not scene.is_sealed and not scene.record.after_registration
    return waiting and any(True for _ in scene.live())


def _by_unit(scene: Scene, dangers: Iterable[Danger]) -> dict[str, tuple[str, ...]]:
    over: dict[str, tuple[str, ...]] = {}
    for danger in dangers:
        for id in () if danger.cleared else scene.parts(danger.unit_ids):
            over[id] = (*over.get(id, ()), danger.what)
    return over


def _shut(sealed: StillSealed) -> UnitStatus:
    in_part = sealed.kind is UnitKind.OPEN
    why = tuple(reason.why for reason in sealed.reasons)
    return UnitStatus(
        unit=sealed.unit,
        name=sealed.name,
        level=sealed.level,
        state=UnitState.OPEN_WITH_CONDITIONS if in_part else UnitState.SEALED,
        reasons=(IN_PART, *why) if in_part else why,
        remains=tuple(dict.fromkeys(reason.until for reason in sealed.reasons)),
        hold_kinds=tuple(dict.fromkeys(reason.kind for reason in sealed.reasons)),
        sealed_m2=sealed.area_m2,
    )


def _open(unit: UnitNamed, dangers: tuple[str, ...], conditions: tuple[Words, ...]) -> UnitStatus:
    reasons = (*conditions, *(Words(f"危险：{what}", f"hazard: {what}") for what in dangers))
    return UnitStatus(
        unit=unit.id,
        name=unit.name,
        level=unit.level,
        state=UnitState.OPEN_WITH_CONDITIONS if reasons else UnitState.OPEN,
        reasons=reasons,
        remains=(CLEARANCE,) if dangers else (),
        hold_kinds=(HoldKind.HAZARD,) if dangers else (),
    )
