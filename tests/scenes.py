"""Random scenes: rooms along corridors, a hall with a hole, a yard, and holds of every kind."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from random import Random
from uuid import UUID

import shapely
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from service.domain.claims import Claim, claim
from service.domain.holds import Hold, HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import DrawnPlan, Level, Plan, Unit, UnitKind
from service.domain.plane import Axes, Plane, on_grid, to_plane, to_wgs84

OFFICER = UUID(int=1)
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
SCALES = (0.13, 0.25, 1.0, 1.0, 1.0, 3.0, 60.0)
"""From a scene of a square metre to one two kilometres long."""
PLACES = (
    None,
    None,
    None,
    Plane(lon0=122.36, lat0=53.48),
    Plane(lon0=109.51, lat0=18.25),
    Plane(lon0=112.89, lat0=3.97),
)
"""As drawn, or by way of WGS 84 at Mohe, Sanya and the Nansha islands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A mended plan, the holds on it, and its axes."""

    plan: Plan
    holds: tuple[Hold, ...]
    axes: Axes


@dataclass(frozen=True, slots=True)
class Motion:
    """A turn about the origin and a shift; what is moved is put on the grid again."""

    turn_deg: float = 0.0
    east_m: float = 0.0
    north_m: float = 0.0

    def moved(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the shape turned and shifted."""
        turned = affinity.rotate(shape, self.turn_deg, origin=(0, 0))
        return affinity.translate(turned, self.east_m, self.north_m)


def a_unit(name: str, kind: str, shape: BaseGeometry, level: str = "0") -> Unit:
    """One unit of a drawn plan."""
    return Unit(id=name, level=level, kind=UnitKind(kind), name=name, shape=shape)


def a_hold(number: int, shapes: BaseGeometry, **fields: object) -> Hold:
    """One hold, on the ground level unless said otherwise."""
    defaults: dict[str, object] = {
        "id": UUID(int=1000 + number),
        "kind": HoldKind.BURNED_AREA,
        "shapes": shapes,
        "levels": ("0",),
        "opened_by": OFFICER,
        "opened_at": NOON,
        "ground": "过火",
    }
    return Hold(**(defaults | fields))  # type: ignore[arg-type]


def a_drawn_level(random: Random, *, level: str, ordinal: int, scale: float) -> Level:
    """Rooms on both sides of a corridor, a hall with a stair in it at the end, a yard below."""
    widths = [random.choice((2.0, 3.0, 4.5)) * scale for _ in range(random.randint(2, 4))]
    units, x = [], 0.0
    for i, width in enumerate(widths):
        units.append(
            a_unit(f"{level}n{i}", "closed", box(x, 2 * scale, x + width, 6 * scale), level)
        )
        kind = random.choice(("closed", "closed", "open"))
        units.append(a_unit(f"{level}s{i}", kind, box(x, -4 * scale, x + width, 0), level))
        x += width
    units.append(a_unit(f"{level}c", "open", box(0, 0, x, 2 * scale), level))
    end = x + 8 * scale
    hall = box(x, -4 * scale, end, 6 * scale)
    well = box(x + 3 * scale, scale, x + 5 * scale, 3 * scale)
    units.append(a_unit(f"{level}h", "open", hall - well if random.random() < 0.5 else hall, level))
    if random.random() < 0.5:
        units.append(a_unit(f"{level}w", "closed", well, level))
    if ordinal == 0:
        units.append(a_unit(f"{level}y", "open", box(0, -9 * scale, x, -4.2 * scale), level))
    walls = shapely.union_all([box(0, -4 * scale, x, 6 * scale), hall])
    outline = None if random.random() < 0.3 else walls.buffer(0.1 * scale, join_style="mitre")
    return Level(id=level, name=level, ordinal=ordinal, units=tuple(units), outline=outline)


