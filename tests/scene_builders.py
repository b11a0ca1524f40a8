"""A scene to test on, built step by step, each step with defaults.

Level "1", 40 m by 24 m, and level "2" over its western half (metres of the plane):

    y 24 +------+------+------+------+
         | 101  | 102  | 103  | 104  |
    y 14 +------+------+------+------+        level 2: 201 (x 0-20, y 14-24),
         |        hall (open)        |                 202 (x 0-20, y 0-10),
    y 10 +------+------+------+------+                 hall2 (open, y 10-14)
         | 105  | 106  | 107  | 108  |
    y 0  +------+------+------+------+
         x 0    10     20     30     40      around it: "ground" (open)
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from shapely import Point, box
from shapely.geometry.base import BaseGeometry

from service.domain import findings as f
from service.domain.course import Course
from service.domain.deciding import begin, decide
from service.domain.extensions import Asking, approve_extension, ask_extension
from service.domain.findings import Finding, Outcome, Stage
from service.domain.holds import HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level, Plan, Unit, UnitKind
from service.domain.plane import Plane
from service.domain.powers import Officer, Role
from service.domain.scene import Scene
from service.domain.scene_events import SceneOpened
from service.domain.scene_fold import Happened, replay
from service.domain.sealing_set import plan_set

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
POST = "/15/1501/"


def uid(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE_OID, name)


def an_officer(name: str = "li", role: Role = Role.INVESTIGATOR) -> Officer:
    """Somebody at the post of the scene."""
    return Officer(id=uid(name), name=name, role=role, post_id=uid("post"), post_path=POST)


LEAD = an_officer("li")
REVIEWER = an_officer("zhao", Role.REVIEWER)


def closed(id: str, level: str, shape: BaseGeometry) -> Unit:
    """A shop or flat."""
    return Unit(id=id, level=level, kind=UnitKind.CLOSED, name=f"Shop {id}", shape=shape)


def open_(id: str, level: str, shape: BaseGeometry) -> Unit:
    """A hall."""
    return Unit(id=id, level=level, kind=UnitKind.OPEN, name=id, shape=shape)


def market() -> Plan:
    """The plan drawn above, mended."""
    first = [closed(f"10{i + 1}", "1", box(10 * i, 14, 10 * i + 10, 24)) for i in range(4)]
    first += [closed(f"10{i + 5}", "1", box(10 * i, 0, 10 * i + 10, 10)) for i in range(4)]
    first.append(open_("hall", "1", box(0, 10, 40, 14)))
    second = [
        closed("201", "2", box(0, 14, 20, 24)),
        closed("202", "2", box(0, 0, 20, 10)),
        open_("hall2", "2", box(0, 10, 20, 14)),
    ]
    levels = (
        Level(id="1", name="1F", ordinal=0, units=tuple(first)),
        Level(id="2", name="2F", ordinal=1, units=tuple(second)),
    )
    return mend_plan(DrawnPlan(levels=levels))[0]


def bare_ground() -> Plan:
    """No plan at all."""
    return mend_plan(DrawnPlan())[0]


PLAN = market()


@dataclass(frozen=True, slots=True)
class Building:
    """A scene with all that happened to it; every step returns another one."""

    happened: tuple[Happened, ...]
    scene: Scene
    now: datetime = NOON

    def later(self, **time: float) -> "Building":
        """Let time go by."""
        return replace(self, now=self.now + timedelta(**time))

    def by(self, course: Course) -> "Building":
        """Take over what a course decided."""
        first = self.scene.record.version + 1
        happened = tuple(
            Happened(version=first + n, event=event, at=course.now, by=course.by.id)
            for n, event in enumerate(course.events)
        )
        return Building((*self.happened, *happened), course.scene, self.now)

    def begin(self, officer: Officer = LEAD) -> Course:
        """A course on the scene as it is now."""
        return begin(self.scene, by=officer, now=self.now)

    def record(self, *findings: Finding, officer: Officer = LEAD) -> "Building":
        """Record findings."""
        return self.by(decide(self.begin(officer), findings))

    def with_plan(self, plan: Plan = PLAN) -> "Building":
        """Set the plan."""
        return self.by(plan_set(self.begin(), plan, ()))

    def hold(
        self,
        name: str,
        kind: HoldKind = HoldKind.BURNED_AREA,
        shape: BaseGeometry | None = None,
        *,
        levels: tuple[str, ...] = ("1",),
        **more: Any,
    ) -> "Building":
        """Open a hold; without a shape, on shop 101."""
        return self.record(a_hold(name, kind, shape, levels=levels, **more))

    def sealed(self) -> "Building":
        """Set the seal."""
        return self.record(f.SealSet(id=uid("seal"), ground="survey"))

    def origin(self, shape: BaseGeometry | None = None, **more: Any) -> "Building":
        """Establish the origin; without a shape, in shop 101."""
        return self.record(an_origin(shape, **more))

    def parties(self, *names: str, **units: tuple[str, ...]) -> "Building":
        """Certify the parties."""
        listed = tuple(
            f.ListedParty(party_id=uid(name), name=name, unit_ids=units.get(name, ()))
            for name in (*names, *units)
        )
        return self.record(f.PartiesCertified(id=uid(f"list-{self.version}"), parties=listed))

    def agrees(self, name: str) -> "Building":
        """A party states no objection."""
        return self.record(no_objection(name, at=self.version))

    def objects(self, name: str, objection: str = "objection") -> "Building":
        """A party objects."""
        return self.record(
            f.ObjectionRaised(id=uid(objection), party_id=uid(name), text="it began next door")
        )

    def surveyed(self, *units: str, stage: Stage = Stage.DETAILED, **more: Any) -> "Building":
        """Survey units, excluding the origin there."""
        return self.record(a_survey(*units, stage=stage, at=self.version, **more))

    def asks(self, asking: Asking, officer: Officer = LEAD) -> "Building":
        """Ask for an extension."""
        return self.by(ask_extension(self.begin(officer), asking))

    def approves(
        self, name: str, officer: Officer = REVIEWER, *, remedies: tuple[f.Remedy, ...] = ()
    ) -> "Building":
        """Approve an extension."""
        course = self.begin(officer)
        return self.by(approve_extension(course, uid(name), ground="agreed", remedies=remedies))

    @property
    def version(self) -> int:
        """The scene's version."""
        return self.scene.record.version

    @property
    def units(self) -> set[str]:
        """The units with anything sealed."""
        return set(self.scene.seal.sealed_units())

    @property
    def area_m2(self) -> float:
        """The sealed area."""
        return round(self.scene.seal.area_m2(), 6)

    def live(self) -> set[UUID]:
        """The holds that are live."""
        return {each.hold.id for each in self.scene.live()}


