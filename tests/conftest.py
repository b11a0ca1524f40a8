"""Fixtures that every suite shares: a migrated database, an app on it, people signed in."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from werkzeug.test import TestResponse

from service.app import create_app
from service.domain.people import Post, PostKind, User
from service.domain.powers import Officer, Role
from service.domain.sessions import DeviceSession
from service.operations.sign_in import hash_of, hash_password
from service.settings import Settings
from storage.database import Database, utc_now
from storage.migrate import migrate

settings.register_profile(
    "handback",
    max_examples=int(os.environ.get("LAW_EXAMPLES", "300")),
    deadline=None,
    derandomize="LAW_EXAMPLES" not in os.environ,  # the short run is the same every time
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("handback")

SHARED_CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
PASSWORD = "correct horse battery"
_HASH = hash_password(PASSWORD)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker for cases that stay outside the repository."""
    config.addinivalue_line("markers", "shared_cases: reads ../shared/cases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where ../shared/cases is absent, leave its tests out and say so at the end."""
    if SHARED_CASES.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("shared_cases")]
    items[:] = [item for item in items if item not in left_out]
    config.stash[_LEFT_OUT] = len(left_out)
    config.hook.pytest_deselected(items=left_out)


_LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """One visible line for what was not run."""
    left_out = config.stash.get(_LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(f"../shared/cases is absent: {left_out} cases were not run")


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The folder of other people's plans, photos and tables."""
    return SHARED_CASES


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the present schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "handback.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    """A fresh database of this test's own."""
    shutil.copy(migrated, tmp_path / "handback.db")
    return f"sqlite:///{tmp_path / 'handback.db'}"


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The service on a fresh database, with a brigade."""
    app = create_app(Settings(data_dir=tmp_path, database_url=database_url))
    app.testing = False
    event.listen(app.extensions["handback-database"].engine, "connect", _do_not_sync)
    yield app
    app.extensions["handback-database"].engine.dispose()


def _do_not_sync(connection: Any, _record: object) -> None:
    """No power fails in these suites; those of durability start servers of their own."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def database(app: Flask) -> Database:
    """The app's database."""
    found: Database = app.extensions["handback-database"]
    return found


@dataclass(frozen=True)
class Brigade:
    """总队 › 支队 › 大队 › two stations, and another detachment beside."""

    corps: Post
    detachment: Post
    brigade: Post
    station: Post
    other_station: Post
    other_detachment: Post


def _post(parent: Post | None, kind: PostKind, name: str, short_name: str, code: str) -> Post:
    id = uuid4()
    return Post(
        id=id,
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else '/'}{id.hex[:8]}/",
        kind=kind,
        name=name,
        short_name=short_name,
        division_code=code,
        phone="0471-0000119",
    )


@pytest.fixture
def brigade(database: Database) -> Brigade:
    """The posts, on record."""
    corps = _post(None, PostKind.CORPS, "内蒙古自治区消防救援总队", "内", "150000")
    detachment = _post(corps, PostKind.DETACHMENT, "呼和浩特市消防救援支队", "呼", "150100")
    beside = _post(corps, PostKind.DETACHMENT, "包头市消防救援支队", "包", "150200")
    brigade = _post(detachment, PostKind.BRIGADE, "新城区消防救援大队", "呼新", "150102")
    station = _post(brigade, PostKind.STATION, "新城站", "呼新一", "150102")
    other = _post(brigade, PostKind.STATION, "东站", "呼新二", "150102")
    for post in (corps, detachment, beside, brigade, station, other):
        database.write(lambda work, post=post: work.people.put_post(post))
    return Brigade(corps, detachment, brigade, station, other, beside)


class SignedIn:
    """A person's client: `put(path, json)` brings token and a fresh Idempotency-Key along."""

    def __init__(self, client: FlaskClient, officer: Officer, token: str) -> None:
        self.client = client
        self.officer = officer
        self.token = token

    def open(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any verb; headers given are added to the usual ones."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if method not in {"GET", "HEAD", "OPTIONS"}:
            headers["Idempotency-Key"] = str(uuid4())
        headers |= options.pop("headers", {})
        return self.client.open(path, method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read."""
        return self.open("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        """Ask for something to be worked out or made."""
        return self.open("POST", path, json=json, **options)

    def put(
        self, path: str, json: Any, *, version: int | None = None, **options: Any
    ) -> TestResponse:
        """Create (no version) or correct (with one)."""
        condition = {"If-None-Match": "*"} if version is None else {"If-Match": f'"{version}"'}
        headers = condition | options.pop("headers", {})
        return self.open("PUT", path, json=json, headers=headers, **options)


@pytest.fixture
def sign_in(app: Flask, database: Database, brigade: Brigade) -> Any:
    """A function: role and post → a client of such a person."""

    def signed_in(role: Role, post: Post | None = None) -> SignedIn:
        place = post or (brigade.station if role is Role.CREW else brigade.brigade)
        return SignedIn(app.test_client(), *_person(database, role, place))

    return signed_in


def a_session(user_id: UUID, **more: Any) -> DeviceSession:
    """Somebody is signed in, until 2099."""
    now = utc_now()
    values: dict[str, Any] = {
        "id": uuid4(),
        "user_id": user_id,
        "grant_id": None,
        "device": None,
        "agent": "",
        "began_at": now,
        "used_at": now,
        "expires_at": now.replace(year=2099),
        "ends_at": now.replace(year=2099),
    }
    return DeviceSession(**values | more)


def _person(database: Database, role: Role, post: Post) -> tuple[Officer, str]:
    id: UUID = uuid4()
    user = User(
        id=id,
        username=f"{role}-{id.hex[:6]}",
        name="李队",
        role=role,
        post_id=post.id,
        password_hash=_HASH,
    )
    token = f"token-{id}"

    def act(work: Any) -> None:
        work.people.put_user(user)
        work.sessions.open(a_session(id), hash_of(token))

    database.write(act)
    officer = Officer(id=id, name=user.name, role=role, post_id=post.id, post_path=post.path)
    return officer, token
