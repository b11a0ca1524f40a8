"""Real venues, drawn by other people, as scenes with holds anywhere on them."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import shapely
from shapely.geometry import shape

from service.domain.holds import HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import GROUND, DrawnPlan, Level
from service.domain.plane import on_grid, plane_around, to_plane
from tests.scenes import Scene, a_hold, a_shape, a_unit

VENUES = ("caserne", "demo-map")


def drawn_in(file: Path) -> DrawnPlan:
    """Read the polygons of a venue: corridors open, everything else closed."""
    features = json.loads(file.read_text())["features"]
    found = [x for x in features if x["geometry"]["type"] == "Polygon"]
    geometries = [shapely.force_2d(shape(x["geometry"])) for x in found]
    plane = plane_around(geometries)
    units: dict[str, list] = {}
    names: dict[object, str] = {}
    for i, (feature, geometry) in enumerate(zip(found, geometries, strict=True)):
        level = names.setdefault(feature["properties"].get("level_id"), str(len(names)))
        kind = "open" if feature["properties"]["feature_type"] == "corridor" else "closed"
        unit = a_unit(f"u{i}", kind, to_plane(geometry, plane=plane), level)
        units.setdefault(level, []).append(unit)
    levels = enumerate(units.items())
    return DrawnPlan(
        levels=tuple(Level(id=x, name=x, ordinal=i, units=tuple(u)) for i, (x, u) in levels)
    )


def venue_scenes(file: Path, count: int) -> list[Scene]:
    """A venue with up to four holds round its units, again and again."""
    plan, _ = mend_plan(drawn_in(file))
    axes = plane_around([shapely.box(0, 0, 1, 1)]).axes
    units = [unit for unit in plan.units() if unit.id != GROUND]
    scenes = []
    for seed in range(count):
        random, holds = Random(seed), []
        for i in range(random.randint(1, 4)):
            unit = random.choice(units)
            x, y = unit.shape.representative_point().coords[0]
            drawn = a_shape(random, scale=1.0, near=[shapely.box(0, 0, 4, 3)])
            placed = on_grid(shapely.affinity.translate(drawn, x - 10, y + 1))
            hold = a_hold(i, placed, kind=random.choice(list(HoldKind)), levels=(unit.level,))
            holds.append(replace(hold, margin_m=random.choice((0.0, 1.0, 3.0))))
        scenes.append(Scene(plan=plan, holds=tuple(holds), axes=axes))
    return scenes
