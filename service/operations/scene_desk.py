"""What every operation on a scene begins and ends with: loading it, weighing, keeping it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from uuid import UUID

from service.domain.answering import joined_cells
from service.domain.course import Course
from service.domain.deadlines import warns_from
from service.domain.deciding import begin
from service.domain.errors import Fault, PreconditionMissing
from service.domain.history import Entry, history
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.report_checks import check_observed
from service.domain.scene import Scene
from service.domain.scene_fold import Happened, replay
from service.domain.scene_refusals import SceneStale, SceneUnknown
from service.domain.seal_cost import EverSealed, SealCost, counted
from service.domain.words import Words
from service.operations.ports import Work

STREAM = "scene"
EVENTS_AT_ONCE = 100
EVENTS_TOLD = 200
"""What changed since is told over so many events at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How something was made on a phone: when it was observed, on which device."""

    observed_at: datetime | None = None
    device: str | None = None


def load(scene_id: UUID, operation: Operation, *, officer: Officer, work: Work) -> Scene:
    """The scene as stored. Raises: SceneUnknown, Forbidden."""
    must_be_allowed(officer, operation, at=None)
    scene = work.scenes.get(scene_id)
    if scene is None:
        raise SceneUnknown.at("/scene_id")
    must_be_allowed(officer, operation, at=scene.record.post_path)
    return scene


def happened(scene_id: UUID, *, work: Work, after: int = 0) -> Iterator[Happened]:
    """What happened to a scene after a version, oldest first; read by and by, as it is used."""
    while read := work.events.read(STREAM, scene_id, after=after, last=after + EVENTS_AT_ONCE):
        for each in read:
            by = each.officer_id or UUID(int=0)
            yield Happened(version=each.version, event=each.event, at=each.recorded_at, by=by)
        after = read[-1].version


def happened_since(since: Scene | None, scene_id: UUID, *, work: Work) -> Iterator[Happened]:
    """What happened since the scene stood so; None: all that happened."""
    return happened(scene_id, work=work, after=since.version if since else 0)


def scene_after(scene_id: UUID, version: int, *, work: Work) -> Scene:
    """The scene as it stood after a version that it has had."""
    since = work.scenes.snapshot(scene_id, at_most=version)
    events = happened_since(since, scene_id, work=work)
    return replay(takewhile(lambda each: each.version <= version, events), scene=since)


def entries_after(scene_id: UUID, version: int, *, at_most: int, work: Work) -> tuple[Entry, ...]:
    """So many entries of a scene's history after a version, oldest first."""
    since = work.scenes.snapshot(scene_id, at_most=version)
    entries = history(happened_since(since, scene_id, work=work), since=since)
    return tuple(islice((each for each in entries if each.version > version), at_most))


def begin_on(scene: Scene, *, officer: Officer, work: Work) -> Course:
    """Begin a decision: as of now, under whoever leads the investigation now.

    Raises: SceneReleased.
    """
    investigation = work.investigations.get(scene.record.incident_id)
    lead = investigation.team.lead_officer_id if investigation else None
    now = max(work.now, scene.record.changed_at)
    return begin(scene, by=officer, now=now, lead=lead)


def must_be_current(scene: Scene, version: int | None, *, work: Work) -> None:
    """Refuse what was not based on the present version, and say what has changed since.

    Raises: PreconditionMissing, SceneStale.
    """
    if version is None:
        raise PreconditionMissing(
            Fault(
                "/headers/If-Match",
                Words("须写明所依据的现场版本", "say which version of the scene it is based on"),
                Words("请带If-Match，值为现场的ETag", "send If-Match with the ETag of the scene"),
            )
        )
    if version != scene.record.version:
        raise SceneStale.at(
            "/headers/If-Match",
            based_on=version,
            version=scene.record.version,
            changed=list(_changed(scene, version, work=work)),
        )


def _changed(scene: Scene, version: int, *, work: Work) -> Iterator[dict[str, object]]:
    """What was recorded after a version, in words; of very much only the latest."""
    start = max(version, scene.version - EVENTS_TOLD)
    for each in entries_after(scene.record.id, start, at_most=EVENTS_TOLD, work=work):
        yield {"version": each.version, "what": each.what.zh, "what_en": each.what.en}


def keep(before: Scene | None, course: Course, *, work: Work, making: Making = Making()) -> None:
    """Append what the course decided, and keep the scene that follows from it.

    Raises: ReportInvalid when it was observed at a time that cannot be, Stale.
    """
    check_observed(making.observed_at, now=work.now)
    scene, previous = course.scene, before.record.version if before else 0
    work.events.append(
        STREAM,
        scene.record.id,
        course.events,
        expected=previous,
        officer_id=course.by.id,
        observed_at=making.observed_at,
        device=making.device,
    )
    moment = warns_from(scene, terms=work.rules.terms)
    work.scenes.put(scene, previous=previous, warns_from=moment)
    _keep_cost(before, course, work=work)


def seal_cost(scene: Scene, *, work: Work) -> SealCost:
    """What the seal has cost, as kept; counted from the events where none is kept yet."""
    kept = work.seal_costs.get(scene.record.id)
    if kept is not None and kept.version == scene.version:
        return kept
    return counted(happened(scene.record.id, work=work))[0]


def _keep_cost(before: Scene | None, course: Course, *, work: Work) -> None:
    """Count the cost on over what the course decided; from all events where none was kept yet."""
    scene_id = course.scene.record.id
    kept = work.seal_costs.get(scene_id)
    previous = kept.version if kept else 0
    if previous != (before.version if before else 0):
        cost, ever = counted(happened(scene_id, work=work))
        work.seal_costs.put(cost, previous=previous, ever=ever)
        return
    widens = kept is None or bool(joined_cells(course.events))
    known = work.seal_costs.ever(scene_id) if kept and widens else EverSealed()
    cost, ever = counted(_news(course), scene=before, cost=kept, ever=known)
    work.seal_costs.put(cost, previous=previous, ever=ever if widens else None)


def _news(course: Course) -> Iterator[Happened]:
    """What the course decided, as the log has recorded it."""
    scene, by = course.scene, course.by.id
    first = scene.version - len(course.events) + 1
    for version, event in enumerate(course.events, start=first):
        yield Happened(version=version, event=event, at=scene.record.changed_at, by=by)
