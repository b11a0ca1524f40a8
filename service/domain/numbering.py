"""Document numbers 文号: short name of the office, kind, year and sequence, by a pattern."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.calendar import legal_day


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPattern:
    """How numbers of one kind look at an office (its id, or '*' for all others).

    `pattern` has {office}, {year} and {sequence}, which is filled with zeros to `width`.
    """

    kind: str
    office: str
    drill: bool
    pattern: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One run of numbers without gap or double; drills run by themselves."""

    office_id: UUID
    kind: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """All patterns."""

    version: str
    patterns: tuple[NumberPattern, ...]

    def of(self, kind: str, *, office_id: UUID, drill: bool) -> NumberPattern:
        """The office's own pattern, else that for all.

        Raises: LookupError where there is none, which is a mistake of the set-up.
        """
        for office in (str(office_id), "*"):
            for pattern in self.patterns:
                if (pattern.kind, pattern.drill, pattern.office) == (kind, drill, office):
                    return pattern
        raise LookupError(f"no number pattern for {kind!r}")

    def written(
        self, series: Series, sequence: int, *, kind: str, drill: bool, short_name: str
    ) -> str:
        """The number as it stands on the paper."""
        found = self.of(kind, office_id=series.office_id, drill=drill)
        return found.pattern.format(
            office=short_name, year=series.year, sequence=f"{sequence:0{found.width}d}"
        )


def series_of(kind: str, *, office_id: UUID, drill: bool, now: datetime) -> Series:
    """The series a number belongs to; its year turns at midnight in Asia/Shanghai."""
    return Series(
        office_id=office_id, kind=f"{kind}-drill" if drill else kind, year=legal_day(now).year
    )