def a_scene(*, after_registration: bool = False) -> Building:
    """A scene just opened, on the bare ground."""
    event = SceneOpened(
        scene_id=uid("scene"),
        incident_id=uid("incident"),
        post_path=POST,
        lead_officer_id=LEAD.id,
        plane=Plane(lon0=111.67, lat0=40.82),
        plan=bare_ground(),
        after_registration=after_registration,
    )
    opened = Happened(version=1, event=event, at=NOON, by=LEAD.id)
    return Building((opened,), replay([opened]))


def a_market() -> Building:
    """A scene with the plan."""
    return a_scene().with_plan()


def a_sealed_market() -> Building:
    """Burned: shops 101, 102 and the hall before them; a cause in 105; evidence in 101."""
    return (
        a_market()
        .hold("burned", shape=box(1, 11, 19, 20))
        .hold("flue", HoldKind.CAUSE_AREA, box(2, 2, 8, 8))
        .hold("kettle", HoldKind.EVIDENCE, Point(5, 16))
        .sealed()
    )


def a_hold(
    name: str,
    kind: HoldKind = HoldKind.BURNED_AREA,
    shape: BaseGeometry | None = None,
    *,
    levels: tuple[str, ...] = ("1",),
    **more: Any,
) -> f.HoldOpened:
    """A hold to open."""
    return f.HoldOpened(
        id=uid(name),
        kind=kind,
        shape=box(2, 16, 8, 22) if shape is None else shape,
        levels=levels,
        ground="seen",
        **more,
    )


def an_origin(
    shape: BaseGeometry | None = None, *, levels: tuple[str, ...] = ("1",), **more: Any
) -> f.OriginEstablished:
    """The origin to establish."""
    return f.OriginEstablished(
        id=uid("origin"),
        shape=box(4, 16, 6, 18) if shape is None else shape,
        levels=levels,
        ground="V pattern",
        **more,
    )


def a_survey(
    *units: str,
    stage: Stage = Stage.DETAILED,
    outcome: Outcome = Outcome.EXCLUDED,
    shape: BaseGeometry | None = None,
    levels: tuple[str, ...] = (),
    at: int = 0,
) -> f.SurveyFinished:
    """A survey of units or of a zone."""
    return f.SurveyFinished(
        id=uid(f"survey-{units}-{at}"),
        stage=stage,
        outcome=outcome,
        ground="no trace",
        units=units,
        shape=shape,
        levels=levels or (("1",) if shape is not None else ()),
    )


def no_objection(name: str, at: int = 0) -> f.NoObjectionStated:
    """A signed statement."""
    return f.NoObjectionStated(
        id=uid(f"agrees-{name}-{at}"), party_id=uid(name), statement_id=uid(f"statement-{name}")
    )


def evidence(name: str, **changes: Any) -> f.EvidenceTaken:
    """Evidence taken in due form."""
    taken = f.EvidenceTaken(
        id=uid(f"taken-{name}"),
        hold_id=uid(name),
        record_number="W-1",
        photo_ids=(uid("photo"),),
        officer_ids=(LEAD.id, uid("wang")),
        witness="Bao",
        custody=(f.Custody(holder="wang", at=NOON, place="evidence room"),),
    )
    return replace(taken, **changes)


def decided(keeps: bool, objection: str = "objection", **more: Any) -> f.ObjectionDecided:
    """The lead officer's decision on an objection."""
    return f.ObjectionDecided(
        id=uid(f"decided-{objection}"),
        objection_id=uid(objection),
        keeps=keeps,
        ground="the pattern must be seen by an expert",
        **more,
    )


CONDITION = f.Condition(structure="sound", environment="soot", health_and_safety="ventilated")


def a_release(building: Building, **answers: str) -> f.WholeReleased:
    """A release that answers for every live hold."""
    return f.WholeReleased(
        id=uid("release"),
        answers=dict.fromkeys(building.live(), "no longer needed")
        | {uid(name): answer for name, answer in answers.items()},
        received_by="Bao",
        condition=CONDITION,
    )
