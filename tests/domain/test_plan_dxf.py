"""Drawings as plans: layers, names, units, places; what is said and what is refused."""

from dataclasses import replace
from typing import Any

import pytest
from pytest import approx

from schemas.rules import rulebook
from service.domain.errors import PlanInvalid, PlanTooFar, Refusal
from service.domain.mending import mend_plan
from service.domain.plan import OpeningKind, UnitKind
from service.domain.plan_control_points import PointGiven
from service.domain.plan_drawing import Drawing, DrawnLine, DrawnRing, DrawnText, LeftOut
from service.domain.plan_dxf import Sheet
from service.domain.plan_import import ImportedPlan, import_dxf
from service.domain.plan_kinds import FeatureKind
from service.domain.plan_layers import LayerWords
from service.domain.plan_refusals import DrawingUnitWrong, PointsMirrored, PointsTooFew
from service.domain.plane import Plane
from service.domain.words import Words

PLANE = Plane(lon0=111.66, lat0=40.81)
LAYERS = LayerWords(
    words={
        "room": FeatureKind.CLOSED,
        "房间": FeatureKind.CLOSED,
        "标注": FeatureKind.UNUSED,
        "走廊": FeatureKind.OPEN,
        "轮廓": FeatureKind.LEVEL,
        "bedroom text": FeatureKind.UNUSED,
    }
)


def at(x: float, y: float, east: float, north: float) -> PointGiven:
    return PointGiven(pointer="/dxf/0/points/0", source=(x, y), plane_m=(east, north))


SHEET = Sheet(
    pointer="/dxf/0",
    level="1F",
    points=(at(0, 0, 100, 50), at(10_000, 0, 110, 50)),
    layers={},
)


def square(
    handle: str, layer: str, west: float, south: float, side: float = 4, **more: Any
) -> DrawnRing:
    xy = ((west, south), (west + side, south), (west + side, south + side), (west, south + side))
    return DrawnRing(handle=handle, layer=layer, xy=xy, **more)


def text(words: str, x: float, y: float) -> DrawnText:
    return DrawnText(text=words, layer="t", x=x, y=y)


DRAWING = Drawing(
    unit="mm",
    rings=(square("A1", "A-ROOM", 0, 0), square("A2", "房间", 4, 0), square("A3", "走廊", 0, 4)),
    texts=(text("101", 1, 1),),
)


def brought(drawing: Drawing = DRAWING, sheet: Sheet = SHEET, *more: Any) -> ImportedPlan:
    return import_dxf([(sheet, drawing), *more], plane=PLANE, layers=LAYERS)


