"""Keys of neighbouring systems: what they may be for, and how long they last."""

from datetime import timedelta
from uuid import uuid4

import pytest

from service.domain.errors import RoleNotAllowed
from service.domain.people_refusals import KeyTermWrong
from service.domain.powers import POWERS, ROLE_NAMES, Officer, Operation, Role, must_be_allowed
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


def test_a_key_without_the_scope_is_told_which_it_lacks() -> None:
    gis = Officer(
        id=uuid4(),
        name="GIS",
        role=Role.SYSTEM,
        post_id=uuid4(),
        post_path="/15/",
        scopes=frozenset({Operation.LIST_INCIDENTS}),
    )
    must_be_allowed(gis, Operation.LIST_INCIDENTS, at="/15/01/")
    with pytest.raises(RoleNotAllowed) as refused:
        must_be_allowed(gis, Operation.READ_SCENE, at=None)
    [fault] = refused.value.faults
    assert (fault.wrong.zh, fault.wrong.en) == (
        "该系统密钥不含权限“read-scene”",
        "this key lacks the scope read-scene",
    )
    with pytest.raises(RoleNotAllowed) as refused:
        must_be_allowed(gis, Operation.REGISTER, at=None)
    assert refused.value.faults[0].wrong.zh == "岗位“系统”不能办理"
    assert set(ROLE_NAMES) == set(Role)
