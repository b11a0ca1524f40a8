"""Numbers under fifty writers at once: no gap, no double, failures among them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from service.domain.numbering import Series
from storage.database import Database, SqlWork

WRITERS = 50
SERIES = Series(office_id=UUID(int=9), kind="registration", year=2026)


class Midway(Exception):
    """A writer that fails after it has taken its number."""


def take(work: SqlWork) -> int:
    return work.numbers.take(SERIES)


def take_and_fail(work: SqlWork) -> int:
    work.numbers.take(SERIES)
    raise Midway


def test_each_series_counts_from_one(database_url: str) -> None:
    database = Database(database_url)
    assert [database.write(take) for _ in range(3)] == [1, 2, 3]
    others = [
        replace(SERIES, year=2027),
        replace(SERIES, kind="registration-drill"),
        replace(SERIES, office_id=uuid4()),
    ]
    for other in others:
        assert database.write(lambda work, other=other: work.numbers.take(other)) == 1
    database.engine.dispose()


def test_fifty_writers_at_once_leave_no_gap_and_no_double(database_url: str) -> None:
    database = Database(database_url)
    barrier = Barrier(WRITERS)

    def write(n: int) -> int | None:
        barrier.wait()
        if n % 5 == 0:
            with pytest.raises(Midway):
                database.write(take_and_fail)
            return None
        return database.write(take)

    with ThreadPoolExecutor(WRITERS) as pool:
        taken = [number for number in pool.map(write, range(WRITERS)) if number is not None]
    assert sorted(taken) == list(range(1, WRITERS - WRITERS // 5 + 1))
    database.engine.dispose()


def test_writers_in_many_processes_leave_no_gap_and_no_double(database_url: str) -> None:
    with get_context("spawn").Pool(4) as pool:
        taken = pool.map(_take_some, [database_url] * 4)
    numbers = sorted(number for some in taken for number in some)
    assert numbers == list(range(1, 4 * 10 + 1))


def _take_some(url: str) -> list[int]:
    database = Database(url, clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    numbers = []
    for n in range(15):
        if n % 3 == 0:
            with pytest.raises(Midway):
                database.write(take_and_fail)
        else:
            numbers.append(database.write(take))
    database.engine.dispose()
    return numbers