def refused(*arguments: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        brought(*arguments)
    return refusal.value


def said(imported: ImportedPlan) -> str:
    return "\n".join(words.en for words in imported.notes)


def test_closed_polylines_on_layers_of_rooms_become_units_where_the_points_say() -> None:
    plan, _ = mend_plan(brought().plan)
    assert [(u.id, u.name, u.kind.value) for u in plan.units() if u.id != "ground"] == [
        ("101", "101", "closed"),
        ("1F-A2", "1F-A2", "closed"),
        ("1F-A3", "1F-A3", "open"),
    ]
    assert plan.unit("101").shape.bounds == approx((100, 50, 104, 54), abs=0.002)
    assert [(level.id, level.ordinal) for level in plan.levels] == [("1F", 0)]


def test_a_drawing_may_be_turned() -> None:
    sheet = replace(SHEET, points=(at(0, 0, 0, 0), at(10_000, 0, 0, 10)))
    plan, _ = mend_plan(brought(DRAWING, sheet).plan)
    assert plan.unit("101").shape.bounds == approx((-4, 0, 0, 4), abs=0.002)


def test_a_point_on_the_earth_places_a_drawing_too() -> None:
    on_earth = PointGiven(pointer="/p", source=(0, 0), lonlat=(111.66, 40.81))
    sheet = replace(SHEET, points=(on_earth, at(10_000, 0, 10, 0)))
    plan, _ = mend_plan(brought(DRAWING, sheet).plan)
    assert plan.unit("101").shape.bounds == approx((0, 0, 4, 4), abs=0.002)


def test_a_text_names_the_smallest_unit_around_it_read_from_the_top() -> None:
    kiosk = square("A9", "room", 1, 1, side=1)
    texts = (
        text("25 m²", 1.2, 1.2),
        text("茶庄", 1.1, 1.8),
        text("办公", 0.2, 0.2),
        text("x", 99, 99),
    )
    plan = brought(replace(DRAWING, rings=(*DRAWING.rings, kiosk), texts=texts)).plan
    names = {unit.name for unit in plan.levels[0].units}
    assert {"茶庄 25 m²", "办公"} <= names


def test_a_name_that_stands_twice_is_no_id() -> None:
    texts = (text("商铺", 1, 1), text("商铺", 5, 1), text("很" * 150, 1, 5))
    second = replace(SHEET, pointer="/dxf/1", level="2F")
    imported = brought(replace(DRAWING, texts=texts), SHEET, (second, DRAWING))
    ids = [unit.id for level in imported.plan.levels for unit in level.units]
    assert ids == ["1F-A1", "1F-A2", "1F-A3", "101", "2F-A2", "2F-A3"]
    assert [level.id for level in imported.plan.levels] == ["1F", "2F"]


def test_an_outline_is_the_level_s() -> None:
    outline = square("B1", "外墙轮廓", -1, -1, side=10)
    level = brought(replace(DRAWING, rings=(*DRAWING.rings, outline))).plan.levels[0]
    assert level.outline is not None
    assert level.outline.area == approx(100, abs=0.1)
    assert (level.id, level.name) == ("1F", "1F")
    assert len(level.units) == 3


def test_a_layer_s_kind_is_told_or_found_in_its_name() -> None:
    kinds = {
        "A-ROOM-1": FeatureKind.CLOSED,
        "房间标注": FeatureKind.UNUSED,
        "BEDROOM TEXT": FeatureKind.UNUSED,
        "走廊": FeatureKind.CLOSED,
        "0": None,
    }
    told = {"走廊": FeatureKind.CLOSED}
    assert {name: LAYERS.kind_of(name, told) for name in kinds} == kinds


def test_the_layers_that_ship_know_both_languages() -> None:
    layers = rulebook().layers
    named = {"A-ROOM": "closed", "商铺": "closed", "走廊": "open", "CORRIDOR": "open",
             "楼梯间": "stair", "电梯": "lift", "建筑轮廓": "level", "房间名称": "unused",
             }  # fmt: skip
    found = {name: kind.value for name in named if (kind := layers.kind_of(name, {}))}
    assert found == named


def test_lines_on_a_layer_of_doors_are_doors_and_those_on_rooms_are_left_out() -> None:
    ends = ((1.0, 4.0), (2.0, 4.0))
    lines = tuple(
        DrawnLine(handle=handle, layer=layer, xy=ends)
        for handle, layer in (("D1", "A-DOOR"), ("D2", "A-ROOM"), ("D3", "0"), ("D4", "出口"))
    )
    left = (LeftOut(layer="A-DOOR", what="ARC", count=2),)
    layers = {"出口": FeatureKind.EXIT, "A-DOOR": FeatureKind.DOOR}
    drawing = replace(DRAWING, lines=lines, left_out=left)
    found = brought(drawing, replace(SHEET, layers=layers))
    kinds = {each.id: each.kind for each in found.plan.openings}
    assert kinds == {"1F-D1": OpeningKind.DOOR, "1F-D4": OpeningKind.EXIT}
    (door, _) = found.plan.openings
    assert set(door.joins) == {"101", "1F-A3"}
    told = said(found)
    assert "no closed polylines, left out: A-ROOM: 1 LINE" in told
    assert "doors are single lines; left out: A-DOOR: 2 ARC" in told


def test_what_was_left_out_or_closed_is_said() -> None:
    rings = (*DRAWING.rings, square("C1", "0", 0, 0), square("C2", "房间", 8, 0, gap_m=0.031))
    left = (
        LeftOut(layer="A-ROOM", what="LINE", count=3),
        LeftOut(layer="0", what="LINE", count=9),
        LeftOut(layer="房间标注", what="TEXT", count=9),
    )
    drawing = replace(DRAWING, rings=rings, left_out=left, notes=(Words("某事", "something"),))
    told = said(brought(drawing))
    assert "layers that were not used: 0 (1)" in told
    assert "no closed polylines, left out: A-ROOM: 3 LINE" in told
    assert "LINE" in told and "9" not in told
    assert "polylines with open ends were closed: C2 (3.1 cm)" in told
    assert "something: 1F" in told
    assert "unknown; add one more: 1F" in told


def test_how_far_the_points_are_off_and_a_stretch_are_said() -> None:
    sheet = replace(SHEET, points=(at(0, 0, 0, 0), at(10_000, 0, 10.5, 0), at(0, 10_000, 0, 10.5)))
    told = said(brought(DRAWING, sheet))
    assert "a drawing was stretched to its control points: 1F × 1.0500" in told
    assert "how far control points are off (root mean square): 1F 0.000 m" in told


def test_a_unit_that_contradicts_the_points_is_refused_with_a_guess() -> None:
    found = refused(replace(DRAWING, unit="in", rings=DRAWING.rings))
    assert isinstance(found, DrawingUnitWrong)
    assert found.faults[0].pointer == "/dxf/0/unit"
    assert "it may be mm" in found.faults[0].remedy.en
    assert found.facts["metres_per_unit"] == approx(0.001)


def test_points_that_do_not_place_it_are_refused() -> None:
    assert isinstance(refused(DRAWING, replace(SHEET, points=())), PointsTooFew)
    far = (at(0, 0, 0, 0), at(10_000, 0, 9_000, 0))
    found = refused(DRAWING, replace(SHEET, points=far))
    assert isinstance(found, PlanTooFar)
    assert "9.0 km" in found.faults[0].wrong.en
    over = (at(0, 0, 0, 0), at(10_000, 0, 10, 0), at(0, 10_000, 0, -10))
    assert isinstance(refused(DRAWING, replace(SHEET, points=over)), PointsMirrored)


def test_a_drawing_without_a_layer_of_rooms_lists_those_it_has() -> None:
    found = refused(Drawing(unit="mm", rings=(square("A", "0", 0, 0), square("B", "墙", 0, 0))))
    assert isinstance(found, PlanInvalid)
    assert found.faults[0].pointer == "/dxf/0/layers"
    assert "0 (1), 墙 (1)" in found.faults[0].wrong.en
    assert found.facts["layers"] == ["0", "墙"]
    assert "none" in refused(Drawing(unit="mm")).faults[0].wrong.en


def test_a_ring_that_crosses_itself_is_mended_and_named() -> None:
    bow = DrawnRing(handle="D1", layer="room", xy=((0, 0), (4, 4), (4, 0), (0, 4)))
    imported = brought(Drawing(unit="mm", rings=(bow,)))
    assert "outlines that crossed themselves were mended: 1F-D1" in said(imported)
    assert imported.plan.levels[0].units[0].kind is UnitKind.CLOSED
