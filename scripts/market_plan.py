#!/usr/bin/env python3
"""Draw the sample market of this repository in metres: 青城兴隆市场, two storeys, Hohhot.

    python scripts/market_plan.py                       writes docs/samples/market.geojson
    python scripts/market_plan.py --imdf market.zip     writes the same as an IMDF archive

An L of 84 by 54 m with walls of 0.24 m, turned 12 degrees: shops, stores, a kitchen and an
electrical room below, flats above the main block, a yard in the crook of the L.

         +-----------------------------------------+
         | 101 .. 112                | S1 | lift   |   24..34
         +-----------------------------------------+
         | corridor                                |   20..24
         +--------+    +------+   +----------+-----+
         | 113 114|    | ..   |   | ..       | S2  |   10..20
         +--------+    +------+---+----------+-----+
         | west   |    | east |  yard              |  -20..10
"""

import argparse
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shapely
import shapely.ops
from shapely import LineString, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from service.domain.plane import Plane, to_wgs84

SAMPLE = Path(__file__).resolve().parents[1] / "docs" / "samples" / "market.geojson"
CENTRE = (111.6600, 40.8100)
TURN_DEG = 12.0
HALF_WALL_M = 0.12
NORTH_SHOPS = (
    "兴旺五金 老李电料 金穗粮油 塞外茶庄 鸿运烟酒 草原皮具 "
    "百姓药房 新星文具 丽人服装 蓝天窗帘 顺达手机 福来干果"
)
MIDDLE_SHOPS = (
    "塞北烧麦 清泉水站 大众鞋城 巧手裁缝 小马图文 阳光眼镜 "
    "家和灯具 好运彩票 青城奶食 牧歌乐器 安居锁业"
)
WEST_WING = "回民面馆 张记熟食 宏达冷饮 四季水果 便民理发"
EAST_WING = "公用厨房 配电室 一号库房 二号库房 三号库房"

Feature = dict[str, Any]
Rooms = list[tuple[str, str, Polygon]]


def ground_rooms() -> Rooms:
    """Number, name and module (wall axis to wall axis) of every closed room on the ground floor."""
    north = [box(6 * i, 24, 6 * i + 6, 34) for i in range(12)]
    middle = [box(0, 10, 6, 20), box(6, 10, 12, 20)]
    middle += [box(16 + 6 * i, 10, 22 + 6 * i, 20) for i in range(4)]
    middle += [box(44 + 6.4 * i, 10, 50.4 + 6.4 * i, 20) for i in range(5)]
    back = box(22, 10, 28, 13.6)  # 115 reaches behind 116: an L
    middle[2], middle[3] = shapely.union(middle[2], back), shapely.difference(middle[3], back)
    back = box(50.4, 10, 56.8, 14)  # and 119 behind 120
    middle[6], middle[7] = shapely.union(middle[6], back), shapely.difference(middle[7], back)
    west = [box(0, 4 - 6 * i, 12, 10 - 6 * i) for i in range(5)]
    east = [box(16, 4 - 6 * i, 28, 10 - 6 * i) for i in range(5)]
    names = f"{NORTH_SHOPS} {MIDDLE_SHOPS} {WEST_WING}".split()
    rooms = [
        (str(101 + i), f"{101 + i} {name}", module)
        for i, (name, module) in enumerate(zip(names, north + middle + west, strict=True))
    ]
    rooms += [
        (f"S{i}", name, module)
        for i, (name, module) in enumerate(zip(EAST_WING.split(), east, strict=True), start=1)
    ]
    return [*rooms, ("管理室", "市场管理室", _office())]


def upper_rooms() -> Rooms:
    """The flats above the main block, and a store room."""
    north = [box(9 * i, 24, 9 * i + 9, 34) for i in range(8)]
    south = [box(9.5 * i, 10, 9.5 * i + 9.5, 20) for i in range(8)]
    flats = [(str(201 + i), f"{201 + i}室", module) for i, module in enumerate([*north, *south])]
    return [*flats, ("四号库房", "四号库房", _office())]


