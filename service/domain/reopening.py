"""Reopening 恢复使用: how each unit reads to its owner."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from service.domain.holds import HoldKind
from service.domain.plan import GROUND, UnitKind
from service.domain.reasons import StillSealed, still_sealed
from service.domain.scene import Scene
from service.domain.way_told import ShutInTold, way_out_told
from service.domain.words import Words, quoted


class UnitState(StrEnum):
    """What an owner reads of a unit."""

    UNDECIDED = "undecided"
    SEALED = "sealed"
    OPEN_NO_WAY_IN = "open_no_way_in"
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
NO_PLAN = Words(
    "现场尚无平面图，以下为该单元所在场地的情况",
    "the scene has no plan yet: this is said of the ground that the unit stands on",
)
NOT_SHOWN = Words(
    "现行现场平面图上没有这一单元", "the present plan of the scene does not show this unit"
)
ASK_WHERE = Words(
    "由勘验负责人说明它现属哪个单元；请拨打所示电话询问",
    "the officer who leads the survey says which unit it belongs to now: ask at the number shown",
)
WAY_MADE = Words(
    "阻断通道的封闭解除，或另辟通道",
    "the seal in the way is released, or another way is made",
)
CLEARANCE = Words("有权人员确认危险已消除", "an authorised officer clears the hazard")


def units_status(
    scene: Scene, *, dangers: Iterable[Danger] = (), recorded: Iterable[UnitNamed] = ()
) -> tuple[UnitStatus, ...]:
    """Every unit of the scene's plan, in its order, with the incident's own dangers.

    Then those `recorded` of the incident that the plan does not show: none of them vanishes.
    """
    shut = {each.unit: each for each in still_sealed(scene)}
    over = _by_unit(scene, dangers)
    shown = {
        unit.id: _shut(shut[unit.id]) if unit.id in shut else _open(unit, over.get(unit.id, ()))
        for unit in scene.plan.units()
    }
    for each in way_out_told(scene).shut_in:
        shown[each.unit] = _shut_in(scene, shown[each.unit], each)
    missing = (unit for unit in recorded if not shown.keys() & set(scene.parts([unit.id])))
    return (*shown.values(), *(_not_shown(scene, unit, shown, over) for unit in missing))


def units_without_scene(
    units: Iterable[UnitNamed], *, dangers: Iterable[Danger]
) -> tuple[UnitStatus, ...]:
    """Units of an incident that has no scene: open, save for its recorded dangers."""
    recorded = [danger for danger in dangers if not danger.cleared]
    return tuple(
        _open(unit, tuple(each.what for each in recorded if unit.id in each.unit_ids))
        for unit in units
    )


def _not_shown(
    scene: Scene, unit: UnitNamed, shown: dict[str, UnitStatus], over: dict[str, tuple[str, ...]]
) -> UnitStatus:
    """A unit of the incident that the plan lacks: the ground's state without a plan, else asked."""
    found = _open(unit, over.get(unit.id, ()))
    if scene.record.plan_version == 0:
        ground = shown[GROUND]
        state = min(ground.state, found.state, key=list(UnitState).index)
        return replace(
            found,
            state=state,
            reasons=(NO_PLAN, *ground.reasons, *found.reasons),
            remains=tuple(dict.fromkeys((*ground.remains, *found.remains))),
            hold_kinds=tuple(dict.fromkeys((*ground.hold_kinds, *found.hold_kinds))),
        )
    return replace(
        found,
        state=UnitState.UNDECIDED,
        reasons=(NOT_SHOWN, *found.reasons),
        remains=(ASK_WHERE, *found.remains),
    )


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


def _shut_in(scene: Scene, status: UnitStatus, shut_in: ShutInTold) -> UnitStatus:
    """A unit without a way out; where a part of it is taped off itself, its state stays."""
    wholly_open = status.unit not in scene.seal.sealed_units()
    remedies = tuple(Words(text, text) for text in shut_in.remedies)
    return replace(
        status,
        state=UnitState.OPEN_NO_WAY_IN if wholly_open else status.state,
        reasons=(*status.reasons, shut_in.words),
        remains=(*status.remains, *(remedies or (WAY_MADE,))),
    )


def _danger(what: str) -> Words:
    return Words(f"危险：{quoted(what)}", f"hazard: {quoted(what)}")


def _open(unit: UnitNamed, dangers: tuple[str, ...]) -> UnitStatus:
    reasons = tuple(_danger(what) for what in dangers)
    return UnitStatus(
        unit=unit.id,
        name=unit.name,
        level=unit.level,
        state=UnitState.OPEN_WITH_CONDITIONS if reasons else UnitState.OPEN,
        reasons=reasons,
        remains=(CLEARANCE,) if dangers else (),
        hold_kinds=(HoldKind.HAZARD,) if dangers else (),
    )
