"""The database: one transaction at a time, durable before anything is answered.

On SQLite: WAL, synchronous=FULL, BEGIN IMMEDIATE for writes, so that writers queue for the
one lock and never fail half-way. They queue at a file lock beside the database, where the
kernel wakes the next one at once; SQLite alone would have them sleep and look again.
Elsewhere: SERIALIZABLE, tried again when it is refused.
"""

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from service.domain.errors import Fault, Unavailable
from service.domain.words import Words
from storage.answers import SqlAnswers
from storage.attempts import SqlAttempts
from storage.codes import SqlCodes
from storage.custodies import SqlCustodies
from storage.dues import SqlDues
from storage.events import SqlEvents
from storage.grants import SqlGrants
from storage.incidents import SqlIncidents
from storage.likenesses import FingerprintArray, SqlLikenesses
from storage.numbers import SqlNumbers
from storage.people import SqlPeople
from storage.photo_marks import SqlPhotoMarks
from storage.photos import SqlPhotos
from storage.prepared import to_driver
from storage.refresh_tokens import SqlRefreshTokens
from storage.refusals import SqlRefusals
from storage.registrations import SqlInvestigations, SqlProcedures, SqlRegistrations
from storage.scenes import SqlScenes
from storage.seal_costs import SqlSealCosts
from storage.sessions import SqlSessions
from storage.showings import SqlShowings
from storage.system_keys import SqlSystemKeys
from storage.underlays import SqlUnderlays

T = TypeVar("T")
Clock = Callable[[], datetime]

