"""Units grouped for a page: sealed first, by level."""

from service.domain.reopening import UnitState, UnitStatus
from service.domain.units_alike import units_alike


def unit(name: str, level: str, state: UnitState) -> UnitStatus:
    return UnitStatus(unit=name, name=name, level=level, state=state)


def test_sealed_units_come_first_and_each_state_goes_level_by_level() -> None:
    """Two levels whose units come mixed; the order within a level stays."""
    found = units_alike(
        [
            unit("101", "1", UnitState.OPEN),
            unit("201", "2", UnitState.SEALED),
            unit("hall", "1", UnitState.OPEN_WITH_CONDITIONS),
            unit("202", "2", UnitState.OPEN),
            unit("102", "1", UnitState.SEALED),
            unit("103", "1", UnitState.OPEN),
        ]
    )
    assert [(each.state.value, len(each)) for each in found] == [
        ("sealed", 2),
        ("open_with_conditions", 1),
        ("open", 3),
    ]
    names = [[[one.unit for one in level] for level in each.levels] for each in found]
    assert names == [[["102"], ["201"]], [["hall"]], [["101", "103"], ["202"]]]


def test_no_units_make_no_groups() -> None:
    assert units_alike([]) == ()
