"""Where the tape runs, and its posts.

y 14 +--101--+--102--+      the hall is sealed from x 1 to 19 and y 11 to 14:
     |  xxxxxxxxxxx  |      tape on three sides, posts at its two lower corners
y 10 +---------------+
"""

import pytest
from shapely import box

from service.domain.holds import HoldKind
from service.domain.scene_refusals import LevelUnknown
from service.domain.tape_posts import tape_line
from tests.scene_builders import a_market, a_scene, a_sealed_market


def test_tape_runs_where_no_wall_is_and_posts_stand_at_its_corners() -> None:
    found = tape_line(a_sealed_market().scene, "1")
    posts = sorted((round(post.x), round(post.y)) for post in found.posts.geoms)
    assert posts == [(1, 11), (19, 11)]
    assert found.length_m == pytest.approx(3 + 18 + 3, abs=0.1)


def test_closed_units_alone_need_no_tape() -> None:
    scene = a_market().hold("burned", shape=box(2, 16, 8, 22)).sealed().scene
    assert tape_line(scene, "1").length_m == 0
    assert tape_line(a_sealed_market().scene, "2").posts.is_empty


def test_a_ring_of_tape_in_the_open_has_a_post_at_each_corner() -> None:
    scene = a_scene().hold("burned", HoldKind.BURNED_AREA, box(0, 0, 9, 6), levels=("ground",))
    found = tape_line(scene.sealed().scene, "ground")
    assert len(found.posts.geoms) == 4
    assert found.length_m == pytest.approx(30, abs=0.01)


def test_a_level_that_is_not_there_is_refused() -> None:
    with pytest.raises(LevelUnknown):
        tape_line(a_market().scene, "9")