BUSY_SECONDS = 60.0


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class SqlWork:
    """The `Work` port: every store over one connection in one transaction."""

    def __init__(
        self, connection: Connection, *, now: datetime, rules: Any, fingerprints: FingerprintArray
    ) -> None:
        self.connection = connection
        self.now = now
        self.rules = rules
        self._fingerprints = fingerprints

    def new_code(self, bits: int) -> str:
        """A fresh random code of at least so many bits."""
        return secrets.token_urlsafe(-(-bits // 8))

    @cached_property
    def events(self) -> SqlEvents:
        """The append-only log."""
        return SqlEvents(self.connection, self.now)

    @cached_property
    def answers(self) -> SqlAnswers:
        """Stored answers by Idempotency-Key."""
        return SqlAnswers(self.connection)

    @cached_property
    def people(self) -> SqlPeople:
        """Posts and users."""
        return SqlPeople(self.connection)

    @cached_property
    def sessions(self) -> SqlSessions:
        """Who is signed in, and where."""
        return SqlSessions(self.connection)

    @cached_property
    def refresh_tokens(self) -> SqlRefreshTokens:
        """What sessions are carried on with."""
        return SqlRefreshTokens(self.connection)

    @cached_property
    def grants(self) -> SqlGrants:
        """Temporary grants."""
        return SqlGrants(self.connection)

    @cached_property
    def system_keys(self) -> SqlSystemKeys:
        """Keys of neighbouring systems."""
        return SqlSystemKeys(self.connection)

    @cached_property
    def refusals(self) -> SqlRefusals:
        """What was refused as unauthorised."""
        return SqlRefusals(self.connection)

    @cached_property
    def attempts(self) -> SqlAttempts:
        """Tallies of failed sign-ins."""
        return SqlAttempts(self.connection)

    @cached_property
    def incidents(self) -> SqlIncidents:
        """Incidents as they stand."""
        return SqlIncidents(self.connection)

    @cached_property
    def photos(self) -> SqlPhotos:
        """Photos on record, uploads under way."""
        return SqlPhotos(self.connection, self.now)

    @cached_property
    def photo_marks(self) -> SqlPhotoMarks:
        """Where photos were taken from, and those taken out of their file."""
        return SqlPhotoMarks(self.connection)

    @cached_property
    def showings(self) -> SqlShowings:
        """To whom photos are shown."""
        return SqlShowings(self.connection)

    @cached_property
    def likenesses(self) -> SqlLikenesses:
        """What photos look like."""
        return SqlLikenesses(self.connection, self._fingerprints)

    @cached_property
    def codes(self) -> SqlCodes:
        """Owners' and notices' codes."""
        return SqlCodes(self.connection)

    @cached_property
    def numbers(self) -> SqlNumbers:
        """Document numbers."""
        return SqlNumbers(self.connection)

    @cached_property
    def registrations(self) -> SqlRegistrations:
        """Simple registrations."""
        return SqlRegistrations(self.connection)

    @cached_property
    def procedures(self) -> SqlProcedures:
        """Simplified procedures."""
        return SqlProcedures(self.connection)

    @cached_property
    def scenes(self) -> SqlScenes:
        """Scenes and findings."""
        return SqlScenes(self.connection)

    @cached_property
    def seal_costs(self) -> SqlSealCosts:
        """What seals have cost."""
        return SqlSealCosts(self.connection)

    @cached_property
    def dues(self) -> SqlDues:
        """What is due on every route."""
        return SqlDues(self.connection)

    @cached_property
    def custodies(self) -> SqlCustodies:
        """What goes on around the seals."""
        return SqlCustodies(self.connection)

    @cached_property
    def underlays(self) -> SqlUnderlays:
        """Photographed plans under the levels of scenes."""
        return SqlUnderlays(self.connection)

    @cached_property
    def investigations(self) -> SqlInvestigations:
        """Investigations."""
        return SqlInvestigations(self.connection)


class Database:
    """Runs functions of a `Work` in one transaction each."""

    def __init__(self, url: str, *, rules: Any = None, clock: Clock = utc_now) -> None:
        self.engine = make_engine(url)
        self.rules = rules
        self.clock = clock
        self._fingerprints = FingerprintArray()
        self._lane = threading.RLock()
        self._kept = threading.local()

    def _work(self, connection: Connection) -> SqlWork:
        return SqlWork(
            connection, now=self.clock(), rules=self.rules, fingerprints=self._fingerprints
        )

    def write(self, act: Callable[[SqlWork], T]) -> T:
        """Run `act` and commit; on any exception nothing has happened.

        `act` may run more than once where the database asks for another try.
        Raises: Unavailable when the database cannot be written for a minute.
        """
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with self.lane(), self._turn(), self.engine.begin() as connection:
                    begin(connection, writing=True)
                    return act(self._work(connection))
            except DBAPIError as failure:
                if _may_pass(failure) and time.monotonic() < deadline:
                    continue
                if isinstance(failure, OperationalError):
                    raise unavailable() from failure
                raise

    @contextmanager
    def lane(self) -> Iterator[None]:
        """One writer of this process after another, on an SQLite file; elsewhere nobody waits.

        Threads that prepare would only take the interpreter from the one whose turn it is to
        write, and every other process would wait for that one longer.
        """
        if self.engine.dialect.name != "sqlite":
            yield
            return
        with self._lane:
            yield

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this writer's turn on an SQLite file; elsewhere nobody waits here."""
        file = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not file:
            yield
            return
        try:
            lock = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as failure:
            raise unavailable() from failure
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)  # which gives the turn to the next

    def read(self, act: Callable[[SqlWork], T]) -> T:
        """Run `act` over one consistent state and change nothing."""
        try:
            with self.engine.connect() as connection:
                begin(connection)
                return act(self._work(connection))
        except OperationalError as failure:
            raise unavailable() from failure

    def glance(self, act: Callable[[SqlWork], T]) -> T:
        """Run `act`, which reads by one statement: that is consistent without a transaction.

        On SQLite over a connection that this thread keeps, for what is asked most often.
        """
        if self.engine.dialect.name != "sqlite":
            return self.read(act)
        if not hasattr(self._kept, "connection"):
            self._kept.connection = self.engine.connect()
        try:
            return act(self._work(self._kept.connection))
        except OperationalError as failure:
            del self._kept.connection
            raise unavailable() from failure


def unavailable() -> Unavailable:
    """The refusal when the database does not answer."""
    return Unavailable(
        Fault(
            "",
            Words("数据库暂时不可用，什么都没有改变", "the database is away; nothing was changed"),
            Words("请稍后用同一幂等键重试", "try again later with the same Idempotency-Key"),
        )
    )


def make_engine(url: str) -> Engine:
    """An engine with the durability the product promises."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"timeout": BUSY_SECONDS}, pool_size=16, max_overflow=-1
        )
        _keep_to_owner(engine.url.database)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True)


def _keep_to_owner(file: str | None) -> None:
    """Make a new file readable by its owner alone: it holds personal data.

    SQLite gives -wal and -shm the mode of the file. A folder that cannot be written is told of
    when the database is first asked for.
    """
    if file and file != ":memory:":
        with suppress(OSError):
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: Connection, *, writing: bool = False) -> None:
    """Begin on SQLite, whose driver is told not to; elsewhere the driver has begun.

    Not by a "begin" listener: one listener makes every statement look for listeners.
    """
    if connection.dialect.name == "sqlite":
        to_driver(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


def _may_pass(failure: DBAPIError) -> bool:
    """Whether another try may succeed: a busy SQLite, a serialisation failure elsewhere."""
    state = getattr(failure.orig, "sqlstate", None)
    return state in {"40001", "40P01"} or "database is locked" in str(failure.orig)
