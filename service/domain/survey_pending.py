"""Pending survey steps: what each will clear, how long it is expected to take, in what order."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.findings import Stage
from service.domain.holds import HoldKind
from service.domain.reasons import reason
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_refusals import HoldCleared, HoldOfAnotherKind, HoldUnknown
from service.domain.survey_order import MOST_MINUTES
from service.domain.survey_order_refusals import StepClearsNothing
from service.domain.words import Words

SURVEYED = (HoldKind.BURNED_AREA, HoldKind.CAUSE_AREA, HoldKind.EVIDENCE, HoldKind.HAZARD)
"""The kinds of hold that work at the scene ends: a dispute is decided, an origin released."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """How long a step takes where nobody says: minutes per kind of hold, and per unit and stage.

    A rule that is data; `source` says where the numbers come from, `assumed` that they are ours.
    """

    source: str
    assumed: bool
    holds_minutes: dict[HoldKind, int]
    stages_minutes: dict[Stage, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingStep:
    """One step to come: the hold it will clear, or the units and the zone it will exclude.

    `shape` is plane metres; `duration_minutes` None asks the rules. `after`: ids it must follow.
    """

    id: str
    duration_minutes: int | None = None
    after: tuple[str, ...] = ()
    hold_id: UUID | None = None
    units: tuple[str, ...] = ()
    shape: BaseGeometry | None = None
    levels: tuple[str, ...] = ()
    stage: Stage = Stage.DETAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedStep:
    """A pending step with its duration, and in words what it is."""

    step: PendingStep
    minutes: int
    assumed: bool
    what: Words


def steps_of(scene: Scene) -> tuple[PendingStep, ...]:
    """One step for each live hold that a survey, or work at the scene, ends."""
    found = (each.hold.id for each in scene.live(*SURVEYED))
    return tuple(PendingStep(id=str(id), hold_id=id) for id in found)


def timed(
    scene: Scene, steps: Iterable[PendingStep], durations: Durations
) -> tuple[TimedStep, ...]:
    """The steps with durations and words.

    Raises: StepClearsNothing, HoldUnknown, HoldCleared, HoldOfAnotherKind, UnitUnknown,
    LevelUnknown.
    """
    return tuple(_timed(scene, i, step, durations) for i, step in enumerate(steps))


def _timed(scene: Scene, i: int, step: PendingStep, durations: Durations) -> TimedStep:
    assumed = step.duration_minutes is None
    if step.hold_id is not None:
        record = _live(scene, step.hold_id, pointer=f"/steps/{i}/hold_id")
        usual = durations.holds_minutes[record.hold.kind]
        what = _clears(record)
    else:
        _must_name_places(scene, i, step)
        places = len(step.units) + len(step.levels)
        usual = min(durations.stages_minutes[step.stage] * places, MOST_MINUTES)
        what = Words(
            "勘验排除：" + _names(scene, step), "surveyed, excluded: " + _names(scene, step)
        )
    return TimedStep(step=step, minutes=step.duration_minutes or usual, assumed=assumed, what=what)


def _live(scene: Scene, hold_id: UUID, *, pointer: str) -> HoldRecord:
    record = scene.record.holds.get(hold_id)
    if record is None:
        raise HoldUnknown.at(pointer, hold_id=hold_id)
    if not record.live:
        raise HoldCleared.at(pointer, hold_id=hold_id)
    if record.hold.kind is HoldKind.AREA_OF_ORIGIN:
        raise HoldOfAnotherKind.at(pointer, kind=record.hold.kind.value)
    return record


def _must_name_places(scene: Scene, i: int, step: PendingStep) -> None:
    if not step.units and step.shape is None:
        raise StepClearsNothing.at(f"/steps/{i}", step_id=step.id)
    for n, unit in enumerate(step.units):
        scene.plan.unit(unit, pointer=f"/steps/{i}/units/{n}")
    for n, level in enumerate(step.levels):
        scene.plan.on(level, pointer=f"/steps/{i}/levels/{n}")


def _clears(record: HoldRecord) -> Words:
    why = reason(record).why
    return Words(f"了结：{why.zh}", f"cleared: {why.en}")


def _names(scene: Scene, step: PendingStep) -> str:
    units = [scene.plan.unit(id) for id in step.units]
    levels = [scene.plan.on(id) for id in step.levels]
    named = [unit.name or unit.id for unit in units] + [level.name or level.id for level in levels]
    return ", ".join(named)