def _office() -> Polygon:
    """The room around the lift, an L."""
    return shapely.difference(box(78, 24, 84, 34), box(78, 24, 81, 27.2))


STAIR_1, STAIR_2, LIFT = box(72, 24, 78, 34), box(76, 10, 84, 20), box(78, 24, 81, 27.2)
GROUND_CORRIDOR = shapely.union_all([box(0, 20, 84, 24), box(12, -20, 16, 20), box(40, 10, 44, 20)])
UPPER_CORRIDOR = box(0, 20, 84, 24)
YARD = box(28.24, -20, 84, 9.76)
MAIN_BLOCK = box(0, 10, 84, 34)
OUTLINES = {"1F": shapely.union(MAIN_BLOCK, box(0, -20, 28, 10)), "2F": MAIN_BLOCK}


def features() -> Iterator[Feature]:
    """Every feature of the plan, in metres of its own axes."""
    yield from _storey("1F", "一层", 0, ground_rooms(), GROUND_CORRIDOR, "一层通道")
    yield _feature("院子", "1F", "open", "市场院子", YARD)
    yield from _storey("2F", "二层", 1, upper_rooms(), UPPER_CORRIDOR, "二层走廊")
    for name, x, y in (("西门", 0, 22), ("东门", 84, 22), ("南门", 14, -20)):
        yield _exit(name, _door_line(x, y, 2.4, upright=y == 22), "1F-通道")
    yield _exit("院门", _door_line(56, -20, 4.0, upright=False), "院子")
    yield _door("院子便门", "1F", _door_line(42, 9.88, 2.4, upright=False), ["1F-通道", "院子"])
    yield _door("厨房后门", "1F", _door_line(28.12, 7, 1.2, upright=True), ["S1", "院子"])


def _storey(
    level: str, name: str, ordinal: int, rooms: Rooms, corridor: Polygon, corridor_name: str
) -> Iterator[Feature]:
    yield _feature(level, level, "level", name, _walled(OUTLINES[level], 0.12), ordinal=ordinal)
    yield _feature(f"{level}-通道", level, "open", corridor_name, _walled(corridor))
    for id, room_name, module in rooms:
        yield _feature(id, level, "closed", room_name, _walled(module))
        yield _door(f"{id}-门", level, _front(module, corridor, 1.8), [id, f"{level}-通道"])
    both = ["1F", "2F"]
    for id, kind, title, module in (
        ("楼梯一", "stair", "1号楼梯", STAIR_1),
        ("楼梯二", "stair", "2号楼梯", STAIR_2),
        ("电梯", "lift", "电梯", LIFT),
    ):
        here = f"{level}-{id}"
        yield _feature(here, level, kind, title, _walled(module), levels=both)
        yield _door(f"{here}-门", level, _front(module, corridor, 1.5), [here, f"{level}-通道"])


def _walled(module: BaseGeometry, by_m: float = -HALF_WALL_M) -> BaseGeometry:
    """The floor inside half a wall on each side."""
    return shapely.buffer(module, by_m, join_style="mitre")


def _front(module: Polygon, corridor: Polygon, width_m: float) -> LineString:
    """A door in the middle of the longest straight wall a room shares with the corridor."""
    shared = shapely.line_merge(shapely.intersection(module.boundary, corridor.boundary))
    wall = max(shapely.get_parts(shared), key=lambda part: part.length)
    middle = wall.length / 2
    return shapely.ops.substring(wall, middle - width_m / 2, middle + width_m / 2)


def _door_line(x: float, y: float, width_m: float, *, upright: bool) -> LineString:
    dx, dy = (0.0, width_m / 2) if upright else (width_m / 2, 0.0)
    return LineString([(x - dx, y - dy), (x + dx, y + dy)])


