"""How long one waits after failures, and what stands for a client's address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.sign_in_limits import Limit, Tally, network_of, one_more, wait_left_s

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
LIMIT = Limit(
    free=3,
    first_wait=timedelta(seconds=10),
    longest_wait=timedelta(seconds=60),
    forgotten_after=timedelta(hours=1),
)


def after(failures: int) -> Tally | None:
    tally = None
    for _ in range(failures):
        tally = one_more(tally, LIMIT, NOON)
    return tally


def test_waits_double_after_the_free_failures_up_to_the_longest() -> None:
    waits = [wait_left_s(after(failures), LIMIT, NOON) for failures in range(8)]
    assert waits == [0, 0, 0, 10, 20, 40, 60, 60]


def test_a_wait_passes_and_a_tally_is_forgotten() -> None:
    tally = after(4)
    assert wait_left_s(tally, LIMIT, NOON + timedelta(seconds=19.5)) == 1
    assert wait_left_s(tally, LIMIT, NOON + timedelta(seconds=20)) == 0
    later = NOON + LIMIT.forgotten_after
    assert one_more(tally, LIMIT, later - timedelta(seconds=1)).failures == 5
    assert one_more(tally, LIMIT, later).failures == 1
    assert wait_left_s(one_more(None, LIMIT, NOON), LIMIT, later) == 0


@given(failures=st.integers(0, 10**9), passed_s=st.floats(0, 7200))
def test_nobody_ever_waits_longer_than_the_longest(failures: int, passed_s: float) -> None:
    tally = Tally(failures=failures, last_at=NOON, expires_at=NOON + LIMIT.forgotten_after)
    left = wait_left_s(tally, LIMIT, NOON + timedelta(seconds=passed_s))
    assert 0 <= left <= max(0, 61 - passed_s)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_address_stands_for_itself_and_one_of_ipv6_for_its_household(
    address: str, network: str
) -> None:
    assert network_of(address) == network
