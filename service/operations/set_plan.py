"""Set a version of a scene's plan, from GeoJSON or from an IMDF archive."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.answering import Answer, answer
from service.domain.errors import Fault, PlanInvalid
from service.domain.mending import Mend, mend_plan
from service.domain.plan import Plan
from service.domain.plan_import import ImportedPlan, import_geojson, import_imdf
from service.domain.plan_placing import Placement
from service.domain.plane import Plane
from service.domain.powers import Officer, Operation
from service.domain.sealing_set import plan_set
from service.domain.way_kept import keep_way_out
from service.domain.words import Words
from service.operations.ports import Work
from service.operations.scene_desk import begin_on, keep, load, must_be_current


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """A plan as sent: a GeoJSON FeatureCollection, or an IMDF archive's files by name."""

    scene_id: UUID
    geojson: dict[str, Any] | None
    imdf: dict[str, object] | None
    crs: str
    placement: Placement | None
    if_match: int | None


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


def set_plan(command: SetPlan, *, officer: Officer, work: Work) -> PlanTaken:
    """Take the plan in, mend it, and decide from now on upon it.

    Raises: Forbidden, SceneUnknown, SceneStale, PreconditionMissing, PlanInvalid, PlanTooFar,
    GeometryInvalid, UnitTwice, PlanLosesHold.
    """
    scene = load(command.scene_id, Operation.PLAN_SCENE, officer=officer, work=work)
    must_be_current(scene, command.if_match, work=work)
    imported = _imported(command, scene.record.plane)
    _must_show_something(imported)
    plan, mends = mend_plan(imported.plan)
    begun = begin_on(scene, officer=officer, work=work)
    course = keep_way_out(begun.scene, plan_set(begun, plan, mends))
    keep(scene, course, work=work)
    record = course.scene.record
    return PlanTaken(
        version=record.version,
        plane=record.plane,
        plan=plan,
        plan_version=record.plan_version,
        mends=mends,
        notes=imported.notes,
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


def _imported(command: SetPlan, plane: Plane) -> ImportedPlan:
    if command.imdf is not None:
        return import_imdf(command.imdf, plane=plane, placement=command.placement)
    return import_geojson(
        command.geojson,
        plane=plane,
        placement=command.placement,
        crs=command.crs,
        pointer="/geojson",
    )
