"""What a photo looks like in 64 bits: alike stays near, different goes far."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from service.domain.photo import GREY_PX
from service.domain.photo_fingerprint import NEAR, distances, fingerprint, near
from tests.photo_builders import a_view

WORDS = st.integers(0, 2**64 - 1)


def a_scene(seed: int) -> Image.Image:
    """Rooms of different greys, as a photo has: large shapes, soft edges."""
    return Image.open(io.BytesIO(a_view(seed, (640, 480))))


def seen(image: Image.Image) -> int:
    grey = image.convert("L").resize((GREY_PX, GREY_PX), Image.Resampling.BOX)
    found = fingerprint(grey.tobytes())
    assert found is not None
    return found


def recompressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.resize((320, 240)).save(out, "JPEG", quality=40)
    return Image.open(out)


@pytest.mark.parametrize("seed", range(8))
def test_a_smaller_or_brighter_copy_is_near(seed: int) -> None:
    original, copies = (
        a_scene(seed),
        [recompressed, lambda x: ImageEnhance.Brightness(x).enhance(1.2)],
    )
    for copy in copies:
        assert (seen(original) ^ seen(copy(original))).bit_count() <= NEAR


def test_another_picture_is_far() -> None:
    found = [seen(a_scene(seed)) for seed in range(20)]
    apart = [(a ^ b).bit_count() for i, a in enumerate(found) for b in found[:i]]
    assert min(apart) > NEAR


def test_a_picture_of_nothing_looks_like_nothing() -> None:
    """A lens cap; a wall with one edge; the same scene, ever fainter."""
    black = np.zeros((GREY_PX, GREY_PX), dtype=np.uint8)
    assert fingerprint(black.tobytes()) is None
    edge = black.copy()
    edge[:, :16] = 255
    assert fingerprint(edge.tobytes()) is None
    scene = np.asarray(a_scene(1).resize((GREY_PX, GREY_PX), Image.Resampling.BOX))
    assert fingerprint((scene // 8).tobytes()) is not None
    assert fingerprint((scene // 128).tobytes()) is None


@given(st.lists(WORDS, min_size=1, max_size=40), WORDS, st.integers(0, 64))
def test_the_scan_finds_exactly_what_lies_within(
    words: list[int], wanted: int, within: int
) -> None:
    given_words = np.array(words, dtype=np.uint64)
    apart = [(word ^ wanted).bit_count() for word in words]
    assert distances(given_words, wanted).tolist() == apart
    expected = [place for place, bits in enumerate(apart) if bits <= within]
    assert near(given_words, wanted, within=within).tolist() == expected
