"""Sessions and refresh tokens on each database: found by hash, ended, carried on once only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.people import Post, PostKind, User
from service.domain.powers import Role
from service.domain.sessions import RefreshToken
from service.operations.renew_session import RenewSession, UsedTwice, renew_session
from service.operations.sign_in import Session, SignIn, hash_of, open_session
from storage.database import Database
from tests.conftest import a_session

CORPS = Post(
    id=UUID(int=1),
    parent_id=None,
    path="/1/",
    kind=PostKind.CORPS,
    name="总队",
    short_name="内",
    division_code="150000",
    phone="119",
)
WANG = User(
    id=UUID(int=2),
    username="wang",
    name="王",
    role=Role.CREW,
    post_id=CORPS.id,
    password_hash="",
)
SIGN_IN = SignIn(username="wang", password="", minutes=60, days=30)


@pytest.fixture
def store(database_url: str) -> Any:
    """A database with one person."""
    database = Database(database_url)
    database.write(lambda work: work.people.put_post(CORPS))
    database.write(lambda work: work.people.put_user(WANG))
    yield database
    database.engine.dispose()


def opened(store: Database) -> Session:
    return store.write(lambda work: open_session(WANG, SIGN_IN, work=work))


def is_good(store: Database, token: str) -> bool:
    return store.read(lambda work: work.sessions.holder(hash_of(token), work.now)) is not None


def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(store: Database) -> None:
    first, second, third = opened(store), opened(store), opened(store)
    store.write(lambda work: work.sessions.note_use(first.id, work.now + timedelta(hours=1)))
    listed = store.read(lambda work: work.sessions.of_user(WANG.id, work.now))
    assert (listed[0].id, len(listed)) == (first.id, 3)
    store.write(lambda work: work.sessions.end(second.id, work.now))
    assert [is_good(store, each.token) for each in (first, second, third)] == [True, False, True]
    assert store.write(lambda work: work.sessions.end_all(WANG.id, work.now)) == 2
    assert not is_good(store, first.token) and not is_good(store, third.token)
    assert store.write(lambda work: work.sessions.end_all(WANG.id, work.now)) == 0


def test_of_two_who_carry_a_session_on_at_once_one_has_a_copy(store: Database) -> None:
    session, barrier = opened(store), Barrier(2)
    token = str(session.refresh_token)

    def renew(key: UUID) -> Session | UsedTwice:
        barrier.wait()
        command = RenewSession(refresh_token=token, key=key, minutes=60)
        return store.write(lambda work: renew_session(command, work=work))

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(renew, [uuid4(), uuid4()]), key=lambda each: type(each).__name__)
    renewed, copied = found
    assert isinstance(renewed, Session) and isinstance(copied, UsedTwice)
    assert not is_good(store, session.token) and not is_good(store, renewed.token)


def test_the_next_pair_is_the_same_under_one_key_alone(store: Database) -> None:
    keys = (UUID(int=1), UUID(int=1), UUID(int=2))
    first, again, other = (
        store.read(lambda work, key=key: work.refresh_tokens.next_pair("x", key)) for key in keys
    )
    assert first == again
    assert len({*first, *other}) == 4 and min(map(len, first)) == 43


def test_refresh_tokens_of_sessions_that_are_over_are_swept(store: Database) -> None:
    session = a_session(WANG.id)
    store.write(lambda work: work.sessions.open(session, hash_of("x")))
    now = store.clock()
    for hours in (1, 2, 3):
        token = RefreshToken(
            hash=hash_of(str(hours)), session_id=session.id, expires_at=now + timedelta(hours=hours)
        )
        store.write(lambda work, token=token: work.refresh_tokens.add(token))
    later = now + timedelta(hours=2)
    store.write(lambda work: work.refresh_tokens.sweep(later, at_most=1))
    store.write(lambda work: work.refresh_tokens.sweep(later, at_most=9))
    left = [store.read(lambda work, h=h: work.refresh_tokens.get(hash_of(h))) for h in "123"]
    assert [each is None for each in left] == [True, True, False]
