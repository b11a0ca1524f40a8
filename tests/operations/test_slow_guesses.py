"""Guesses at passwords are slowed, and nobody is locked out by them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from service.domain.people_refusals import TooManySignIns
from service.operations.slow_guesses import Attempt, must_not_wait, take_back, tally_attempt

HOME, AWAY = "192.0.2.7", "198.51.100.9"
WANG = Attempt(username="wang", address=HOME)
Try = Callable[..., int]


@pytest.fixture
def fail(database: Any) -> Try:
    """A function: so many failures of an attempt → for how many seconds the last was refused."""

    def failing(attempt: Attempt, times: int = 1) -> int:
        for _ in range(times):
            try:
                database.write(lambda work: tally_attempt(attempt, work=work))
            except TooManySignIns as refusal:
                return int(str(refusal.facts["retry_after"]))
        return 0

    return failing


@pytest.fixture
def succeed(database: Any, fail: Try) -> Callable[[Attempt], None]:
    """A function: an attempt that is let in."""

    def succeeding(attempt: Attempt) -> None:
        assert fail(attempt) == 0
        database.write(lambda work: take_back(attempt, work=work))

    return succeeding


def later(database: Any, **passed: float) -> None:
    """Let time pass."""
    clock = database.clock
    database.clock = lambda: clock() + timedelta(**passed)


@pytest.fixture(autouse=True)
def noon(database: Any) -> None:
    """A clock that only goes when it is told to."""
    now = database.clock()
    database.clock = lambda: now


def test_waits_grow_with_each_failure_at_one_account_from_one_address(
    database: Any, fail: Try
) -> None:
    assert fail(WANG, 5) == 0
    for wait_s in (10, 20, 40):
        assert fail(WANG) == wait_s
        later(database, seconds=wait_s)
        assert fail(WANG) == 0
    assert fail(Attempt(username="li", address=HOME)) == 0


def test_what_is_refused_does_not_lengthen_the_wait(database: Any, fail: Try) -> None:
    fail(WANG, 5)
    assert {fail(WANG) for _ in range(9)} == {10}
    with pytest.raises(TooManySignIns) as refused:
        database.read(lambda work: must_not_wait(WANG, work=work))
    assert "10秒" in refused.value.faults[0].wrong.zh
    assert "10 s" in refused.value.faults[0].wrong.en


def test_whoever_signs_in_starts_anew(fail: Try, succeed: Callable[[Attempt], None]) -> None:
    fail(WANG, 4)
    succeed(WANG)
    assert fail(WANG, 5) == 0


def test_an_address_is_slowed_over_all_accounts(fail: Try) -> None:
    for number in range(30):
        assert fail(Attempt(username=f"u{number}", address=AWAY)) == 0
    assert fail(Attempt(username="another", address=AWAY)) == 5
    assert fail(Attempt(username="another", address=HOME)) == 0


def test_the_addresses_of_one_household_count_as_one(fail: Try) -> None:
    for number in range(30):
        fail(Attempt(username=f"u{number}", address=f"2001:db8::{number:x}"))
    assert fail(Attempt(username="x", address="2001:db8::ffff:1")) == 5
    assert fail(Attempt(username="x", address="2001:db8:0:1::1")) == 0


def test_an_account_is_slowed_for_strangers_and_not_where_the_person_signed_in(
    database: Any, fail: Try, succeed: Callable[[Attempt], None]
) -> None:
    succeed(WANG)
    for number in range(20):
        assert fail(Attempt(username="wang", address=f"203.0.113.{number}")) == 0
    assert fail(Attempt(username="wang", address=AWAY)) == 5
    succeed(WANG)
    later(database, days=30, minutes=-1)
    succeed(WANG)  # and is known for another month
    later(database, days=30)
    for number in range(20):
        fail(Attempt(username="wang", address=f"203.0.113.{number}"))
    assert fail(WANG) == 5, "a month later the address is a stranger's"


def test_failures_of_others_at_the_address_do_not_slow_who_is_known_there(
    fail: Try, succeed: Callable[[Attempt], None]
) -> None:
    succeed(WANG)
    for number in range(30):
        fail(Attempt(username=f"u{number}", address=HOME))
    assert fail(Attempt(username="new", address=HOME)) == 5
    succeed(WANG)


def test_a_guesser_with_an_account_of_their_own_is_not_free_of_the_other_failures(
    fail: Try, succeed: Callable[[Attempt], None]
) -> None:
    own = Attempt(username="own", address=AWAY)
    succeed(own)
    for number in range(30):
        fail(Attempt(username=f"u{number}", address=AWAY))
        succeed(own)
    assert fail(Attempt(username="another", address=AWAY)) == 5


def test_taking_back_what_was_swept_meanwhile_counts_nothing(
    database: Any, fail: Try, succeed: Callable[[Attempt], None]
) -> None:
    fail(WANG)
    later(database, hours=2)
    fail(Attempt(username="li", address=AWAY))  # sweeps the tallies of address and account
    database.write(lambda work: take_back(WANG, work=work))
    succeed(WANG)
