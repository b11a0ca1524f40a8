"""The past of a scene: how it stood at a time, what changed and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, cast
from uuid import UUID

from service.domain.answering import released_cells
from service.domain.course import Course
from service.domain.extensions import lapse_due
from service.domain.plan import UnitKind
from service.domain.powers import Officer, Role
from service.domain.scene import Scene
from service.domain.scene_events import HoldsLeft
from service.domain.scene_fold import Happened, replay
from service.domain.scene_words import SAID, about, why_left
from service.domain.words import Words

HEADS: frozenset[str] = frozenset(cast(Any, kind).NAME for kind in SAID)
"""The names of events that stand for themselves: each begins an entry."""

NOBODY = Officer(id=UUID(int=0), name="", role=Role.SUPERVISOR, post_id=UUID(int=0), post_path="/")
"""Who lets a provisional extension lapse: nobody does, its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing recorded, and what it did to the seal; areas in m². `id`: of the finding."""

    version: int
    at: datetime
    by: UUID
    name: str
    id: UUID | None
    what: Words
    why_left: tuple[Words, ...]
    released_m2: float
    sealed_m2: float
    closed_units: int


def present(scene: Scene, now: datetime) -> Scene:
    """The scene at this time: what was due to lapse has lapsed. It asks no geometry."""
    return lapse_due(Course(scene=scene, by=NOBODY, now=now)).scene


def stood_at(
    happened: Iterable[Happened], at: datetime, *, since: Scene | None = None
) -> Scene | None:
    """The scene by what had been recorded by then; None when it was not open yet.

    `happened` is all that happened, or what happened since the scene stood like `since`.
    """
    known = takewhile(lambda each: each.at <= at, happened)
    scene = since
    for each in known:
        scene = replay([each], scene=scene)
    return None if scene is None else present(scene, at)


def history(happened: Iterable[Happened], *, since: Scene | None = None) -> Iterator[Entry]:
    """What was recorded, oldest first, each with what it did; worked out as it is asked for.

    `happened` is all that happened, or what happened since the scene stood like `since`.
    """
    before = since
    for group in grouped(happened):
        scene = replay(group, scene=before)
        yield _entry(group, before or scene, scene)
        before = scene


def grouped(happened: Iterable[Happened]) -> Iterator[list[Happened]]:
    """Each event that stands for itself, with those that follow from it."""
    group: list[Happened] = []
    for each in happened:
        if group and type(each.event) in SAID:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def closed_units(scene: Scene) -> int:
    """How many closed units are sealed."""
    return sum(cell.kind is UnitKind.CLOSED for cell in scene.seal.cells)


def _entry(group: list[Happened], before: Scene, scene: Scene) -> Entry:
    head = group[0]
    events = [each.event for each in group]
    left = [event for event in events if isinstance(event, HoldsLeft)]
    return Entry(
        version=group[-1].version,
        at=head.at,
        by=head.by,
        name=head.event.NAME,
        id=getattr(head.event, "id", None),
        what=about(head.event, scene),
        why_left=tuple(dict.fromkeys(why_left(each, head.event, scene) for each in left)),
        released_m2=sum(cell.area_m2 for cell in released_cells(before, events)),
        sealed_m2=scene.seal.area_m2(),
        closed_units=closed_units(scene),
    )
