"""What a seal has cost: sealed m²·h and closed-unit·h, beside one that never shrank."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain.answering import joined_cells
from service.domain.cell import Cell
from service.domain.history import closed_units, grouped, present
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_fold import Happened, replay

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Sums over recorded time until `until`; `never_shrank_*` is the seal that only ever grew."""

    until: datetime
    sealed_m2_hours: float = 0.0
    closed_unit_hours: float = 0.0
    never_shrank_m2_hours: float = 0.0
    never_shrank_closed_unit_hours: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which nothing changed, and what joined the seal when it began."""

    scene: Scene
    joined: list[Cell]
    start: datetime
    end: datetime


def figures(happened: Iterable[Happened], *, until: datetime) -> Figures:
    """Integrate the seal over recorded time."""
    area = units = never_area = never_units = widest = most = 0.0
    for span in _spans([each for each in happened if each.at <= until], until):
        hours = (span.end - span.start) / HOUR
        widest += sum(cell.area_m2 for cell in span.joined)
        most += sum(cell.kind is UnitKind.CLOSED for cell in span.joined)
        area += span.scene.seal.area_m2() * hours
        units += closed_units(span.scene) * hours
        never_area += widest * hours
        never_units += most * hours
    return Figures(
        until=until,
        sealed_m2_hours=area,
        closed_unit_hours=units,
        never_shrank_m2_hours=never_area,
        never_shrank_closed_unit_hours=never_units,
    )


def _spans(happened: list[Happened], until: datetime) -> Iterator[Span]:
    """The times between changes; a provisional extension ends one when it lapses."""
    groups = list(grouped(happened))
    scene: Scene | None = None
    for n, group in enumerate(groups):
        scene = replay(group, scene=scene)
        joined = joined_cells(each.event for each in group)
        start, end = group[0].at, groups[n + 1][0].at if n + 1 < len(groups) else until
        shown = present(scene, start)
        for lapse in _lapses(shown, end):
            yield Span(scene=shown, joined=joined, start=start, end=lapse)
            shown, joined, start = present(scene, lapse), [], lapse
        yield Span(scene=shown, joined=joined, start=start, end=end)


def _lapses(scene: Scene, end: datetime) -> list[datetime]:
    provisional = (each for each in scene.record.extensions.values() if each.provisional)
    return sorted(each.lapses_at for each in provisional if each.lapses_at and each.lapses_at < end)
