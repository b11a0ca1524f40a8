"""Set a version of a scene's plan, from GeoJSON, an IMDF archive or drawings."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.answering import Answer, answer
from service.domain.errors import Fault, PlanInvalid
from service.domain.mending import Mend, mend_plan
from service.domain.plan import Plan
from service.domain.plan_doubts import doubts
from service.domain.plan_drawing import Drawing
from service.domain.plan_dxf import Sheet
from service.domain.plan_import import ImportedPlan, import_dxf, import_geojson, import_imdf
from service.domain.plan_placing import Placement
from service.domain.plane import Plane
from service.domain.powers import Officer, Operation
from service.domain.sealing_set import plan_set
from service.domain.way_kept import keep_way_out
from service.domain.words import Words
from service.operations.ports import Drawings, Work
from service.operations.scene_desk import begin_on, keep, load, must_be_current


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """A plan as sent, in one of four forms.

    A GeoJSON FeatureCollection, an IMDF archive's files by name, the archive itself, or the
    bytes of drawings, each with how it is to be read.
    """

    scene_id: UUID
    geojson: dict[str, Any] | None
    imdf: dict[str, object] | None
    crs: str
    placement: Placement | None
    if_match: int | None
    archive: bytes | None = None
    dxf: tuple[tuple[Sheet, bytes], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A plan read and mended, to be set on the scene whose plane it lies on."""

    plan: Plan
    mends: tuple[Mend, ...]
    notes: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTaken:
    """The plan as mended, what was said of it, and what it changed."""

    version: int
    plane: Plane
    plan: Plan
    plan_version: int
    mends: tuple[Mend, ...]
    notes: tuple[Words, ...]
    answer: Answer


def prepare_plan(command: SetPlan, *, officer: Officer, work: Work, drawings: Drawings) -> Ready:
    """Read and mend the plan, which may take seconds, before the turn to write.

    Raises: Forbidden, SceneUnknown, SceneStale, PreconditionMissing, PlanInvalid, PlanTooFar,
    PlanUnreadable, GeometryInvalid, UnitTwice, and what drawings and points are refused for.
    """
    scene = load(command.scene_id, Operation.PLAN_SCENE, officer=officer, work=work)
    must_be_current(scene, command.if_match, work=work)
    imported = _imported(command, scene.record.plane, work=work, drawings=drawings)
    _must_show_something(imported)
    plan, mends = mend_plan(imported.plan)
    return Ready(plan=plan, mends=mends, notes=imported.notes + doubts(plan))


def set_plan(
    command: SetPlan,
    *,
    officer: Officer,
    work: Work,
    drawings: Drawings,
    ready: Ready | None = None,
) -> PlanTaken:
    """Take the plan in, mended, and decide from now on upon it.

    Raises: as `prepare_plan`, and PlanLosesHold.
    """
    scene = load(command.scene_id, Operation.PLAN_SCENE, officer=officer, work=work)
    must_be_current(scene, command.if_match, work=work)
    found = ready or prepare_plan(command, officer=officer, work=work, drawings=drawings)
    begun = begin_on(scene, officer=officer, work=work)
    course = plan_set(begun, found.plan, found.mends, found.notes)
    course = keep_way_out(begun.scene, course)
    keep(scene, course, work=work)
    record = course.scene.record
    return PlanTaken(
        version=record.version,
        plane=record.plane,
        plan=found.plan,
        plan_version=record.plan_version,
        mends=found.mends,
        notes=found.notes,
        answer=answer(scene, course),
    )


def _must_show_something(imported: ImportedPlan) -> None:
    """Raises: PlanInvalid when there is neither a unit nor an outline to go by."""
    if not any(level.units or level.outline for level in imported.plan.levels):
        raise PlanInvalid(
            Fault(
                "/geojson/features",
                Words("平面图上没有单元，也没有轮廓", "the plan has neither a unit nor an outline"),
                Words("没有平面图时不必提交", "without a plan, send none"),
            )
        )


def _imported(command: SetPlan, plane: Plane, *, work: Work, drawings: Drawings) -> ImportedPlan:
    if command.dxf is not None:
        drawn = [(sheet, _drawing(sheet, body, drawings)) for sheet, body in command.dxf]
        return import_dxf(drawn, plane=plane, layers=work.rules.layers)
    files, pointer = command.imdf, "/imdf"
    if command.archive is not None:
        files, pointer = drawings.archive(command.archive, pointer="/archive"), "/archive"
    if files is not None:
        return import_imdf(files, plane=plane, placement=command.placement, pointer=pointer)
    return import_geojson(
        command.geojson,
        plane=plane,
        placement=command.placement,
        crs=command.crs,
        pointer="/geojson",
    )


def _drawing(sheet: Sheet, body: bytes, drawings: Drawings) -> Drawing:
    return drawings.drawing(body, unit=sheet.unit, pointer=sheet.pointer)