def _door(id: str, level: str, line: LineString, joins: list[str]) -> Feature:
    return _feature(id, level, "door", None, line, joins=joins, width_m=round(line.length, 2))


def _exit(id: str, line: LineString, unit: str) -> Feature:
    width_m = round(line.length, 2)
    return _feature(id, "1F", "exit", id, line, joins=[unit, "ground"], width_m=width_m)


def _feature(
    id: str, level: str, kind: str, name: str | None, shape: BaseGeometry, **more: object
) -> Feature:
    properties = {"level": level, "kind": kind, "name": name, **more}
    return {"type": "Feature", "id": id, "properties": properties, "geometry": shape}


def on_earth(shape: BaseGeometry) -> dict[str, Any]:
    """A shape in the market's metres as GeoJSON in WGS 84: turned, and put in its place."""
    centred = affinity.translate(shape, -42, -7)
    turned = affinity.rotate(centred, TURN_DEG, origin=(0, 0))
    placed = to_wgs84(turned, plane=Plane(lon0=CENTRE[0], lat0=CENTRE[1]))
    if isinstance(placed, Polygon):
        placed = shapely.orient_polygons(placed)
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(placed))
    return geometry


def market() -> dict[str, Any]:
    """The plan as a GeoJSON FeatureCollection in WGS 84."""
    placed = [{**feature, "geometry": on_earth(feature["geometry"])} for feature in features()]
    return {"type": "FeatureCollection", "name": "青城兴隆市场", "features": placed}


def as_text(collection: dict[str, Any]) -> str:
    """One feature a line, so that a change can be read."""
    lines = ",\n".join(json.dumps(x, ensure_ascii=False) for x in collection["features"])
    head = json.dumps({k: v for k, v in collection.items() if k != "features"}, ensure_ascii=False)
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'


CATEGORIES = {"open": "walkway", "closed": "room", "stair": "stairs", "lift": "elevator"}


def imdf() -> dict[str, dict[str, Any]]:
    """The same plan as the files of an IMDF 1.0.0 archive."""
    files: dict[str, list[Feature]] = {"level": [], "unit": [], "opening": []}
    for feature in market()["features"]:
        told = feature["properties"]
        name = {"zh": told["name"]} if told["name"] else None
        properties: Feature = {"name": name, "level_id": _uuid("level", told["level"])}
        if told["kind"] == "level":
            kind = "level"
            properties = {"name": name, "ordinal": told["ordinal"], "outdoor": False}
        elif told["kind"] in CATEGORIES:
            kind = "unit"
            properties["category"] = CATEGORIES[told["kind"]]
        else:
            kind = "opening"
            exits = told["kind"] == "exit"
            properties["category"] = "emergencyexit" if exits else "pedestrian"
        files[kind].append(
            {
                "type": "Feature",
                "id": _uuid(kind, feature["id"]),
                "feature_type": kind,
                "properties": properties,
                "geometry": feature["geometry"],
            }
        )
    manifest = {"version": "1.0.0", "created": "2026-01-01T00:00:00Z", "language": "zh"}
    documents: dict[str, dict[str, Any]] = {"manifest.json": manifest}
    for kind, found in files.items():
        documents[f"{kind}.geojson"] = {
            "type": "FeatureCollection",
            "name": kind,
            "features": found,
        }
    return documents


def _uuid(kind: str, id: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"market/{kind}/{id}"))


def write_imdf(path: Path) -> None:
    """Write the IMDF archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in imdf().items():
            archive.writestr(name, json.dumps(document, ensure_ascii=False))


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description="Draw the sample market.")
    parser.add_argument("--imdf", type=Path, help="write an IMDF archive instead")
    asked = parser.parse_args()
    if asked.imdf:
        write_imdf(asked.imdf)
        return
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_text(as_text(market()), "utf-8")


if __name__ == "__main__":
    main()
