"""Say in which order pending survey steps first free owners soonest."""

from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.plane import to_plane
from service.domain.powers import Officer, Operation
from service.domain.scene import Scene
from service.domain.survey_pending import PendingStep
from service.domain.survey_planning import SurveyPlanned, plan_survey
from service.operations.ports import Work
from service.operations.scene_desk import begin_on, load


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSurveys:
    """Pending steps, their shapes in WGS 84 (none: one for each live hold), and unit → weight."""

    scene_id: UUID
    steps: tuple[PendingStep, ...]
    weights: dict[str, int]
    asked: tuple[str, ...] | None


def order_surveys(query: OrderSurveys, *, officer: Officer, work: Work) -> SurveyPlanned:
    """The order of the steps; nothing is changed.

    Raises: SceneUnknown, Forbidden, SceneReleased, SealNotSet, and those of `plan_survey`.
    """
    scene = load(query.scene_id, Operation.READ_SCENE, officer=officer, work=work)
    course = begin_on(scene, officer=officer, work=work)
    course.scene.must_be_sealed()
    return plan_survey(
        course,
        [_placed(step, scene) for step in query.steps],
        weights=query.weights,
        asked=query.asked,
        durations=work.rules.survey,
    )


def _placed(step: PendingStep, scene: Scene) -> PendingStep:
    if step.shape is None:
        return step
    return replace(step, shape=to_plane(step.shape, plane=scene.record.plane))
