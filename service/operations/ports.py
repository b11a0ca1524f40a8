"""What operations need from outside, each as a Protocol; storage/ makes them real."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from service.domain.codes import Code
from service.domain.custody import Custody
from service.domain.due import DueItem
from service.domain.incident import Incident
from service.domain.incident_query import IncidentQuery
from service.domain.investigation import Investigation
from service.domain.numbering import Series
from service.domain.people import Post, User, UserQuery
from service.domain.photo_limits import PhotoLimits
from service.domain.plan_drawing import Drawing
from service.domain.plan_underlay import Underlay
from service.domain.recorded_finding import RecordedFinding
from service.domain.registration import Registration
from service.domain.rulebook import Rulebook
from service.domain.scene import Scene
from service.domain.simplified import SimplifiedProcedure
from service.operations.attempt_ports import Attempts
from service.operations.cost_ports import SealCosts
from service.operations.photo_marks_ports import Likenesses, PhotoMarks
from service.operations.photo_ports import Later, PhotoStore, Pictures, Previews
from service.operations.photo_record_ports import Photos
from service.operations.power_ports import Grants, Refusals, SystemKeys
from service.operations.quarantine_ports import Quarantine
from service.operations.session_ports import RefreshTokens, Sessions
from service.operations.showing_ports import Showings

T = TypeVar("T")


class Event(Protocol):
    """A frozen dataclass that says what was decided; NAME and VERSION never change."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the log keeps it; `version` counts from 1 within its stream."""

    version: int
    event: Any
    observed_at: datetime
    recorded_at: datetime
    officer_id: UUID | None
    device: str | None


class Events(Protocol):
    """The append-only log, one numbered stream an aggregate."""

    def append(
        self,
        stream: str,
        stream_id: UUID,
        events: Sequence[Any],
        *,
        expected: int,
        officer_id: UUID | None,
        observed_at: datetime | None = None,
        device: str | None = None,
    ) -> int:
        """Append after `expected` events and return the new version.

        `recorded_at` is the transaction's time, never earlier than the stream's last.
        Raises: Stale when the stream has another length.
        """
        ...

    def read(
        self, stream: str, stream_id: UUID, *, after: int = 0, last: int | None = None
    ) -> list[Recorded]:
        """The events of a stream, oldest first: all, or those after `after` up to `last`."""
        ...

    def names(self, stream: str, stream_id: UUID) -> list[tuple[int, str]]:
        """Version and name of every event of a stream, oldest first; no body is read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a write, kept under its Idempotency-Key."""

    actor: str
    key: UUID
    digest: bytes
    status: int
    etag: str | None
    body: bytes
    answered_at: datetime


class Answers(Protocol):
    """Stored answers; the same key of the same actor is answered the same again."""

    def get(self, actor: str, key: UUID) -> Answer | None: ...

    def put(self, answer: Answer) -> None:
        """Keep the answer. Raises: Stale when the key was answered meanwhile."""
        ...


class People(Protocol):
    """The brigade tree and its people."""

    def count_users(self) -> int: ...

    def user(self, id: UUID) -> User | None: ...

    def user_called(self, username: str) -> User | None: ...

    def find_users(self, query: UserQuery) -> list[User]:
        """At most `query.limit`, by the name they sign in with."""
        ...

    def post(self, id: UUID) -> Post | None: ...

    def posts_under(self, path: str) -> list[Post]: ...

    def put_post(self, post: Post) -> None: ...

    def put_user(self, user: User) -> None: ...

    def put_link(self, code_hash: bytes, purpose: str, expires_at: datetime) -> None: ...

    def link_is_good(self, code_hash: bytes, purpose: str, now: datetime) -> bool: ...

    def use_link(self, code_hash: bytes, now: datetime) -> None: ...


class Incidents(Protocol):
    """Incidents as they stand, and lists of them."""

    def get(self, id: UUID) -> Incident | None: ...

    def put(self, value: Incident, *, previous: int) -> None:
        """Write the state after version `previous` (0: none yet). Raises: Stale."""
        ...

    def move(self, value: Incident, *, previous: int) -> None:
        """Write what differs from version `previous` in its `state` alone. Raises: Stale."""
        ...

    def find(self, query: IncidentQuery) -> list[Incident]:
        """At most `query.limit`, the newest call first."""
        ...


class Codes(Protocol):
    """Codes for people without an account, found by their hash."""

    def get(self, code_hash: bytes) -> Code | None: ...

    def of_incident(self, incident_id: UUID) -> list[Code]:
        """Every code of an incident, the oldest first."""
        ...

    def put(self, code: Code) -> None: ...

    def end(self, code: Code, at: datetime) -> None: ...

    def stamp(self, code_hash: bytes) -> tuple[Code, str, bool] | None:
        """The code, a text that changes with every write to what it shows, and whether it has a
        scene; one read."""
        ...


class Drawings(Protocol):
    """Reads plans' files, which may be hostile, within limits; faults point below `pointer`."""

    def archive(self, body: bytes, *, pointer: str) -> dict[str, object]:
        """The JSON files of an IMDF archive by name.

        Raises: PlanInvalid, PlanUnreadable, Unavailable.
        """
        ...

    def drawing(self, body: bytes, *, unit: str | None, pointer: str) -> Drawing:
        """The rings and texts of a DXF file, or of a zip that holds one.

        Raises: PlanInvalid, DrawingUnitUnknown, PlanUnreadable, Unavailable.
        """
        ...


