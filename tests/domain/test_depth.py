"""How deep a JSON body may nest."""

from typing import Any

import pytest

from service.domain.depth import check_depth
from service.domain.errors import NestedTooDeep


def nested(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"a/b": value}
    return value


def test_sixty_four_levels_are_read_and_one_more_is_not() -> None:
    check_depth(nested(64))
    with pytest.raises(NestedTooDeep) as refused:
        check_depth(nested(65), pointer="/body")
    assert refused.value.faults[0].pointer == "/body" + "/a~1b/0" * 32


def test_a_hundred_thousand_levels_do_not_overflow() -> None:
    with pytest.raises(NestedTooDeep):
        check_depth(nested(100_000))


def test_breadth_is_no_depth() -> None:
    check_depth([[1, {"a": [2]}], [3] * 10_000])
