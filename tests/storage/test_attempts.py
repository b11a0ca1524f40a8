"""Tallies of failed sign-ins: kept under hashes, written by two at once, swept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from service.domain.sign_in_limits import Tally
from storage.database import Database, SqlWork
from storage.tables import secrets, sign_in_tallies

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
KEY = ("pair", "wang", "192.0.2.7")


def a_tally(failures: int, *, hours: int = 1) -> Tally:
    return Tally(failures=failures, last_at=NOON, expires_at=NOON + timedelta(hours=hours))


def rows(work: SqlWork) -> int:
    return int(work.connection.execute(select(func.count(sign_in_tallies.c.hash))).scalar_one())


def test_a_tally_is_found_by_its_key_and_by_no_other(database_url: str) -> None:
    database = Database(database_url)
    for failures in (1, 2):
        database.write(lambda work, n=failures: work.attempts.put(KEY, a_tally(n)))
    assert database.read(lambda work: work.attempts.get(KEY)) == a_tally(2)
    for other in (("pair", "wang192", ".0.2.7"), ("known", *KEY[1:]), KEY[:2]):
        assert database.read(lambda work, key=other: work.attempts.get(key)) is None
    database.write(lambda work: work.attempts.remove(KEY))
    assert database.read(rows) == 0
    database.engine.dispose()


def test_neither_names_nor_addresses_are_kept(database_url: str) -> None:
    database = Database(database_url)
    database.write(lambda work: work.attempts.put(KEY, a_tally(1)))

    def kept(work: SqlWork) -> str:
        found = [work.connection.execute(select(table)) for table in (sign_in_tallies, secrets)]
        return repr([tuple(row) for each in found for row in each])

    text = database.read(kept)
    assert "wang" not in text and "192.0.2" not in text
    database.engine.dispose()


def test_what_is_over_is_swept_a_few_at_a_time(database_url: str) -> None:
    database = Database(database_url)
    for number in range(5):
        database.write(lambda work, n=number: work.attempts.put(("n", str(n)), a_tally(1, hours=n)))
    later = NOON + timedelta(hours=3)
    for left in (3, 1, 1):
        database.write(lambda work: work.attempts.sweep(later, at_most=2))
        assert database.read(rows) == left
    database.engine.dispose()


def test_attempts_at_once_are_all_counted(database_url: str) -> None:
    database = Database(database_url)

    def count(work: SqlWork) -> None:
        before = work.attempts.get(KEY)
        work.attempts.put(KEY, a_tally(1 + (before.failures if before else 0)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: database.write(count), range(24)))
    counted = database.read(lambda work: work.attempts.get(KEY))
    assert counted == a_tally(24)
    database.engine.dispose()
