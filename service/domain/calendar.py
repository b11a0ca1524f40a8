"""Terms 期限: when what must be done by law is due, in the legal time of Asia/Shanghai.

A term in days leaves out its first day and ends at 24:00 of its last, moved past days off;
a term in hours runs through. Pauses (tests, appraisals) are not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from service.domain.words import Words

# Asia/Shanghai has had no summer time since 1991; a fixed offset needs no file to be read.
LEGAL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_DAY = timedelta(days=1)


class TermUnit(StrEnum):
    """What a term is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term as the law or a setting gives it; `counted_from` names what starts it."""

    id: str
    length: int
    unit: TermUnit
    counted_from: str
    article: str
    source: str
    valid_from: date | None
    valid_to: date | None
    name: Words
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTable:
    """All terms of all times."""

    version: str
    terms: tuple[Term, ...]

    def of(self, id: str, on: date) -> Term:
        """The term in force on a legal day.

        Raises: LookupError where the table has none, which is a mistake of the set-up.
        """
        for term in self.terms:
            begun = term.valid_from is None or term.valid_from <= on
            if term.id == id and begun and (term.valid_to is None or on <= term.valid_to):
                return term
        raise LookupError(f"no term {id!r} in force on {on}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """China's working days: days off, weekends moved to work, and the last year announced."""

    days_off: frozenset[date]
    moved_workdays: frozenset[date]
    last_year: int

    def works(self, day: date) -> bool:
        """Whether it is a working day; beyond the last year plain weekends are off."""
        if day in self.moved_workdays:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies beyond what has been announced."""
        return day.year > self.last_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A recorded interval that does not count; `ended_at` None while it lasts. Aware UTC."""

    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a term ends, UTC; None while a pause lasts.

    `provisional`: it rests on a year whose days off have not been announced.
    """

    at: datetime | None
    provisional: bool = False

    def is_late(self, done_at: datetime) -> bool:
        """Whether something done at that moment is late; the last instant is in time."""
        return self.at is not None and done_at > self.at


def legal_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which an aware moment falls."""
    return moment.astimezone(LEGAL_TIME).date()


def end_of(day: date) -> datetime:
    """24:00 of a legal day, in UTC."""
    return datetime.combine(day + _DAY, time(), LEGAL_TIME).astimezone(UTC)


def month_of(day: date) -> tuple[datetime, datetime]:
    """When the legal month of a day begins, and when the next one does, in UTC."""
    first = day.replace(day=1)
    after = (first + 31 * _DAY).replace(day=1)
    return end_of(first - _DAY), end_of(after - _DAY)


def due(
    term: Term, *, start: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> Due:
    """When a term that starts at an aware moment ends."""
    if term.unit is TermUnit.HOURS:
        return _after_hours(start, timedelta(hours=term.length), pauses)
    return _after_days(term, legal_day(start), calendar, pauses)


def _after_hours(start: datetime, length: timedelta, pauses: Sequence[Pause]) -> Due:
    end = start + length
    reached = start
    for pause in sorted(pauses, key=lambda p: p.begun_at):
        begun = max(pause.begun_at, reached)
        if begun >= end:
            break
        if pause.ended_at is None:
            return Due(at=None)
        if pause.ended_at > begun:
            end += pause.ended_at - begun
            reached = pause.ended_at
    return Due(at=end)


def _after_days(term: Term, first: date, calendar: WorkingCalendar, pauses: Sequence[Pause]) -> Due:
    day, counted = first, 0
    while counted < term.length:
        day += _DAY
        covering = [pause for pause in pauses if _covers(pause, day)]
        if any(pause.ended_at is None for pause in covering):
            return Due(at=None)
        works = term.unit is TermUnit.DAYS or calendar.works(day)
        counted += works and not covering
    while not calendar.works(day):
        day += _DAY
    return Due(at=end_of(day), provisional=calendar.is_provisional(day))


def _covers(pause: Pause, day: date) -> bool:
    """Whether the whole legal day lies in the pause: a day begun or ended in does count."""
    if pause.begun_at > end_of(day - _DAY):
        return False
    return pause.ended_at is None or pause.ended_at >= end_of(day)
