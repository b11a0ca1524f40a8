"""A level drawn: what it shows, and that text is escaped."""

from xml.etree import ElementTree

import pytest
import shapely
from shapely import affinity

from scripts.market_plan import market
from service.domain.holds import HoldKind
from service.domain.mending import mend_plan
from service.domain.plan import GROUND, Level, Plan, Unit, UnitKind
from service.domain.plan_import import import_geojson
from service.domain.plane import Plane
from service.domain.words import Words
from service.web.drawing import SealedPiece, draw_level
from service.web.drawing_frame import upright
from service.web.drawing_marks import Mark, MarkKind
from service.web.drawing_style import FIRST_SEEN

SVG = "{http://www.w3.org/2000/svg}"
BURNED = Words("烧过", "it burned")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return mend_plan(import_geojson(market(), plane=Plane(lon0=111.66, lat0=40.81)).plan)[0]


def piece(plan: Plan, unit: str, *kinds: HoldKind) -> SealedPiece:
    return SealedPiece(shape=plan.unit(unit).shape, kinds=frozenset(kinds), why=BURNED)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314


def test_every_unit_is_drawn_and_named_and_the_ground_is_not(plan: Plan) -> None:
    root = parsed(draw_level(plan.levels[0], openings=plan.openings, direction_deg=12))
    drawn = [path for path in root.iter(f"{SVG}path") if "unit" in path.get("class", "")]
    assert len(drawn) == len(plan.levels[0].units) - 1
    assert "101 兴旺五金" in [path.findtext(f"{SVG}title") for path in drawn]
    written = [span.text for span in root.iter(f"{SVG}tspan")]
    assert {"101", "配电室", "市场院子"} <= set(written)
    assert {"兴旺", "五金"} <= set(written), "a long name of a narrow unit goes on two lines"
    assert len([path for path in root.iter(f"{SVG}path") if path.get("class") == "exit"]) == 5


def test_the_drawing_scales_and_tells_itself(plan: Plan) -> None:
    root = parsed(draw_level(plan.levels[0], [piece(plan, "101", HoldKind.BURNED_AREA)]))
    assert root.get("width") == "100%"
    assert root.get("viewBox", "").startswith("0 0 1000 ")
    assert root.findtext(f"{SVG}title") == "一层"
    assert "封闭 56 平方米" in (root.findtext(f"{SVG}desc") or "")
    ids = {element.get("id") for element in root.iter()}
    assert set(root.get("aria-labelledby", "").split()) <= ids


@pytest.mark.parametrize("kind", HoldKind)
def test_a_sealed_piece_has_its_reason_as_hatching_and_in_the_legend(
    plan: Plan, kind: HoldKind
) -> None:
    root = parsed(draw_level(plan.levels[0], [piece(plan, "101", kind)]))
    (sealed,) = [path for path in root.iter(f"{SVG}path") if path.get("class") == "sealed"]
    pattern = sealed.get("fill", "").removeprefix("url(#").removesuffix(")")
    assert pattern in {found.get("id") for found in root.iter(f"{SVG}pattern")}
    legend = [found.text for found in root.iter(f"{SVG}text")]
    assert sum((text or "").startswith("封闭：") for text in legend) == 1


def test_the_gravest_reason_is_seen_and_all_are_said(plan: Plan) -> None:
    svg = draw_level(plan.levels[0], [piece(plan, "101", *HoldKind)])
    (sealed,) = [path for path in parsed(svg).iter(f"{SVG}path") if path.get("class") == "sealed"]
    assert sealed.get("fill", "").endswith(f"{HoldKind.HAZARD})")
    assert set(FIRST_SEEN) == set(HoldKind)
    assert "过火区域" in (sealed.findtext(f"{SVG}title") or "")
    assert "it burned" in (sealed.findtext(f"{SVG}title") or "")


def test_origin_and_evidence_are_marked(plan: Plan) -> None:
    at = plan.unit("117").shape.centroid
    marks = [Mark(kind=MarkKind.ORIGIN, at=at), Mark(kind=MarkKind.EVIDENCE, at=at, label="3<")]
    svg = draw_level(plan.levels[0], marks=marks)
    titles = [title.text or "" for title in parsed(svg).iter(f"{SVG}title")]
    assert any(title.startswith("起火点") for title in titles)
    assert "痕迹物证 evidence 3<" in titles


def test_text_is_escaped() -> None:
    evil = '<script>alert("1")</script>&'
    unit = Unit(id="a", level="x", kind=UnitKind.CLOSED, name=evil, shape=shapely.box(0, 0, 9, 9))
    level = Level(id='"><', name=evil, ordinal=0, units=(unit,))
    svg = draw_level(level, heading=evil)
    assert "<script>" not in svg
    assert parsed(svg).findtext(f"{SVG}title") == f"{evil} {evil}"


def test_a_long_building_stands_so_that_a_phone_shows_the_names_of_its_units(plan: Plan) -> None:
    units = [unit.shape for unit in plan.units() if unit.id != GROUND]
    direction = upright(units)
    assert abs(direction) <= 90
    for level in plan.levels:
        root = parsed(draw_level(level, direction_deg=direction, beside=plan.levels))
        _, _, width, height = map(float, root.get("viewBox", "").split())
        assert height > 1.5 * width
        sizes = {span.text: float(span.get("font-size", 0)) for span in root.iter(f"{SVG}tspan")}
        numbered = [size for text, size in sizes.items() if (text or "")[:1] in "12"]
        assert len(numbered) > 16
        assert all(size * 328 / width >= 9 for size in numbered), "CSS pixels on a phone"


def test_a_compact_building_is_turned_no_further_than_its_axes() -> None:
    assert upright([shapely.box(0, 0, 9, 9)]) == 0
    assert upright([affinity.rotate(shapely.box(0, 0, 9, 9), 80)]) == pytest.approx(-10)
    assert upright([shapely.box(0, 0, 9, 30)]) == 0
    assert upright([]) == 0


def test_an_empty_level_is_still_a_drawing() -> None:
    assert parsed(draw_level(Level(id="1F", name="1F", ordinal=0))).get("role") == "img"


def test_a_sliver_is_drawn_without_a_label() -> None:
    shape = shapely.box(0, 0, 80, 0.2)
    unit = Unit(id="a", level="1F", kind=UnitKind.CLOSED, name="管井", shape=shape)
    assert "tspan" not in draw_level(Level(id="1F", name="1F", ordinal=0, units=(unit,)))
