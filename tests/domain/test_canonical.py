"""Canonical JSON is RFC 8785's, byte for byte, for all that a record may hold."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from service.domain.canonical import canonical, digest_of, instant
from tests.fires import CALLED_AT

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=8), inner)
    ),
)


@given(values)
def test_it_is_what_the_reference_writes(value: object) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


def test_a_fraction_without_a_value_has_no_place_in_it() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_a_digest_is_sha_256_and_a_time_is_utc() -> None:
    assert digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert instant(CALLED_AT) == "2026-11-24T02:00:00Z"
    assert instant(None) is None
