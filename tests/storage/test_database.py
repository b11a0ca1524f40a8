"""The database's promises: durable settings, waiting writers, a log that cannot be changed."""

import multiprocessing
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.domain.errors import Stale, Unavailable
from service.operations.ports import Answer
from storage.database import Database
from storage.events import EVENT_CLASSES, know_events
from storage.migrate import migrate
from storage.tables import metadata

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit:
    """An event of these tests."""

    NAME: ClassVar[str] = "lamp-lit"
    VERSION: ClassVar[int] = 1
    colour: str


know_events([LampLit])


@pytest.fixture
def store(database_url: str) -> Any:
    """A fresh database whose clock can be set."""
    database = Database(database_url, clock=lambda: store_time[0])
    store_time[0] = NOON
    yield database
    database.engine.dispose()


store_time = [NOON]


def _append(work: Any, lamp: UUID, colour: str, expected: int) -> int:
    version: int = work.events.append(
        "lamp", lamp, [LampLit(colour=colour)], expected=expected, officer_id=None
    )
    return version


def test_a_new_database_and_what_stands_beside_it_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    migrate(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    database.write(lambda work: _append(work, uuid4(), "red", 0))
    found = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("new.db*")}
    assert set(found) == {"new.db", "new.db-wal", "new.db-shm", "new.db-turn"}
    assert set(found.values()) == {0o600}
    database.engine.dispose()


def test_what_is_committed_is_on_the_disk(store: Database) -> None:
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
            assert connection.execute(text("SHOW transaction_isolation")).scalar() == "serializable"
            return
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_what_was_appended_is_read_back_in_order(store: Database) -> None:
    lamp = uuid4()
    for n, colour in enumerate(("red", "green")):
        store.write(lambda work, n=n, colour=colour: _append(work, lamp, colour, n))
    recorded = store.read(lambda work: work.events.read("lamp", lamp))
    assert [(r.version, r.event.colour) for r in recorded] == [(1, "red"), (2, "green")]


def test_an_append_after_another_version_is_refused_and_changes_nothing(store: Database) -> None:
    lamp = uuid4()
    store.write(lambda work: _append(work, lamp, "red", 0))
    with pytest.raises(Stale) as refusal:
        store.write(lambda work: _append(work, lamp, "green", 0))
    assert refusal.value.facts["version"] == 1
    assert len(store.read(lambda work: work.events.read("lamp", lamp))) == 1


def test_recorded_time_never_goes_back_within_a_stream(store: Database) -> None:
    lamp = uuid4()
    store.write(lambda work: _append(work, lamp, "red", 0))
    store_time[0] = NOON - timedelta(days=1)
    store.write(lambda work: _append(work, lamp, "green", 1))
    recorded = store.read(lambda work: work.events.read("lamp", lamp))
    assert [r.recorded_at for r in recorded] == [NOON, NOON]


def test_no_row_of_the_log_can_be_changed_or_removed(store: Database) -> None:
    store.write(lambda work: _append(work, uuid4(), "red", 0))
    for statement in ("UPDATE events SET name = 'x'", "DELETE FROM events"):
        with pytest.raises(IntegrityError, match="append-only"):
            store.write(lambda work, s=statement: work.connection.execute(text(s)))


def test_a_refusal_in_the_middle_leaves_nothing(store: Database) -> None:
    lamp = uuid4()

    def act(work: Any) -> None:
        _append(work, lamp, "red", 0)
        raise Stale

    with pytest.raises(Stale):
        store.write(act)
    assert store.read(lambda work: work.events.read("lamp", lamp)) == []


def test_a_stored_answer_comes_back_whole(store: Database) -> None:
    answer = Answer(
        actor="a", key=uuid4(), digest=b"d" * 32, status=201, etag="1", body=b"{}", answered_at=NOON
    )
    store.write(lambda work: work.answers.put(answer))
    assert store.read(lambda work: work.answers.get("a", answer.key)) == answer
    assert store.read(lambda work: work.answers.get("b", answer.key)) is None


def test_a_key_is_answered_once(store: Database) -> None:
    answer = Answer(
        actor="a", key=uuid4(), digest=b"d" * 32, status=201, etag="1", body=b"{}", answered_at=NOON
    )
    store.write(lambda work: work.answers.put(answer))
    with pytest.raises(Stale):
        store.write(lambda work: work.answers.put(answer))


def test_two_events_under_one_name_are_a_mistake() -> None:
    other = type("Other", (), {"NAME": "lamp-lit", "VERSION": 1})
    with pytest.raises(ValueError, match="lamp-lit"):
        know_events([other])
    assert EVENT_CLASSES["lamp-lit", 1] is LampLit


def test_a_second_migration_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


def test_the_migrations_make_the_tables_that_the_code_names(store: Database) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_a_database_that_cannot_be_reached_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    with pytest.raises(Unavailable):
        database.read(lambda work: work.people.count_users())
    with pytest.raises(Unavailable):
        database.write(lambda work: work.people.count_users())
    database.engine.dispose()


def _write_many(url: str, lamp: UUID, times: int) -> None:
    database = Database(url)
    for _ in range(times):

        def act(work: Any) -> None:
            _append(work, lamp, "red", len(work.events.read("lamp", lamp)))

        database.write(act)
    database.engine.dispose()


def test_writers_wait_for_each_other_and_none_fails(database_url: str) -> None:
    lamp = uuid4()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(database_url, lamp, 10)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    database = Database(database_url)
    recorded = database.read(lambda work: work.events.read("lamp", lamp))
    assert [r.version for r in recorded] == list(range(1, 41))
    database.engine.dispose()


def test_the_plain_file_refuses_changes_too(migrated: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated, tmp_path / "plain.db")
    store = Database(f"sqlite:///{file}")
    store.write(lambda work: _append(work, uuid4(), "red", 0))
    store.engine.dispose()
    refused = pytest.raises(sqlite3.IntegrityError, match="append-only")
    with closing(sqlite3.connect(file)) as connection, refused:
        connection.execute("DELETE FROM events")
