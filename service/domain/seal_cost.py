"""What a seal has cost to its last change and costs an hour since, so that no event is read again.

`SealCost` is kept with the scene, written with every change; `counted` makes the same of the
events alone. Months are the legal ones, each named by its first day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from service.domain.answering import joined_cells
from service.domain.calendar import legal_day, month_of
from service.domain.cell import Cell
from service.domain.history import closed_units, grouped, present
from service.domain.plan import UnitKind
from service.domain.scene import Scene
from service.domain.scene_events import ExtensionApproved, SealDrawn, SealExtended
from service.domain.scene_fold import Happened, replay

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What was counted over some time.

    `never_shrank_*` is the seal that only ever grew, lifted whole when nothing holds it any more;
    what was sealed, released and sealed again counts once in it. A divided unit counts as its
    parts in both. Extensions count when their cells join, those that lapse later too.
    """

    sealed_m2_hours: float = 0.0
    closed_unit_hours: float = 0.0
    never_shrank_m2_hours: float = 0.0
    never_shrank_closed_unit_hours: float = 0.0
    extensions: int = 0
    extension_m2: float = 0.0

    def __add__(self, more: "Sums") -> "Sums":
        """Both together."""
        both = {name: getattr(self, name) + getattr(more, name) for name in Sums.__slots__}
        return Sums(**both)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is sealed from a moment on, until the next rate begins; zero when nothing is."""

    begins_at: datetime
    sealed_m2: float = 0.0
    closed_units: int = 0
    never_shrank_m2: float = 0.0
    never_shrank_closed_units: int = 0

    def over(self, hours: float) -> Sums:
        """What it adds up to."""
        return Sums(
            sealed_m2_hours=self.sealed_m2 * hours,
            closed_unit_hours=self.closed_units * hours,
            never_shrank_m2_hours=self.never_shrank_m2 * hours,
            never_shrank_closed_unit_hours=self.never_shrank_closed_units * hours,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EverSealed:
    """The shapes that were ever sealed, per level, plane metres; asked for only when cells join."""

    shapes: dict[str, tuple[BaseGeometry, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCost:
    """A scene's sums by month up to `version`, and its rates since.

    The first rate begins with that version; each further one when a provisional extension lapses.
    `ever_units` are the closed units that were ever sealed, as they were before any division.
    """

    id: UUID
    version: int
    opened_at: datetime
    months: dict[date, Sums] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()
    ever_m2: float = 0.0
    ever_units: frozenset[str] = frozenset()

    def until(self, moment: datetime) -> dict[date, Sums]:
        """The sums by month at a moment no earlier than the last change."""
        months = dict(self.months)
        ends = [*(rate.begins_at for rate in self.rates[1:]), moment]
        for rate, end in zip(self.rates, ends, strict=True):
            if rate.sealed_m2:
                for month, hours in _by_month(rate.begins_at, min(end, moment)):
                    months[month] = months.get(month, Sums()) + rate.over(hours)
        return months


def counted(
    happened: Iterable[Happened],
    *,
    scene: Scene | None = None,
    cost: SealCost | None = None,
    ever: EverSealed = EverSealed(),
) -> tuple[SealCost, EverSealed]:
    """Count on over events, oldest first, from the scene and its cost before them; or from nothing.

    Raises: ValueError for no events onto nothing.
    """
    for group in grouped(happened):
        scene = replay(group, scene=scene)
        before = cost or SealCost(id=scene.record.id, version=0, opened_at=group[0].at)
        cost, ever = _after(before, ever, group, scene)
    if cost is None:
        raise ValueError("a scene begins with its opening")
    return cost, ever


def _after(
    cost: SealCost, ever: EverSealed, group: list[Happened], scene: Scene
) -> tuple[SealCost, EverSealed]:
    at, events = group[0].at, [each.event for each in group]
    months = cost.until(at) if cost.rates else {}
    joined = joined_cells(events)
    if _extends(events):
        month = legal_day(at).replace(day=1)
        more = Sums(extensions=1, extension_m2=sum((cell.area_m2 for cell in joined), 0.0))
        months[month] = months.get(month, Sums()) + more
    new_m2, ever = _widened(ever, joined)
    closed = {cell.unit for cell in joined if cell.kind is UnitKind.CLOSED}
    cost = replace(
        cost,
        version=group[-1].version,
        months=months,
        ever_m2=cost.ever_m2 + new_m2,
        ever_units=cost.ever_units | closed,
    )
    return replace(cost, rates=tuple(_rates(cost, scene, at))), ever


def _extends(events: list[Any]) -> bool:
    """Whether an extension takes effect: cells join, or a seal is set after a registration."""
    approved = any(isinstance(event, ExtensionApproved) for event in events)
    return any(
        isinstance(event, SealExtended) or (approved and isinstance(event, SealDrawn))
        for event in events
    )


def _widened(ever: EverSealed, joined: list[Cell]) -> tuple[float, EverSealed]:
    """How much of what joins has never been sealed before, m², and all that has been now."""
    if not joined:
        return 0.0, ever
    area_m2, shapes = 0.0, dict(ever.shapes)
    for level in sorted({cell.level for cell in joined}):
        mine = [cell for cell in joined if cell.level == level]
        known = shapes.get(level, ())
        if known:
            new = shapely.union_all([cell.shape for cell in mine])
            area_m2 += shapely.difference(new, shapely.union_all(known)).area
        else:
            area_m2 += sum(cell.area_m2 for cell in mine)
        shapes[level] = (*known, *(cell.shape for cell in mine))
    return area_m2, EverSealed(shapes=shapes)


def _rates(cost: SealCost, scene: Scene, at: datetime) -> Iterator[Rate]:
    """From now on, and from each moment at which a provisional extension will lapse."""
    never = len(set(scene.parts(cost.ever_units)))
    extensions = present(scene, at).record.extensions.values()
    lapses = {each.lapses_at for each in extensions if each.provisional and each.lapses_at}
    for moment in [at, *sorted(lapses)]:
        then = present(scene, moment)
        if not then.seal.cells:
            yield Rate(begins_at=moment)
            continue
        yield Rate(
            begins_at=moment,
            sealed_m2=then.seal.area_m2(),
            closed_units=closed_units(then),
            never_shrank_m2=cost.ever_m2,
            never_shrank_closed_units=never,
        )


def _by_month(start: datetime, end: datetime) -> Iterator[tuple[date, float]]:
    """The months that a time touches, with its hours in each."""
    bounds = [start]
    while bounds[-1] < end:
        _, after = month_of(legal_day(bounds[-1]))
        bounds.append(min(after, end))
    for begun, ended in pairwise(bounds):
        yield legal_day(begun).replace(day=1), (ended - begun) / HOUR
