"""What is on record and what is stored, side by side."""

from hypothesis import given
from hypothesis import strategies as st

from service.domain.photo_verifying import WRONG_WORDS, Compared, Wrong, side_by_side

NAMES = st.sets(st.text("abc", min_size=1, max_size=3))


@given(NAMES, NAMES)
def test_each_digest_comes_once_in_order_with_what_is_known_of_it(
    recorded: set[str], stored: set[str]
) -> None:
    rows = [(name, len(name)) for name in sorted(recorded)]
    assert list(side_by_side(rows, sorted(stored))) == [
        Compared(
            digest=name,
            size_bytes=len(name) if name in recorded else None,
            stored=name in stored,
        )
        for name in sorted(recorded | stored)
    ]


def test_every_fault_has_its_words() -> None:
    assert set(WRONG_WORDS) == set(Wrong)
