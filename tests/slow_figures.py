"""What a seal has cost, computed anew from every event: slow, obvious, and independent.

It keeps nothing but what was ever sealed: a span without change after the other, each integrated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.answering import joined_cells
from service.domain.cell import Cell
from service.domain.figures import Figures
from service.domain.history import closed_units, grouped, present
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_events import ExtensionApproved, SealDrawn, SealExtended
from service.domain.scene_fold import Happened, replay
from service.domain.seal_cost import Sums

HOUR = timedelta(hours=1)


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


def slow_figures(
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


def sums(found: Sums) -> dict[str, float]:
    """The sums alone, by name."""
    return {name: getattr(found, name) for name in Sums.__slots__}


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
