"""One fire through the service's own decisions, its seal watched and its laws checked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from scripts.outcome_fires import Fire
from scripts.outcome_laws import check_step
from scripts.outcome_parties import afterwards
from scripts.outcome_people import LEAD, NAMES, REVIEWER, id_of
from scripts.outcome_survey import finding_of
from service.domain import findings as f
from service.domain.course import Course
from service.domain.deciding import begin, decide
from service.domain.findings import Finding
from service.domain.holds import HoldKind
from service.domain.plan import Plan, UnitKind
from service.domain.plane import Plane
from service.domain.powers import Officer
from service.domain.scene import Scene
from service.domain.scene_events import SceneOpened
from service.domain.scene_opening import open_scene
from service.domain.scene_refusals import ShutsIn
from service.domain.sealing_set import plan_set
from service.domain.survey_pending import PendingStep
from service.domain.way_out import Way, WayOut


@dataclass(slots=True)
class Seen:
    """The seal from a moment on: m², how many closed units are shut, how many have no way in."""

    at: datetime
    area_m2: float
    closed_units: int
    no_way_in: int


@dataclass(slots=True)
class Sealed:
    """A scene under way: its state, and how its seal went."""

    scene: Scene
    fire: Fire
    seen: list[Seen] = field(default_factory=list)
    events: list[tuple[datetime, Any]] = field(default_factory=list)
    checks: int = 0

    def take(self, now: datetime, *findings: Finding, by: Officer = LEAD) -> Course:
        """Record findings by the service's own decision, and check what must never break."""
        before = self.scene
        course = decide(begin(before, by=by, now=now), findings)
        if before.is_sealed:
            self.checks += check_step(before, course)
        self.scene = course.scene
        self.events += ((now, event) for event in course.events)
        if self.scene.is_sealed:
            self.seen.append(see(self.scene, now))
        return course


def see(scene: Scene, now: datetime) -> Seen:
    """The seal as it is now; crumbs shut no unit, any part shuts the unit that was divided."""
    whole = {part: unit for unit, parts in scene.record.divided.items() for part in parts}
    cells = (cell for cell in scene.seal.cells if not cell.crumb and cell.kind is UnitKind.CLOSED)
    shut = {whole.get(cell.unit, cell.unit) for cell in cells}
    return Seen(
        at=now,
        area_m2=scene.seal.area_m2(),
        closed_units=len(shut),
        no_way_in=no_way_in(scene, scene.record.way_out, shut),
    )


def no_way_in(scene: Scene, way: WayOut, shut: Collection[str]) -> int:
    """How many closed units are not shut, but shut in."""
    lost = {each.unit_id for each in way.shut_in if each.way is Way.NONE}
    return sum(scene.plan.unit(id).kind is UnitKind.CLOSED for id in lost - set(shut))


def set_seal(plan: Plan, plane: Plane, fire: Fire) -> Sealed:
    """Open the scene, its holds, and set the seal."""
    event = SceneOpened(
        scene_id=NAMES,
        incident_id=NAMES,
        post_path="/",
        lead_officer_id=LEAD.id,
        plane=plane,
        plan=plan,
    )
    planned = plan_set(open_scene(event, by=LEAD, now=fire.sealed_at), plan, ())
    sealed = Sealed(
        planned.scene, fire, events=[(fire.sealed_at, event) for event in planned.events]
    )
    for hold in _holds(fire):
        sealed.take(fire.sealed_at, hold)
    _set_seal(sealed, f.SealSet(id=id_of("seal"), ground="first sight"))
    return sealed


def _set_seal(sealed: Sealed, finding: f.SealSet) -> None:
    """Set it; where it shuts people in, with a remedy for them."""
    try:
        sealed.take(sealed.fire.sealed_at, finding)
    except ShutsIn as refused:
        units = tuple(refused.facts["units"])
        remedy = f.Remedy(unit_ids=units, text="led out by the crew")
        sealed.take(sealed.fire.sealed_at, replace(finding, remedies=(remedy,)))


def _holds(fire: Fire) -> Iterator[f.HoldOpened]:
    on = {"levels": (fire.level,), "ground": "seen"}
    yield f.HoldOpened(
        id=id_of("burned"),
        kind=HoldKind.BURNED_AREA,
        shape=fire.burned,
        named_units=(*fire.reached, *fire.thought),
        margin_m=1.0,
        **on,
    )
    for cause in fire.causes:
        yield f.HoldOpened(id=cause.id, kind=HoldKind.CAUSE_AREA, shape=cause.run, **on)
    for trace in fire.traces:
        yield f.HoldOpened(id=trace.id, kind=HoldKind.EVIDENCE, shape=trace.at, **on)
    if fire.hazard is not None:
        yield f.HoldOpened(id=id_of("hazard"), kind=HoldKind.HAZARD, shape=fire.hazard, **on)


def divide(sealed: Sealed) -> frozenset[str]:
    """Put up the screen, if there is one; the places that the survey will not exclude."""
    fire, room = sealed.fire, sealed.fire.reached[0]
    if fire.screen is None:
        return fire.not_excluded
    found = f.UnitDivided(id=id_of("screen"), unit_id=room, shape=fire.screen, ground="screened")
    sealed.take(fire.sealed_at, found)
    parts = [sealed.scene.plan.unit(id) for id in sealed.scene.record.divided[room]]
    seat = {unit.id for unit in parts if unit.shape.intersects(fire.seat)}
    return fire.not_excluded - {room} | seat


def run(
    sealed: Sealed, steps: list[PendingStep], ends: dict[str, datetime], stays: frozenset[str]
) -> datetime:
    """Let everything happen in its time; the moment the whole is released.

    `stays` are the units that the survey does not exclude.
    """
    fire = sealed.fire
    plans = [(ends[x.id], found) for x in steps if (found := finding_of(fire, x, stays))]
    if fire.hazard is not None:
        lifted = f.HazardCleared(id=id_of("safe"), hold_id=id_of("hazard"), ground="propped")
        plans.append((fire.sealed_at + fire.hazard_for, lifted))
    surveyed = max(ends.values()) + timedelta(hours=1)
    plans += afterwards(sealed.scene, fire, surveyed)
    end = max(fire.sealed_at + fire.term, max(at for at, _ in plans) + timedelta(days=1))
    for at, finding in sorted(plans, key=lambda plan: plan[0]):
        if not _is_over(sealed.scene, finding):
            reviewed = isinstance(finding, f.PartyNotReached)
            sealed.take(at, finding, by=REVIEWER if reviewed else LEAD)
    answers = {each.hold.id: "the inquiry is over" for each in sealed.scene.live()}
    condition = f.Condition(structure="sound", environment="aired", health_and_safety="safe")
    sealed.take(
        end,
        f.WholeReleased(
            id=id_of("release"), answers=answers, received_by="owner", condition=condition
        ),
    )
    return end


def _is_over(scene: Scene, finding: Finding) -> bool:
    """Whether the hold it would clear is over already."""
    hold_id = getattr(finding, "hold_id", None)
    return hold_id is not None and not scene.record.holds[hold_id].live
