"""Terms in legal time: Asia/Shanghai, days off moved, pauses left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.rules import rulebook
from service.domain.calendar import (
    Due,
    Pause,
    Term,
    TermUnit,
    WorkingCalendar,
    due,
    end_of,
    legal_day,
)

RULES = rulebook()
CHINA = RULES.calendar
HOURS_48 = RULES.terms.of("registration_report", date(2026, 1, 1))
DAYS_2 = RULES.terms.of("simplified_filing", date(2026, 1, 1))
DAYS_30 = RULES.terms.of("determination", date(2026, 1, 1))
WORKING_15 = replace(RULES.terms.of("review_request", date(2026, 1, 1)), unit=TermUnit.WORKING_DAYS)


def at(day: int, hour: int, month: int = 11, year: int = 2026) -> datetime:
    """An hour in Shanghai, in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


def due_day(term: Term, start: datetime, *pauses: Pause) -> date:
    found = due(term, start=start, calendar=CHINA, pauses=pauses)
    assert found.at is not None
    return legal_day(found.at - timedelta(seconds=1))


def test_the_legal_day_turns_at_midnight_in_shanghai() -> None:
    assert legal_day(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert legal_day(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_term_in_hours_runs_through_days_off() -> None:
    assert due(HOURS_48, start=at(27, 10), calendar=CHINA) == Due(at=at(29, 10))


def test_a_term_in_hours_waits_for_its_pauses_once() -> None:
    pauses = (
        Pause(begun_at=at(27, 12), ended_at=at(27, 20)),
        Pause(begun_at=at(27, 14), ended_at=at(27, 18)),
    )
    assert due(HOURS_48, start=at(27, 10), calendar=CHINA, pauses=pauses).at == at(29, 18)
    later = Pause(begun_at=at(30, 10), ended_at=None)
    assert due(HOURS_48, start=at(27, 10), calendar=CHINA, pauses=(later,)).at == at(29, 10)
    lasting = Pause(begun_at=at(28, 10), ended_at=None)
    assert due(HOURS_48, start=at(27, 10), calendar=CHINA, pauses=(lasting,)) == Due(at=None)


def test_a_term_in_days_leaves_out_its_first_day_and_ends_at_midnight() -> None:
    assert due(DAYS_2, start=at(24, 0), calendar=CHINA).at == end_of(date(2026, 11, 26))
    assert due(DAYS_2, start=at(24, 23), calendar=CHINA).at == end_of(date(2026, 11, 26))


def test_a_last_day_off_is_moved_to_the_next_working_day() -> None:
    """26 November 2026 is a Thursday: two days on is a Saturday."""
    assert due_day(DAYS_2, at(26, 9)) == date(2026, 11, 30)


def test_the_national_holiday_moves_a_last_day() -> None:
    assert due_day(DAYS_2, at(29, 9, month=9)) == date(2026, 10, 8)


def test_a_weekend_moved_to_work_is_a_working_day() -> None:
    assert CHINA.works(date(2026, 10, 10))
    assert not CHINA.works(date(2026, 10, 1))


def test_days_wholly_in_a_pause_are_not_counted() -> None:
    """30 days from 2 November end on 2 December; a pause from noon to noon covers four days."""
    assert due_day(DAYS_30, at(2, 9)) == date(2026, 12, 2)
    pause = Pause(begun_at=at(5, 12), ended_at=at(10, 12))
    assert due_day(DAYS_30, at(2, 9), pause) == date(2026, 12, 7)  # the 6th is a Sunday


def test_a_pause_that_lasts_leaves_the_term_open() -> None:
    lasting = Pause(begun_at=at(5, 12), ended_at=None)
    assert due(DAYS_30, start=at(2, 9), calendar=CHINA, pauses=(lasting,)).at is None
    after_the_end = Pause(begun_at=at(20, 12, month=12), ended_at=None)
    assert due_day(DAYS_30, at(2, 9), after_the_end) == date(2026, 12, 2)


def test_working_days_count_only_days_worked() -> None:
    """15 working days from Friday 30 October."""
    assert due_day(WORKING_15, at(30, 9, month=10)) == date(2026, 11, 20)


def test_beyond_the_last_announced_year_a_date_is_provisional() -> None:
    found = due(DAYS_30, start=at(20, 9, month=12), calendar=CHINA)
    assert found.provisional
    assert not due(DAYS_30, start=at(2, 9), calendar=CHINA).provisional
    plain = WorkingCalendar(days_off=frozenset(), moved_workdays=frozenset(), last_year=2026)
    assert plain.works(date(2027, 10, 1))


def test_the_last_instant_is_in_time() -> None:
    found = Due(at=at(24, 10))
    assert not found.is_late(at(24, 10))
    assert found.is_late(at(24, 11))
    assert not Due(at=None).is_late(at(24, 10))


def test_a_term_that_is_not_in_force_is_a_mistake_of_the_set_up() -> None:
    with pytest.raises(LookupError, match="registration_report"):
        RULES.terms.of("registration_report", date(2025, 4, 30))
