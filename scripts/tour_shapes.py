"""What burns in the tour, on whatever plan it is given: chosen from the plan alone."""

from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from schemas.located import geojson
from service.domain.plane import Plane, plane_around, to_plane, to_wgs84

NEAR_M = 1.5


@dataclass(frozen=True)
class Chosen:
    """A fire on one level: units by id, shapes as GeoJSON in WGS 84."""

    level: str
    fire_unit: str
    neighbours: tuple[str, ...]
    names: dict[str, str]
    burned: dict[str, Any]
    cable: dict[str, Any]
    evidence: dict[str, Any]
    hazard: dict[str, Any]
    origin: dict[str, Any]
    zone: dict[str, Any]


def choose(plan: dict[str, Any]) -> Chosen:
    """The closed unit with the most closed neighbours burns; the same plan, the same fire."""
    features = [f for f in plan["features"] if f["geometry"] and _kind(f) in ("closed", "open")]
    shapes = [shapely.geometry.shape(f["geometry"]) for f in features]
    plane = plane_around(shapes)
    placed = {f["id"]: to_plane(s, plane=plane) for f, s in zip(features, shapes, strict=True)}
    closed = [f["id"] for f in features if _kind(f) == "closed"] or list(placed)
    level_of = {f["id"]: f["properties"]["level"] for f in features}
    names = {f["id"]: f["properties"].get("name") or f["id"] for f in features}

    def near(unit: str) -> list[str]:
        others = [u for u in closed if u != unit and level_of[u] == level_of[unit]]
        return sorted(others, key=lambda u: (placed[unit].distance(placed[u]), u))

    def crowd(unit: str) -> int:
        return sum(placed[unit].distance(placed[u]) < NEAR_M for u in near(unit))

    fire_unit = max(sorted(closed), key=lambda u: (crowd(u), -abs(placed[u].area - 40)))
    return _shapes(fire_unit, near(fire_unit), placed, level_of[fire_unit], names, plane)


def _shapes(
    fire_unit: str,
    near: list[str],
    placed: dict[str, BaseGeometry],
    level: str,
    names: dict[str, str],
    plane: Plane,
) -> Chosen:
    heart = placed[fire_unit].representative_point()
    burned = placed[fire_unit].buffer(NEAR_M, join_style="mitre").simplify(0.2)
    first = placed[near[0]] if near else placed[fire_unit]
    second = placed[near[1]] if len(near) > 1 else placed[fire_unit]
    far = placed[near[min(3, len(near) - 1)]] if near else placed[fire_unit]
    cable = shapely.LineString([heart, far.representative_point()])
    return Chosen(
        level=level,
        fire_unit=fire_unit,
        neighbours=tuple(near[:4]),
        names=names,
        burned=_out(burned, plane),
        cable=_out(cable if cable.length > 0.2 else heart.buffer(0.5), plane),
        evidence=_out(first.representative_point(), plane),
        hazard=_out(second.representative_point().buffer(0.6, quad_segs=2), plane),
        origin=_out(shapely.box(heart.x - 0.5, heart.y - 0.5, heart.x + 0.5, heart.y + 0.5), plane),
        zone=_out(burned.buffer(3.0, join_style="mitre").difference(placed[fire_unit]), plane),
    )


def _kind(feature: dict[str, Any]) -> str:
    return str(feature["properties"]["kind"])


def _out(shape: BaseGeometry, plane: Plane) -> dict[str, Any]:
    return geojson(to_wgs84(shape, plane=plane))
