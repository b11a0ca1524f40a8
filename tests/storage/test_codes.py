"""Codes are kept by their hash, on every database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from service.domain.codes import Code, CodeKind
from storage.database import Database

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
INCIDENT = UUID(int=7)
OWNERS = Code(
    hash=bytes(range(32)),
    kind=CodeKind.OWNER,
    incident_id=INCIDENT,
    party_id=UUID(int=8),
    issued_at=NOON,
    expires_at=NOON + timedelta(days=30),
)
NOTICES = replace(
    OWNERS,
    hash=bytes(32),
    kind=CodeKind.NOTICE,
    party_id=None,
    expires_at=None,
    issued_at=NOON - timedelta(hours=1),
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.engine.dispose()


def test_a_code_comes_back_as_it_was_put(database: Database) -> None:
    database.write(lambda work: work.codes.put(OWNERS))
    assert database.read(lambda work: work.codes.get(OWNERS.hash)) == OWNERS
    assert database.read(lambda work: work.codes.get(b"\1" * 32)) is None


def test_the_codes_of_an_incident_come_the_oldest_first(database: Database) -> None:
    database.write(lambda work: work.codes.put(OWNERS))
    database.write(lambda work: work.codes.put(NOTICES))
    assert database.read(lambda work: work.codes.of_incident(INCIDENT)) == [NOTICES, OWNERS]
    assert database.read(lambda work: work.codes.of_incident(UUID(int=9))) == []


def test_an_ended_code_says_when(database: Database) -> None:
    database.write(lambda work: work.codes.put(OWNERS))
    database.write(lambda work: work.codes.end(OWNERS, NOON))
    assert database.read(lambda work: work.codes.get(OWNERS.hash)) == replace(OWNERS, ended_at=NOON)
