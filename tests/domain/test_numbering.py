"""How numbers are written, and which series they belong to."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from schemas.rules import read_numbering
from service.domain.numbering import Numbering, Series, series_of

OFFICE = UUID(int=4)
NUMBERING = read_numbering()
SERIES = Series(office_id=OFFICE, kind="registration", year=2026)


def written(numbering: Numbering, sequence: int) -> str:
    return numbering.written(SERIES, sequence, kind="registration", drill=False, short_name="X")


def test_a_number_has_office_kind_year_and_sequence() -> None:
    assert written(NUMBERING, 1) == "X消火登字〔2026〕第0001号"
    assert written(NUMBERING, 12_345) == "X消火登字〔2026〕第12345号"


def test_an_office_may_have_a_pattern_of_its_own() -> None:
    own = replace(
        NUMBERING.of("registration", office_id=OFFICE, drill=False),
        office=str(OFFICE),
        pattern="{office}登{year}-{sequence}",
        width=2,
    )
    numbering = replace(NUMBERING, patterns=(*NUMBERING.patterns, own))
    assert written(numbering, 7) == "X登2026-07"


def test_a_kind_without_a_pattern_is_a_mistake_of_the_set_up() -> None:
    with pytest.raises(LookupError, match="notice"):
        NUMBERING.of("notice", office_id=OFFICE, drill=False)


def test_a_series_turns_with_the_year_in_shanghai_and_drills_run_apart() -> None:
    eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert series_of("registration", office_id=OFFICE, drill=False, now=eve) == SERIES
    drill = series_of("registration", office_id=OFFICE, drill=True, now=eve.replace(hour=16))
    assert (drill.kind, drill.year) == ("registration-drill", 2027)
