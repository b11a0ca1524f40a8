"""What a seal has cost: sealed m²·h and closed-unit·h, beside one that never shrank."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.answering import joined_cells
from service.domain.cell import Cell
from service.domain.history import closed_units, grouped, present
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_events import ExtensionApproved, SealDrawn, SealExtended
from service.domain.scene_fold import Happened, replay

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Sums over recorded time from `since` to `until`, aware UTC.

    `never_shrank_*` is the seal that only ever grew, lifted whole when nothing holds it any more;
    what was sealed, released and sealed again counts once in it. A divided unit counts as its
    parts in both. Extensions count when their cells join, those that lapse later too.
    """

    since: datetime
    until: datetime
    sealed_m2_hours: float = 0.0
    closed_unit_hours: float = 0.0
    never_shrank_m2_hours: float = 0.0
    never_shrank_closed_unit_hours: float = 0.0
    extensions: int = 0
    extension_m2: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """The sums of the scenes of a post and those below it; `month` is its first legal day."""

    post_id: UUID
    month: date
    scenes: int
    figures: Figures


SUMS = tuple(name for name in Figures.__slots__ if name not in ("since", "until"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ever:
    """All that was ever sealed: its shapes per level (plane metres), and its closed units."""

    area_m2: float = 0.0
    shapes: dict[str, list[BaseGeometry]] = field(default_factory=dict)
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which nothing changed, and all that was ever sealed by then."""

    scene: Scene
    ever: Ever
    start: datetime
    end: datetime


def figures(
    happened: Iterable[Happened], *, until: datetime, since: datetime | None = None
) -> Figures:
    """Integrate the seal over recorded time; without `since`, from the scene's opening."""
    known = [each for each in happened if each.at <= until]
    begun = since or (known[0].at if known else until)
    found = Figures(since=begun, until=until)
    for span in _spans(known, until):
        start, end = max(span.start, begun), span.end
        if start < end and span.scene.seal.cells:
            found = _plus(found, span, hours=(end - start) / HOUR)
    joined = [cells for at, cells in _extended(known) if at >= begun]
    area_m2 = sum((cell.area_m2 for cells in joined for cell in cells), 0.0)
    return replace(found, extensions=len(joined), extension_m2=area_m2)


def total(found: Iterable[Figures], *, since: datetime, until: datetime) -> Figures:
    """The sums of several scenes."""
    every = list(found)
    sums = {name: sum(getattr(each, name) for each in every) for name in SUMS}
    return Figures(since=since, until=until, **sums)


def _plus(found: Figures, span: Span, *, hours: float) -> Figures:
    scene, ever = span.scene, span.ever
    never = len(set(scene.parts(ever.units)))
    return replace(
        found,
        sealed_m2_hours=found.sealed_m2_hours + scene.seal.area_m2() * hours,
        closed_unit_hours=found.closed_unit_hours + closed_units(scene) * hours,
        never_shrank_m2_hours=found.never_shrank_m2_hours + ever.area_m2 * hours,
        never_shrank_closed_unit_hours=found.never_shrank_closed_unit_hours + never * hours,
    )


def _spans(happened: list[Happened], until: datetime) -> Iterator[Span]:
    """The times between changes; a provisional extension ends one when it lapses."""
    groups = list(grouped(happened))
    scene: Scene | None = None
    ever = Ever()
    for n, group in enumerate(groups):
        scene = replay(group, scene=scene)
        ever = _widened(ever, joined_cells(each.event for each in group))
        end = groups[n + 1][0].at if n + 1 < len(groups) else until
        for start, stop in pairwise([group[0].at, *_lapses(present(scene, group[0].at), end), end]):
            yield Span(scene=present(scene, start), ever=ever, start=start, end=stop)


def _lapses(scene: Scene, end: datetime) -> list[datetime]:
    provisional = (each for each in scene.record.extensions.values() if each.provisional)
    return sorted(each.lapses_at for each in provisional if each.lapses_at and each.lapses_at < end)


def _widened(ever: Ever, joined: list[Cell]) -> Ever:
    """What joins adds, less what has been sealed before."""
    if not joined:
        return ever
    area, shapes = ever.area_m2, dict(ever.shapes)
    for level in sorted({cell.level for cell in joined}):
        mine = [cell for cell in joined if cell.level == level]
        if level in shapes:
            new = shapely.union_all([cell.shape for cell in mine])
            area += shapely.difference(new, shapely.union_all(shapes[level])).area
        else:
            area += sum(cell.area_m2 for cell in mine)
        shapes[level] = [*shapes.get(level, ()), *(cell.shape for cell in mine)]
    closed = {cell.unit for cell in joined if cell.kind is UnitKind.CLOSED}
    return Ever(area_m2=area, shapes=shapes, units=ever.units | closed)


def _extended(happened: list[Happened]) -> Iterator[tuple[datetime, list[Cell]]]:
    """When an extension took effect, and the cells that joined by it."""
    for group in grouped(happened):
        events = [each.event for each in group]
        approved = any(isinstance(event, ExtensionApproved) for event in events)
        if any(
            isinstance(event, SealExtended) or (approved and isinstance(event, SealDrawn))
            for event in events
        ):
            yield group[0].at, joined_cells(events)
