"""The survey of a simulated fire: its steps, their order and hours, what each establishes."""

from datetime import UTC, datetime, timedelta
from random import Random

from scripts.outcome_fires import FIRST_LOOK, LEAST_MINUTES, RUN_MINUTES, Fire
from scripts.outcome_people import LEAD, NAMES, REVIEWER, id_of
from service.domain import findings as f
from service.domain.deciding import begin
from service.domain.findings import Finding, Outcome, Stage
from service.domain.holds import HoldKind
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.survey_pending import Durations, PendingStep
from service.domain.survey_planning import plan_survey

OPENS, SHUTS = timedelta(hours=0), timedelta(hours=9)
"""The working day in UTC: 08:00 to 17:00 in China."""
UNUSED = Durations(
    source="every step here says its own",
    assumed=True,
    holds_minutes=dict.fromkeys(HoldKind, 60),
    stages_minutes=dict.fromkeys(Stage, 60),
)


def steps_for(scene: Scene, fire: Fire) -> list[PendingStep]:
    """The survey's work, as it would be listed: unit by unit, then evidence, then causes."""
    units = [unit for unit in scene.plan.units() if _surveyed_area(scene, unit.id)]
    steps = [_step(scene, fire, unit.id) for unit in units]
    for trace in fire.traces:
        where = {cell.unit for cell in scene.seal.cells if trace.id in cell.holds}
        after = tuple(unit.id for unit in units if unit.id in where)
        minutes = trace.minutes
        id = str(trace.id)
        steps.append(PendingStep(id=id, hold_id=trace.id, duration_minutes=minutes, after=after))
    return steps + [
        PendingStep(id=str(cause.id), hold_id=cause.id, duration_minutes=cause.minutes)
        for cause in fire.causes
    ]


def _surveyed_area(scene: Scene, unit: str, *kinds: HoldKind) -> float:
    """The area of a unit that holds of these kinds claim, m²: those that a survey ends."""
    live = scene.live(*(kinds or (HoldKind.BURNED_AREA, HoldKind.CAUSE_AREA)))
    cells = {id for each in live for id in scene.seal.cells_of(each.hold.id)}
    here = (cell for cell in scene.seal.cells if cell.id in cells and cell.unit == unit)
    return sum(cell.area_m2 for cell in here if not cell.crumb)


def _step(scene: Scene, fire: Fire, unit: str) -> PendingStep:
    """In detail where it burned; a first look where it did not; half an hour for a run."""
    reached = scene.parts(fire.reached)
    run = _surveyed_area(scene, unit, HoldKind.CAUSE_AREA) > 0
    speed = fire.speed_m2_h * (1 if unit in reached else FIRST_LOOK)
    minutes = 0.0
    if unit in reached or _surveyed_area(scene, unit, HoldKind.BURNED_AREA):
        minutes = max(LEAST_MINUTES, _surveyed_area(scene, unit) / speed * 60)
    return PendingStep(
        id=unit,
        units=(unit,),
        stage=Stage.DETAILED if unit in reached or run else Stage.PRELIMINARY,
        duration_minutes=round(minutes + RUN_MINUTES * run),
    )


def own_order(
    scene: Scene, fire: Fire, steps: list[PendingStep], *, known: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The order that the service proposes for these steps.

    `known`: units told beforehand not to be excluded; they then weigh nothing, nor do open units.
    """
    course = begin(scene, by=LEAD, now=fire.sealed_at)
    idle = (x.id for x in scene.plan.units() if x.id in known or x.kind is UnitKind.OPEN)
    weights = dict.fromkeys(idle, 0) if known else {}
    planned = plan_survey(course, steps, weights=weights, asked=None, durations=UNUSED)
    return tuple(step.id for step in planned.proposed.steps)


def ends_of(fire: Fire, steps: list[PendingStep], order: tuple[str, ...]) -> dict[str, datetime]:
    """When each step ends, one after the other, in working hours."""
    chance = Random(fire.luck)  # noqa: S311
    now, minutes = fire.sealed_at + timedelta(hours=chance.uniform(1, 14)), {}
    minutes = {step.id: step.duration_minutes or 0 for step in steps}
    ends = {}
    for id in order:
        now = ends[id] = worked(now, timedelta(minutes=minutes[id]))
    return ends


def worked(start: datetime, work: timedelta) -> datetime:
    """When work that begins at `start` is done, in working hours alone."""
    now = start
    while True:
        day = datetime(now.year, now.month, now.day, tzinfo=UTC)
        now = max(now, day + OPENS)
        left = day + SHUTS - now
        if work <= left:
            return now + work
        work -= max(left, timedelta(0))
        now = day + timedelta(days=1)


def finding_of(fire: Fire, step: PendingStep, stays: frozenset[str]) -> Finding | None:
    """What a step establishes; a cause that stays possible is no finding."""
    if step.units:
        return f.SurveyFinished(
            id=id_of(f"survey {step.id}"),
            stage=step.stage,
            outcome=Outcome.POSSIBLE if step.id in stays else Outcome.EXCLUDED,
            ground="seen",
            units=step.units,
        )
    hold_id = step.hold_id or NAMES
    if hold_id in {cause.id for cause in fire.causes if not cause.excluded}:
        return None
    if hold_id in {cause.id for cause in fire.causes}:
        return f.CauseExcluded(id=id_of(f"no {hold_id}"), hold_id=hold_id, ground="looked into")
    return f.EvidenceTaken(
        id=id_of(f"taken {hold_id}"),
        hold_id=hold_id,
        record_number=step.id[:8],
        photo_ids=(NAMES,),
        officer_ids=(LEAD.id, REVIEWER.id),
        witness="owner",
        custody=(f.Custody(holder="lead", at=fire.sealed_at, place="store"),),
    )
