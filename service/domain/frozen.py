"""A record frozen under a number: its canonical text, its digest, the code to verify it by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.canonical import canonical, digest_of, instant
from service.domain.facts import Facts
from service.domain.handback import UnitHandedBack, units_handed_back
from service.domain.incident import Incident
from service.domain.numbering import Series
from service.domain.people import Post
from service.domain.powers import Officer
from service.domain.record import facts_record, judgement_record, record_of, unit_record
from service.domain.triage import RouteJudgement


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRecord:
    """What stands for ever: `text` is canonical JSON (RFC 8785), `digest` its SHA-256 in hex."""

    number: str
    sequence: int
    year: int
    kind: str
    office_id: UUID
    office_name: str
    drill: bool
    text: str
    digest: str
    verify_code: str
    frozen_at: datetime
    officer_id: UUID
    officer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A number just taken: its series, its place in it, and how it is written."""

    series: Series
    sequence: int
    number: str
    kind: str
    verify_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A fire that is decided: judged eligible on its facts, under a number, by whom and when.

    `photos` maps a photo's id to its digest.
    """

    incident: Incident
    judged: RouteJudgement
    facts: Facts
    photos: Mapping[str, str]
    numbered: Numbered
    office: Post
    officer: Officer
    now: datetime

    @property
    def units(self) -> tuple[UnitHandedBack, ...]:
        """What it hands back."""
        return units_handed_back(self.incident)


def freeze(decided: Decided) -> FrozenRecord:
    """Freeze everything that is on record of a fire."""
    incident, numbered = decided.incident, decided.numbered
    office, officer = decided.office, decided.officer
    content: dict[str, Any] = {
        "kind": numbered.kind,
        "number": numbered.number,
        "drill": incident.drill,
        "frozen_at": instant(decided.now),
        "office": {"id": str(office.id), "name": office.name},
        "officer": {"id": str(officer.id), "name": officer.name},
        "incident": record_of(incident),
        "facts": facts_record(decided.facts),
        "rules": judgement_record(decided.judged),
        "units": [unit_record(unit) for unit in decided.units],
        "photos": dict(decided.photos),
    }
    text = canonical(content)
    return FrozenRecord(
        number=numbered.number,
        sequence=numbered.sequence,
        year=numbered.series.year,
        kind=numbered.kind,
        office_id=office.id,
        office_name=office.name,
        drill=incident.drill,
        text=text,
        digest=digest_of(text),
        verify_code=numbered.verify_code,
        frozen_at=decided.now,
        officer_id=officer.id,
        officer_name=officer.name,
    )
