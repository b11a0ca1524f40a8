"""/v1/scenes: scenes, their plans, their seal and its past, extensions."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from schemas.plans import ScenePlanSchema
from schemas.scene_view_schemas import (
    ExtensionAnswerSchema,
    ExtensionViewSchema,
    FiguresSchema,
    HistorySchema,
    PlanViewSchema,
    ScenePageSchema,
    SceneViewSchema,
    SealViewSchema,
)
from schemas.scene_views import (
    answer_view,
    entry_view,
    extension_view,
    figures_view,
    plan_view,
    scene_view,
    seal_view,
)
from schemas.scenes import (
    HistoryQuery,
    SceneSchema,
    ScenesQuery,
    SealApprovalSchema,
    SealExtensionSchema,
    SealQuery,
)
from schemas.warnings import warned_view
from service.domain.history import Entry
from service.operations.extend_seal import (
    ApproveExtension,
    AskExtension,
    ExtensionAnswer,
    approve_an_extension,
    ask_for_extension,
)
from service.operations.open_scene import OpenScene, open_scene
from service.operations.ports import SceneListed
from service.operations.read_scene import (
    PAGE,
    list_scenes,
    read_extension,
    read_figures,
    read_history,
    read_scene,
    read_scene_at,
)
from service.operations.scene_desk import Making
from service.operations.see_scene import SceneSeen, see_scene
from service.operations.set_plan import PlanTaken, SetPlan, prepare_plan, set_plan
from service.web.blueprint import Blueprint
from service.web.current import drawings
from service.web.perform import based_on, look, perform

scenes = Blueprint("scenes", __name__, url_prefix="/v1/scenes", description="火灾现场 · scenes")


@scenes.route("", methods=["GET"])
@scenes.arguments(ScenesQuery, location="query")
@scenes.response(200, ScenePageSchema)
def get_scenes(page: dict[str, Any]) -> Response:
    """The scenes at the own post and below, of one incident or of all, by cursor."""
    return look(
        lambda officer, work: list_scenes(
            officer, work, incident_id=page["incident_id"], after=page["after"]
        ),
        view=_page,
    )


@scenes.route("/<uuid:scene_id>", methods=["PUT"])
@scenes.arguments(SceneSchema)
@scenes.response(201, SceneViewSchema)
def put_scene(body: dict[str, Any], scene_id: UUID) -> Response:
    """Open a scene for an incident under investigation."""
    command = OpenScene(id=scene_id, incident_id=body["incident_id"])
    return perform(open_scene, command, view=_seen)


@scenes.route("/<uuid:scene_id>", methods=["GET"])
@scenes.response(200, SceneViewSchema)
def get_scene(scene_id: UUID) -> Response:
    """The scene as it stands: holds, units, parties, objections, what is asked and pending."""
    return look(
        lambda officer, work: see_scene(scene_id, officer=officer, work=work),
        view=_seen,
        by_version=False,
    )


@scenes.route("/<uuid:scene_id>/plan", methods=["PUT"])
@scenes.arguments(ScenePlanSchema)
@scenes.response(200, PlanViewSchema)
def put_plan(body: dict[str, Any], scene_id: UUID) -> Response:
    """Set a version of the plan (If-Match: the scene's version); files in it are read apart."""
    command = SetPlan(scene_id=scene_id, if_match=based_on(), **body)
    return perform(
        partial(set_plan, drawings=drawings()),
        command,
        view=_plan_taken,
        prepare=partial(prepare_plan, drawings=drawings()),
        long=True,
    )


@scenes.route("/<uuid:scene_id>/plan", methods=["GET"])
@scenes.response(200, PlanViewSchema)
def get_plan(scene_id: UUID) -> Response:
    """The plan that findings are decided on, what was mended in it, and what stays uncertain."""
    return look(
        lambda officer, work: read_scene(scene_id, officer=officer, work=work),
        view=lambda scene: plan_view(
            scene.plan,
            scene.record.plane,
            version=scene.record.plan_version,
            mends=scene.record.mends,
            notes=scene.record.notes,
        ),
    )


@scenes.route("/<uuid:scene_id>/seal", methods=["GET"])
@scenes.arguments(SealQuery, location="query")
@scenes.response(200, SealViewSchema)
def get_seal(query: dict[str, Any], scene_id: UUID) -> Response:
    """The sealed cells as features with their reasons, now or `at` a time, on all levels or one."""
    at, level = query["at"], query["level"]
    if at is None:
        return look(
            lambda officer, work: read_scene(scene_id, officer=officer, work=work),
            view=lambda scene: seal_view(scene, level=level),
        )
    return look(
        lambda officer, work: read_scene_at(scene_id, at, officer=officer, work=work),
        view=lambda scene: seal_view(scene, level=level),
    )


@scenes.route("/<uuid:scene_id>/history", methods=["GET"])
@scenes.arguments(HistoryQuery, location="query")
@scenes.response(200, HistorySchema)
def get_history(page: dict[str, Any], scene_id: UUID) -> Response:
    """What was recorded after a version, oldest first, and what it did to the seal."""
    return look(
        lambda officer, work: read_history(
            scene_id, after=page["after"], officer=officer, work=work
        ),
        view=_history_page,
    )


@scenes.route("/<uuid:scene_id>/figures", methods=["GET"])
@scenes.response(200, FiguresSchema)
def get_figures(scene_id: UUID) -> Response:
    """What the seal has cost so far, beside one that never shrank."""
    return look(
        lambda officer, work: read_figures(scene_id, officer=officer, work=work),
        view=figures_view,
    )


@scenes.route("/<uuid:scene_id>/extensions/<uuid:extension_id>", methods=["PUT"])
@scenes.arguments(SealExtensionSchema)
@scenes.response(201, ExtensionAnswerSchema)
def put_extension(body: dict[str, Any], scene_id: UUID, extension_id: UUID) -> Response:
    """Ask for an extension (If-Match: the scene's version); a hazard may be taken at once."""
    command = AskExtension(
        scene_id=scene_id,
        extension_id=extension_id,
        reason=body["reason"],
        hold_id=body["hold_id"],
        hold=body["hold"],
        at_once=body["at_once"],
        remedies=tuple(body["remedies"]),
        if_match=based_on(),
        making=Making(observed_at=body["observed_at"], device=body["device"]),
    )
    return perform(ask_for_extension, command, view=_extension_answer)


@scenes.route("/<uuid:scene_id>/extensions/<uuid:extension_id>", methods=["GET"])
@scenes.response(200, ExtensionViewSchema)
def get_extension(scene_id: UUID, extension_id: UUID) -> Response:
    """An extension as it stands."""
    return look(
        lambda officer, work: read_extension(scene_id, extension_id, officer=officer, work=work),
        view=extension_view,
    )


@scenes.route("/<uuid:scene_id>/extensions/<uuid:extension_id>/approval", methods=["PUT"])
@scenes.arguments(SealApprovalSchema)
@scenes.response(200, ExtensionAnswerSchema)
def put_approval(body: dict[str, Any], scene_id: UUID, extension_id: UUID) -> Response:
    """Approve an extension as a second officer of higher role (If-Match: the scene's version)."""
    command = ApproveExtension(
        scene_id=scene_id,
        extension_id=extension_id,
        ground=body["ground"],
        remedies=tuple(body["remedies"]),
        if_match=based_on(),
    )
    return perform(approve_an_extension, command, view=_extension_answer)


def _seen(seen: SceneSeen) -> dict[str, Any]:
    view = scene_view(seen.scene, seen.units, seen.notice)
    return {**view, "warnings": [warned_view(each) for each in seen.warnings]}


def _page(listed: list[SceneListed]) -> dict[str, Any]:
    items = [{name: getattr(each, name) for name in SceneListed.__slots__} for each in listed]
    full = len(listed) == PAGE
    return {"scenes": items, "next": listed[-1].id if full else None}


def _history_page(entries: tuple[Entry, ...]) -> dict[str, Any]:
    full = len(entries) == PAGE
    items = [entry_view(entry) for entry in entries]
    return {"items": items, "next": entries[-1].version if full else None}


def _plan_taken(taken: PlanTaken) -> dict[str, Any]:
    view = plan_view(
        taken.plan, taken.plane, version=taken.plan_version, mends=taken.mends, notes=taken.notes
    )
    return {**view, "version": taken.version, "answer": answer_view(taken.answer)}


def _extension_answer(found: ExtensionAnswer) -> dict[str, Any]:
    return {
        "version": found.version,
        "extension": extension_view(found.extension),
        "answer": answer_view(found.answer),
    }
