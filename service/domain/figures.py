"""What seals have cost: sealed m²·h and closed-unit·h, beside ones that never shrank."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID

from service.domain.scene_fold import Happened
from service.domain.seal_cost import SealCost, Sums, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures(Sums):
    """Sums over recorded time from `since` to `until`, aware UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """The sums of the scenes of a post and those below it; `month` is its first legal day."""

    post_id: UUID
    month: date
    scenes: int
    figures: Figures


def figures(happened: Iterable[Happened], *, until: datetime) -> Figures:
    """Count a seal's cost from the scene's opening, from its events alone."""
    known = list(takewhile(lambda each: each.at <= until, happened))
    return figures_of(counted(known)[0], until=until) if known else total((), until, until)


def figures_of(cost: SealCost, *, until: datetime) -> Figures:
    """A scene's figures from its opening on, no event read."""
    return total(cost.until(until).values(), since=cost.opened_at, until=until)


def total(found: Iterable[Sums], since: datetime, until: datetime) -> Figures:
    """Several sums in one."""
    return Figures(since=since, until=until, **asdict(sum(found, Sums())))