def a_shape(random: Random, *, scale: float, near: list[BaseGeometry]) -> BaseGeometry:
    """A point, line or polygon somewhere on the plan; now and then the very shape of a unit."""
    x, y = random.uniform(0, 20) * scale, random.uniform(-8, 6) * scale
    size = random.choice((0.5, 2.0, 5.0)) * scale
    corners = [(x + random.uniform(-size, size), y + random.uniform(-size, size)) for _ in range(5)]
    kind = random.choice("abcdefg")
    if kind == "a":
        return Point(x, y)
    if kind == "b":
        return LineString(corners[:3])
    if kind == "c":
        return MultiPoint(corners).convex_hull
    if kind == "d":
        return random.choice(near)
    if kind == "e":
        return Polygon([(x, y), (x + 2 * size, y), (x + 2 * size, y + size), (x + size, y + size),
                        (x + size, y + 2 * size), (x, y + 2 * size)])  # fmt: skip
    if kind == "f":
        return box(x - size, y - size, x + size, y + size)
    return shapely.union_all([box(x, y, x + size, y + size), Point(x + 2 * size, y).buffer(size)])


def beside(random: Random, shape: BaseGeometry) -> BaseGeometry:
    """The very same shape, one nested in it, or one that touches it along its side."""
    west, _, east, _ = shape.bounds
    nested = affinity.scale(shape, 0.5, 0.5)
    return random.choice((shape, nested, affinity.translate(shape, east - west)))


def a_scene(seed: int, *, motion: Motion = Motion(), most_holds: int = 3) -> Scene:
    """Return the scene of that seed, moved; the same seed gives the same scene, moved or not."""
    random = Random(seed)
    scale, turn = random.choice(SCALES), random.choice((0.0, 0.0, random.uniform(0, 360)))
    own, place = Motion(turn), random.choice(PLACES)

    def placed(shape: BaseGeometry) -> BaseGeometry:
        moved = motion.moved(own.moved(on_grid(shape)))
        if place is None:
            return on_grid(moved)
        return to_plane(to_wgs84(moved, plane=place), plane=place)

    names = ["0", "1"][: random.randint(1, 2)]
    drawn = [a_drawn_level(random, level=x, ordinal=int(x), scale=scale) for x in names]
    shapes = [unit.shape for level in drawn for unit in level.units]
    holds = []
    for i in range(random.randint(1, most_holds)):
        if holds and random.random() < 0.3:
            shape = beside(random, holds[-1].shapes)
        else:
            shape = a_shape(random, scale=scale, near=shapes)
        holds.append(
            a_hold(
                i, shape, kind=random.choice(list(HoldKind)),
                accuracy_m=random.choice((0.0, 0.0, 0.5, 2.0)),
                margin_m=random.choice((0.0, 0.5, 1.0, 3.0)),
                levels=tuple(random.sample(names, random.randint(1, len(names)))),
            )
        )  # fmt: skip
    levels = tuple(
        replace(
            x,
            outline=x.outline and placed(x.outline),
            units=tuple(replace(u, shape=placed(u.shape)) for u in x.units),
        )
        for x in drawn
    )
    plan, _ = mend_plan(DrawnPlan(levels=levels))
    moved = tuple(replace(hold, shapes=placed(hold.shapes)) for hold in holds)
    axes = Axes(motion.east_m, motion.north_m, turn + motion.turn_deg)
    return Scene(plan=plan, holds=moved, axes=axes)


SEEDS = range(
    int(os.environ.get("LAW_SEED", "0")),
    int(os.environ.get("LAW_SEED", "0")) + int(os.environ.get("LAW_EXAMPLES", "300")),
)
"""As many scenes as examples, the same for every law, so that each is made once."""
scene_of = cache(a_scene)
seeds = st.integers(SEEDS[0], SEEDS[-1])
scenes = seeds.map(scene_of)

_claims: dict[int, tuple[Scene, list[Claim]]] = {}


def claims_of(scene: Scene) -> list[Claim]:
    """The claims of a scene's holds, made once a scene."""
    if id(scene) not in _claims:
        found = [claim(scene.plan, hold, axes=scene.axes) for hold in scene.holds]
        _claims[id(scene)] = (scene, found)
    return _claims[id(scene)][1]
