"""Keys of neighbouring systems: what they may be for, and how long they last."""

from datetime import timedelta

import pytest

from service.domain.people_refusals import KeyTermWrong
from service.domain.powers import POWERS, Role
from service.domain.system_keys import LONGEST_DAYS, OPERATIONS, expiry
from tests.fires import CALLED_AT


def test_a_key_lasts_a_day_at_least_and_a_year_at_most() -> None:
    for days in (1, LONGEST_DAYS):
        assert expiry(CALLED_AT, days=days) == CALLED_AT + timedelta(days=days)
    for days in (0, LONGEST_DAYS + 1):
        with pytest.raises(KeyTermWrong):
            expiry(CALLED_AT, days=days)


def test_systems_only_read() -> None:
    assert all(operation.startswith(("list-", "read-")) for operation in OPERATIONS)
    assert {operation for operation in POWERS if Role.SYSTEM in POWERS[operation]} == OPERATIONS
