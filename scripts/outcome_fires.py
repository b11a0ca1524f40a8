"""Fires drawn by chance on a plan: what burned, what is thought of it, what becomes of it.

Every number here is an assumption, told in ASSUMPTIONS and in docs/outcome.md.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import pi
from random import Random
from uuid import UUID

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from service.domain.plan import GROUND, Plan, Unit, UnitKind

ROOMS_BURNED = ((1, 40), (2, 25), (3, 15), (4, 7), (5, 5), (6, 4), (8, 4))
"""Closed rooms reached by heat → in how many of 100 fires."""
PART_ONLY = 0.75
"""Of the fires in one room; Toronto's records (2011-2018, open data): 48 of 61."""
PART_M2 = (0.1, 0.4)
LEAST_DIVIDED_M2 = 30.0
DIVIDED = 0.7
THOUGHT_REACHED = 0.25
CAUSES = (("electrical 电气", 45), ("cooking 用火", 25), ("smoking 吸烟", 15), ("arson 放火", 15))
EVIDENCE = (1, 5)
IN_THE_FIRE_ROOM = 0.6
HAZARD = 0.3
NOT_EXCLUDED = 0.25
CAUSE_EXCLUDED = 0.8
ORIGIN_FOUND = 0.85
OBJECTIONS = 0.3
KEPT = 0.6
NOT_REACHED = 0.05
M2_AN_HOUR = (10.0, 25.0)
"""Detailed survey by a team of two."""
FIRST_LOOK = 5
"""So many times faster is a preliminary survey, which is enough where nothing burned."""
LEAST_MINUTES = 15
RUN_MINUTES = 30
NEAR_M = 1.0

