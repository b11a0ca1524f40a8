"""Pictures of a scene over HTTP: each level as SVG and PNG, at any time, before and after."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from shapely import Point

from service.domain.powers import Role
from service.web.fonts import chinese_font
from service.web.png import NO_FONT, as_png
from tests.web.scene_site import Site, geojson

SPOT = Point(5, 17).buffer(1, quad_segs=1)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sealed(sign_in: Any, database: Any, brigade: Any) -> Site:
    lead = sign_in(Role.INVESTIGATOR)
    site = Site(lead, sign_in(Role.REVIEWER, brigade.detachment), database, brigade)
    return site.on_record().opened().planned().sealed()


def titles(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314
    return [found.text or "" for found in root.iter(f"{SVG}title")]


def image(answer: Any) -> Image.Image:
    assert answer.status_code == 200, answer.data
    assert answer.mimetype == "image/png"
    return Image.open(io.BytesIO(answer.data))


def test_a_level_is_drawn_with_its_seal_posts_and_evidence(sealed: Site) -> None:
    answer = sealed.lead.get(f"{sealed.path}/pictures/1.svg")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    found = titles(answer.text)
    assert sum(title.startswith("立柱") for title in found) >= 2
    assert "痕迹物证 evidence 1" in found
    assert any(title.startswith("过火区域") for title in found)
    assert "style-src" in answer.headers["Content-Security-Policy"]
    again = sealed.lead.get(
        f"{sealed.path}/pictures/1.svg", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_origin_is_marked_where_it_was_established(sealed: Site) -> None:
    answer = sealed.find(
        "origin", "origin_established", geometry=geojson(SPOT), levels=["1"], ground="V pattern"
    )
    assert answer.status_code == 201, answer.json
    drawn = titles(sealed.lead.get(f"{sealed.path}/pictures/1.svg").text)
    assert any(title.startswith("起火点") for title in drawn)
    above = titles(sealed.lead.get(f"{sealed.path}/pictures/2.svg").text)
    assert not any(title.startswith("起火点") for title in above)


def test_the_same_level_at_a_past_time_shows_what_was_sealed_then(
    sealed: Site, database: Any
) -> None:
    set_at = database.clock()
    database.clock = lambda: set_at + timedelta(hours=1)
    answer = sealed.find(
        "survey", "survey_finished", stage="detailed", outcome="excluded", units=["102"],
        ground="no trace",
    )  # fmt: skip
    assert answer.status_code == 201, answer.json
    then = sealed.lead.get(f"{sealed.path}/pictures/1.svg", query_string={"at": set_at.isoformat()})
    now = sealed.lead.get(f"{sealed.path}/pictures/1.svg")
    assert then.text.count('class="sealed"') == now.text.count('class="sealed"') + 1


def test_a_level_is_a_png_as_wide_as_asked(sealed: Site) -> None:
    path = f"{sealed.path}/pictures/1.png"
    assert image(sealed.lead.get(path)).width == 1240
    answer = sealed.lead.get(path, query_string={"width": 360})
    assert image(answer).width == 360
    known = {"If-None-Match": answer.headers["ETag"]}
    assert sealed.lead.get(path, query_string={"width": 360}, headers=known).status_code == 304
    assert sealed.lead.get(path, query_string={"width": 99_999}).status_code == 422


def test_a_finding_is_pictured_before_and_after(sealed: Site) -> None:
    answer = sealed.find(
        "survey", "survey_finished", stage="detailed", outcome="excluded", units=["102"],
        ground="no trace",
    )  # fmt: skip
    assert answer.status_code == 201, answer.json
    path = f"{sealed.path}/findings/{sealed.id('survey')}/picture"
    svg = sealed.lead.get(f"{path}.svg").text
    before, after = svg.split("之后 after")[0], svg.split("之后 after")[1]
    assert before.count('class="sealed"') > after.count('class="sealed"')
    ids = [e.get("id") for e in ElementTree.fromstring(svg).iter() if e.get("id")]  # noqa: S314
    assert len(ids) == len(set(ids))
    wide = image(sealed.lead.get(f"{path}.png"))
    tall = image(sealed.lead.get(f"{path}.png", query_string={"stacked": "true", "width": 360}))
    assert wide.width == 1240
    assert tall.height > 2 * tall.width


def test_a_finding_that_released_nothing_is_pictured_where_something_is_sealed(
    sealed: Site,
) -> None:
    path = f"{sealed.path}/findings/{sealed.id('burned')}/picture.svg"
    assert sealed.lead.get(path).status_code == 200
    path = f"{sealed.path}/findings/{sealed.id('seal')}/picture.svg"
    assert "1F 之后" in sealed.lead.get(path).text
    assert "2F 之后" in sealed.lead.get(path, query_string={"level": "2"}).text
    assert sealed.lead.get(path, query_string={"level": "9"}).status_code == 404


def test_a_level_or_a_finding_that_is_not_there_is_named(sealed: Site) -> None:
    answer = sealed.lead.get(f"{sealed.path}/pictures/9.svg")
    assert answer.status_code == 404
    assert answer.json["errors"][0]["pointer"] == "/level"  # type: ignore[index]
    path = f"{sealed.path}/findings/{sealed.id('none')}/picture.svg"
    assert sealed.lead.get(path).status_code == 404


def test_another_brigade_sees_no_picture(sealed: Site, sign_in: Any, brigade: Any) -> None:
    stranger = sign_in(Role.INVESTIGATOR, brigade.other_detachment)
    assert stranger.get(f"{sealed.path}/pictures/1.svg").status_code in (403, 404)


def test_without_a_chinese_font_the_latin_part_is_drawn_and_said(
    sealed: Site, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.scene_pictures.chinese_font", lambda named: None)
    answer = sealed.lead.get(f"{sealed.path}/pictures/1.png")
    assert NO_FONT in answer.headers["Warning"]
    assert "fonts-noto-cjk" in answer.headers["Warning"]
    assert image(answer).width == 1240


def test_the_font_is_found_or_named(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font")
    assert chinese_font("", (str(tmp_path),)) is None
    assert chinese_font(str(tmp_path / "none.ttf")) is None


def test_a_chinese_name_is_drawn_with_a_chinese_font() -> None:
    font = chinese_font()
    assert font is not None, "apt-get install fonts-noto-cjk"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 50">'
        '<text y="40" font-size="40" font-family="sans-serif">{}</text></svg>'
    )
    drawn = {as_png(svg.format(name), width=99, font=font) for name in ("火场", "归还", "")}
    assert len(drawn) == 3
