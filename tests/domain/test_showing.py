"""To whom a photo is shown, and what is written over it."""

from uuid import UUID

import pytest

from service.domain.photo import PreviewSize, View
from service.domain.preview import Cover, PreviewRecipe
from service.domain.preview_refusals import CoversInvalid
from service.domain.showing import mark_of, must_lie_within
from tests.fires import a_photo

FIRE = UUID("1a2b3c4d-0000-4000-8000-000000000000")
PHOTO = a_photo(FIRE, View.DETAIL)


def a_cover(left_px: int, top_px: int, width_px: int, height_px: int) -> Cover:
    return Cover(left_px=left_px, top_px=top_px, width_px=width_px, height_px=height_px)


def test_covers_reach_to_the_edges_and_no_further() -> None:
    wide, high = PHOTO.width_px, PHOTO.height_px
    must_lie_within((a_cover(0, 0, wide, high), a_cover(wide - 1, high - 1, 1, 1)), PHOTO)
    with pytest.raises(CoversInvalid) as refused:
        must_lie_within((a_cover(0, 0, wide, high + 1), a_cover(1, 0, wide, high)), PHOTO)
    assert [fault.pointer for fault in refused.value.faults] == ["/covers/0", "/covers/1"]


def test_the_mark_is_the_number_or_before_there_is_one_the_beginning_of_the_id() -> None:
    assert mark_of(FIRE, number="呼新一消火简登字〔2026〕第0001号").endswith("第0001号")
    assert mark_of(FIRE, number=None) == "火情 1A2B3C4D"


def test_every_other_recipe_has_another_name() -> None:
    size = PreviewSize.PHONE
    plain = PreviewRecipe(size=size)
    marked = PreviewRecipe(size=size, mark="1")
    covered = PreviewRecipe(size=size, mark="1", covers=(a_cover(0, 0, 1, 1),))
    elsewhere = PreviewRecipe(size=size, mark="1", covers=(a_cover(0, 1, 1, 1),))
    desk = PreviewRecipe(size=PreviewSize.DESK)
    assert len({each.name for each in (plain, marked, covered, elsewhere, desk)}) == 5