ASSUMPTIONS = (
    "fires reach 1 closed room in 40 of 100, 2 in 25, 3 in 15, 4 to 8 in 20 (slighter fires are "
    "registered simply and get no scene), spreading from a room to the nearest within 1 m, and "
    "4 m into open units",
    "3 of 4 fires in one room burn 10 to 40 of 100 of it; where the room has 30 m² or more and "
    "at least 3 of 10 of it lie beyond a straight line, the officers divide it in 7 of 10; it "
    "counts as one shut unit as long as any part of it is shut, and as undivided in (a) and (b)",
    "each closed neighbour of a burned room is at first thought reached in 1 of 4",
    "1 or 2 causes are considered, each with a line from the fire to a room up to 25 m away; "
    "one that is not the true cause is excluded in 4 of 5, after 1 to 3 hours",
    "1 to 5 pieces of evidence, 6 of 10 in the fire's room, 30 to 60 minutes each to take",
    "a hazard in 3 of 10, lifted by others after 4 to 72 hours",
    "a team of two surveys burned rooms in detail, 10 to 25 m² an hour, and what did not burn at "
    "first look, 5 times faster, at least 15 minutes each; 30 minutes more where the line of a "
    "cause runs; from 08:00 to 17:00, beginning 1 to 14 hours after the fire is out",
    "the fire's own room is never excluded; another burned room is not in 1 of 4",
    "the origin is found in 85 of 100, an hour after the last survey step",
    "every sealed closed unit has one party; each states no objection 0.2 to 5 days after the "
    "origin is established, save that in 3 of 10 fires one objects within 3 days and in 1 of 20 "
    "one is not reached; a decision follows in 4 to 24 hours, keeps an area in 6 of 10, for 3 to "
    "15 days, and 1 to 5 days later the objector agrees in 8 of 10",
    "the inquiry ends and the whole is released 10 to 30 days after the fire, or 1 day after the "
    "last of the above",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause considered: its run as a line; minutes to look into it; whether it is excluded."""

    id: UUID
    name: str
    run: BaseGeometry
    minutes: int
    excluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Evidence in place: where, and minutes to take it."""

    id: UUID
    at: BaseGeometry
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """One fire, shapes in plane metres; `reached` begins with the fire's own room."""

    level: str
    reached: tuple[str, ...]
    burned: BaseGeometry
    thought: tuple[str, ...]
    seat: BaseGeometry
    screen: BaseGeometry | None
    causes: tuple[Cause, ...]
    traces: tuple[Trace, ...]
    hazard: BaseGeometry | None
    hazard_for: timedelta
    sealed_at: datetime
    speed_m2_h: float
    not_excluded: frozenset[str]
    origin_found: bool
    luck: int
    term: timedelta


def draw_fire(plan: Plan, number: int, *, seed: int) -> Fire:
    """The fire of that number; the same seed draws the same."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 - a simulation, not a secret
    closed = [unit for unit in plan.units() if unit.kind is UnitKind.CLOSED]
    first = chance.choice(closed)
    rooms = _spread(plan, first, chance)
    seat = _inside(first, chance)
    burned = shapely.union_all([unit.shape for unit in rooms] + _in_open(plan, first))
    screen = None
    if len(rooms) == 1 and chance.random() < PART_ONLY:
        reach_m = (first.shape.area * chance.uniform(*PART_M2) / pi) ** 0.5
        burned = seat.buffer(reach_m) & first.shape
        screen = _screen(first, seat, reach_m + 0.5) if chance.random() < DIVIDED else None
    around = [
        unit
        for unit in plan.near(first.level, burned, within_m=NEAR_M)
        if unit.kind is UnitKind.CLOSED and unit not in rooms
    ]
    thought = tuple(unit.id for unit in around if chance.random() < THOUGHT_REACHED)
    others = [*(unit.id for unit in rooms[1:]), *_open_ids(plan, first)]
    hazard = _inside(chance.choice(rooms), chance).buffer(1.5) if chance.random() < HAZARD else None
    day = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=chance.randrange(365))
    return Fire(
        level=first.level,
        reached=tuple(unit.id for unit in rooms),
        burned=burned,
        thought=thought,
        seat=seat,
        screen=screen,
        causes=tuple(_causes(plan, first, seat, chance)),
        traces=tuple(_traces(rooms, chance)),
        hazard=hazard,
        hazard_for=timedelta(hours=chance.uniform(4, 72)),
        sealed_at=day + timedelta(minutes=chance.randrange(24 * 60)),
        speed_m2_h=chance.uniform(*M2_AN_HOUR),
        not_excluded=frozenset(id for id in others if chance.random() < NOT_EXCLUDED) | {first.id},
        origin_found=chance.random() < ORIGIN_FOUND,
        luck=chance.getrandbits(64),
        term=timedelta(days=chance.uniform(10, 30)),
    )


def _spread(plan: Plan, first: Unit, chance: Random) -> list[Unit]:
    counts, weights = zip(*ROOMS_BURNED, strict=True)
    rooms = [first]
    for _ in range(chance.choices(counts, weights)[0] - 1):
        shape = shapely.union_all([unit.shape for unit in rooms])
        near = [
            unit
            for unit in plan.near(first.level, shape, within_m=NEAR_M)
            if unit.kind is UnitKind.CLOSED and unit not in rooms
        ]
        if not near:
            break
        rooms.append(chance.choice(near))
    return rooms


def _screen(room: Unit, seat: Point, beyond_m: float) -> LineString | None:
    """A straight line across the room's long side, beyond the fire; None where little is left."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(room.shape))
    sides = [corners[i + 1] - corners[i] for i in (0, 1)]
    along = max(sides, key=lambda side: side @ side)
    along = along / (along @ along) ** 0.5
    across = 1000 * along[::-1] * (1, -1)
    for way in (1, -1):
        at = shapely.get_coordinates(seat)[0] + way * beyond_m * along
        rest = shapely.Polygon(
            [
                at + across,
                at - across,
                at - across + way * 1000 * along,
                at + across + way * 1000 * along,
            ]
        )
        left = shapely.intersection(room.shape, rest)
        one_piece = left.geom_type == "Polygon" and (room.shape - rest).geom_type == "Polygon"
        if one_piece and left.area >= 0.3 * room.shape.area and room.shape.area >= LEAST_DIVIDED_M2:
            return LineString([at + across, at - across])
    return None


def _in_open(plan: Plan, first: Unit) -> list[BaseGeometry]:
    """What burned of the open units beside the fire's room."""
    heat = first.shape.buffer(4.0, join_style="mitre")
    return [plan.unit(id).shape & heat for id in _open_ids(plan, first)]


def _open_ids(plan: Plan, first: Unit) -> list[str]:
    near = plan.near(first.level, first.shape, within_m=NEAR_M)
    return [unit.id for unit in near if unit.kind is UnitKind.OPEN and unit.id != GROUND]


def _inside(unit: Unit, chance: Random) -> Point:
    """A point well inside the unit."""
    west, south, east, north = unit.shape.bounds
    for _ in range(50):
        point = Point(chance.uniform(west, east), chance.uniform(south, north))
        if unit.shape.contains(point.buffer(0.3)):
            return point
    return unit.shape.representative_point()


def _causes(plan: Plan, first: Unit, seat: BaseGeometry, chance: Random) -> list[Cause]:
    names, weights = zip(*CAUSES, strict=True)
    near = plan.near(first.level, first.shape, within_m=25.0)
    rooms = [unit for unit in near if unit.kind is UnitKind.CLOSED]
    true = chance.choices(names, weights)[0]
    other = chance.choices(names, weights)[0]
    return [
        Cause(
            id=UUID(int=chance.getrandbits(128)),
            name=name,
            run=LineString([seat, _inside(chance.choice(rooms), chance)]),
            minutes=chance.randint(60, 180),
            excluded=name != true and chance.random() < CAUSE_EXCLUDED,
        )
        for name in dict.fromkeys((true, other))
    ]


def _traces(rooms: list[Unit], chance: Random) -> list[Trace]:
    traces = []
    for _ in range(chance.randint(*EVIDENCE)):
        room = rooms[0] if chance.random() < IN_THE_FIRE_ROOM else chance.choice(rooms)
        id = UUID(int=chance.getrandbits(128))
        traces.append(Trace(id=id, at=_inside(room, chance), minutes=chance.randint(30, 60)))
    return traces