class Numbers(Protocol):
    """Document numbers, without gap or double in their series."""

    def take(self, series: Series) -> int:
        """The next number; given back if the transaction fails."""
        ...


class Registrations(Protocol):
    """Simple registrations, under their incident's id."""

    def get(self, id: UUID) -> Registration | None: ...

    def put(self, value: Registration, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...


class Procedures(Protocol):
    """Simplified procedures, under their incident's id."""

    def get(self, id: UUID) -> SimplifiedProcedure | None: ...

    def put(self, value: SimplifiedProcedure, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...


class Investigations(Protocol):
    """Investigations, under their incident's id."""

    def get(self, id: UUID) -> Investigation | None: ...

    def put(self, value: Investigation, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...


class Dues(Protocol):
    """What is due, over all routes and scenes."""

    def under(
        self,
        path: str,
        *,
        scenes_by: datetime,
        routes_by: datetime,
        after: tuple[datetime, UUID] | None,
        at_most: int,
    ) -> list[DueItem]:
        """What is due by then at a post or below, by time and id; those after `after`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneListed:
    """A scene in a list."""

    id: UUID
    incident_id: UUID
    version: int
    changed_at: datetime
    sealed: bool


class Scenes(Protocol):
    """Scenes as they stand, and findings as they were answered."""

    def get(self, id: UUID) -> Scene | None: ...

    def snapshot(
        self, id: UUID, *, at_most: int | None = None, until: datetime | None = None
    ) -> Scene | None:
        """The last one kept, of a version `at_most` and of no later than `until`.

        Snapshots are a cache of the log: without any, everything is read from its events.
        """
        ...

    def of_incident(self, incident_id: UUID) -> UUID | None:
        """The id of the incident's scene."""
        ...

    def under(
        self, path: str, *, incident_id: UUID | None, after: UUID | None, at_most: int
    ) -> list[SceneListed]:
        """Scenes at a post or below, by id, those after `after`."""
        ...

    def put(self, value: Scene, *, previous: int, warns_from: datetime | None = None) -> None:
        """Write the state after version `previous`; `warns_from`: when it begins to have a
        warning, if nothing happens meanwhile. Raises: Stale."""
        ...

    def finding(self, id: UUID) -> RecordedFinding | None: ...

    def put_finding(self, value: RecordedFinding) -> None: ...


class Custodies(Protocol):
    """What goes on around the seals, under their scenes' ids."""

    def get(self, id: UUID) -> Custody | None: ...

    def put(self, value: Custody, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...

    def offered_under(self, path: str, *, at_most: int) -> list[Custody]:
        """Those of scenes that wait to be taken by a post or one below it, by id."""
        ...


class Underlays(Protocol):
    """Photographed plans laid under the levels of scenes."""

    def get(self, id: UUID) -> Underlay | None: ...

    def of_scene(self, scene_id: UUID) -> list[Underlay]:
        """Every underlay of a scene, by id."""
        ...

    def put(self, value: Underlay, *, previous: int) -> None:
        """Write the state after version `previous`. Raises: Stale."""
        ...


class Work(Protocol):
    """One transaction: its time, its randomness, its stores."""

    @property
    def now(self) -> datetime:
        """The time of the transaction, aware, UTC."""
        ...

    def new_code(self, bits: int) -> str:
        """A fresh random code of at least so many bits, in URL-safe letters."""
        ...

    @property
    def events(self) -> Events: ...

    @property
    def answers(self) -> Answers: ...

    @property
    def people(self) -> People: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def refresh_tokens(self) -> RefreshTokens: ...

    @property
    def grants(self) -> Grants: ...

    @property
    def system_keys(self) -> SystemKeys: ...

    @property
    def refusals(self) -> Refusals: ...

    @property
    def attempts(self) -> Attempts: ...

    @property
    def incidents(self) -> Incidents: ...

    @property
    def codes(self) -> Codes: ...

    @property
    def photos(self) -> Photos: ...

    @property
    def photo_marks(self) -> PhotoMarks: ...

    @property
    def likenesses(self) -> Likenesses: ...

    @property
    def showings(self) -> Showings: ...

    @property
    def rules(self) -> Rulebook:
        """Every rule that is data."""
        ...

    @property
    def numbers(self) -> Numbers: ...

    @property
    def registrations(self) -> Registrations: ...

    @property
    def procedures(self) -> Procedures: ...

    @property
    def investigations(self) -> Investigations: ...

    @property
    def scenes(self) -> Scenes: ...

    @property
    def seal_costs(self) -> SealCosts: ...

    @property
    def underlays(self) -> Underlays: ...

    @property
    def dues(self) -> Dues: ...

    @property
    def custodies(self) -> Custodies: ...


class Transactions(Protocol):
    """The database: functions run in one transaction each, durable on return."""

    def write(self, act: Callable[[Work], T]) -> T: ...

    def read(self, act: Callable[[Work], T]) -> T: ...

    def glance(self, act: Callable[[Work], T]) -> T:
        """Read by one statement, as cheaply as the database can."""
        ...

    def lane(self) -> AbstractContextManager[None]:
        """To prepare a write and make it, where writers of one process only hinder each other."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRoom:
    """All that photos pass through; bytes move outside of any transaction."""

    records: Transactions
    store: PhotoStore
    pictures: Pictures
    previews: Previews
    later: Later
    at_most_bytes: int
    kept_for: timedelta
    """How long an upload that is not finished is kept."""
    limits: PhotoLimits
    quarantine: Quarantine | None = None
    """Where the store takes photos past the service; None for a folder."""
