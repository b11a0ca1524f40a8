"""One fire as the operations on its route take it up: the record, its photos, the next state."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from service.domain import incident_events
from service.domain.errors import Fault, IncidentUnknown, Stale
from service.domain.facts import Facts, facts_of
from service.domain.frozen import Decided, Numbered
from service.domain.incident import Incident, State
from service.domain.numbering import series_of
from service.domain.people import Post
from service.domain.photo import View
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.recording import decide
from service.domain.triage import RouteJudgement
from service.domain.words import Words
from service.operations.outcome import Precondition
from service.operations.ports import Work


class Versioned(Protocol):
    """What has an id and a version."""

    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Versioned)
S = TypeVar("S", bound=Versioned, contravariant=True)

VERIFY_BITS = 64


class Store(Protocol[S]):
    """Where aggregates of one kind are kept."""

    def put(self, value: S, *, previous: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fire with the post that attended, and its photos (those of double reports joined too)."""

    incident: Incident
    office: Post
    photos: tuple[tuple[UUID, View, str], ...]

    def facts(self) -> Facts:
        """What triage judges by."""
        views: Counter[str] = Counter(view for _, view, _ in self.photos)
        return facts_of(self.incident, views, attended=self.office.kind)

    def digests(self) -> dict[str, str]:
        """Each photo's id with its SHA-256."""
        return {str(id): digest for id, _, digest in self.photos}


def open_case(incident_id: UUID, operation: Operation, *, officer: Officer, work: Work) -> Case:
    """The fire, if this officer may do this to it.

    Raises: IncidentUnknown, Forbidden.
    """
    incident = incident_for(incident_id, operation, officer=officer, work=work)
    ids = (incident.id, *incident.joined)
    return Case(
        incident=incident,
        office=office_of(incident.station_id, work),
        photos=tuple(photo for id in ids for photo in work.photos.digests(id)),
    )


def incident_for(
    incident_id: UUID, operation: Operation, *, officer: Officer, work: Work
) -> Incident:
    """The incident alone. Raises: IncidentUnknown, Forbidden."""
    must_be_allowed(officer, operation, at=None)
    incident = work.incidents.get(incident_id)
    if incident is None:
        raise IncidentUnknown(
            Fault(
                "/incident_id",
                Words("没有这起火情", "there is no such incident"),
                Words("请核对编号", "check the id"),
            )
        )
    must_be_allowed(officer, operation, at=incident.station_path)
    return incident


def advance(
    stream: str,
    store: Store[T],
    before: T,
    events: Sequence[Any],
    *,
    apply: Callable[[T, Any], T],
    officer: Officer | None,
    work: Work,
    observed_at: datetime | None = None,
) -> T:
    """Append events to an aggregate and write the state that follows.

    `officer` is None for what somebody without an account sent in.
    Raises: Stale.
    """
    work.events.append(
        stream,
        before.id,
        events,
        expected=before.version,
        officer_id=None if officer is None else officer.id,
        observed_at=observed_at,
    )
    after = before
    for event in events:
        after = apply(after, event)
    store.put(after, previous=before.version)
    return after


def move_incident(incident: Incident, state: State, *, officer: Officer, work: Work) -> Incident:
    """Put the incident into another state, onward only.

    Raises: RecordFrozen, Stale.
    """
    event = decide(incident, state)
    work.events.append(
        "incident", incident.id, [event], expected=incident.version, officer_id=officer.id
    )
    after = incident_events.apply(incident, event)
    work.incidents.move(after, previous=incident.version)
    return after


def _take_number(kind: str, *, office: Post, drill: bool, work: Work) -> Numbered:
    """The next number of an office in this transaction: rolled back with it."""
    series = series_of(kind, office_id=office.id, drill=drill, now=work.now)
    sequence = work.numbers.take(series)
    number = work.rules.numbering.written(
        series, sequence, kind=kind, drill=drill, short_name=office.short_name
    )
    return Numbered(
        series=series,
        sequence=sequence,
        number=number,
        kind=kind,
        verify_code=work.new_code(VERIFY_BITS),
    )


def decided(
    case: Case,
    judged: RouteJudgement,
    *,
    facts: Facts,
    kind: str,
    office: Post,
    officer: Officer,
    work: Work,
) -> Decided:
    """The case, judged eligible, under the next number of its office."""
    return Decided(
        incident=case.incident,
        judged=judged,
        facts=facts,
        photos=case.digests(),
        numbered=_take_number(kind, office=office, drill=case.incident.drill, work=work),
        office=office,
        officer=officer,
        now=work.now,
    )


def office_of(post_id: UUID, work: Work) -> Post:
    """A post that is known to exist: posts are never removed."""
    post = work.people.post(post_id)
    if post is None:
        raise LookupError(f"no post {post_id}")
    return post


def is_repeat(precondition: Precondition, present: Versioned | None, *, repeats: bool) -> bool:
    """Whether a write only says what already stands and is answered so.

    Raises: Stale, with the present version, when its precondition does not hold.
    """
    version = present.version if present else 0
    expected = 0 if precondition.create else precondition.version
    if expected == version:
        return False
    if precondition.create and repeats:
        return True
    raise Stale(
        Fault(
            "/headers/If-Match",
            Words(f"现为第{version}版", f"it is at version {version}"),
            Words("请读取现状后重试", "read the present state and try again"),
        ),
        version=version,
    )
