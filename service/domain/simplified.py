"""The simplified procedure 简易程序 (Art. 12, 13): its steps in order, then frozen and filed."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from service.domain.calendar import Due
from service.domain.frozen import FrozenRecord
from service.domain.handback import UnitHandedBack
from service.domain.registration import Ending


class Step(StrEnum):
    """The steps, in the order of Art. 13; from `certificate_made` on the record is frozen."""

    IDENTITY_SHOWN = "identity_shown"
    HEARD = "heard"
    SCENE_SEEN = "scene_seen"
    FACTS_TOLD = "facts_told"
    CERTIFICATE_MADE = "certificate_made"
    SIGNED = "signed"
    HANDED_OVER = "handed_over"


ORDER = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """One step as it was done: when, to or with whom, and who refused to sign."""

    step: Step
    done_at: datetime
    note: str = ""
    party_ids: tuple[UUID, ...] = ()
    refused_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """The certificate filed with the superior body 备案."""

    made_at: datetime
    officer_id: UUID
    note: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplifiedProcedure:
    """One procedure; `id` is its incident's. Not open to review (Art. 36)."""

    id: UUID
    version: int
    office_path: str
    investigator_id: UUID
    steps: tuple[StepDone, ...]
    record: FrozenRecord | None = None
    units: tuple[UnitHandedBack, ...] = ()
    filing_due: Due | None = None
    filing: Filing | None = None
    ending: Ending | None = None

    @property
    def next_step(self) -> Step | None:
        """The step that comes next, or None when all are done."""
        return ORDER[len(self.steps)] if len(self.steps) < len(ORDER) else None

    @property
    def state(self) -> str:
        """`turned_into_investigation`, `filed`, or the last step done."""
        if self.ending:
            return "turned_into_investigation"
        return "filed" if self.filing else self.steps[-1].step.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureBegun:
    """One investigator showed who they are."""

    NAME: ClassVar[str] = "simplified-procedure-begun"
    VERSION: ClassVar[int] = 1
    procedure: SimplifiedProcedure


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """The next step was done."""

    NAME: ClassVar[str] = "simplified-procedure-step-taken"
    VERSION: ClassVar[int] = 1
    done: StepDone


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateMade:
    """The step that takes the number and freezes the record."""

    NAME: ClassVar[str] = "simplified-procedure-certificate-made"
    VERSION: ClassVar[int] = 1
    done: StepDone
    record: FrozenRecord
    units: tuple[UnitHandedBack, ...]
    filing_due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFiled:
    """It was filed with the superior body."""

    NAME: ClassVar[str] = "simplified-procedure-filed"
    VERSION: ClassVar[int] = 1
    filing: Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureTurned:
    """The fire is investigated after all."""

    NAME: ClassVar[str] = "simplified-procedure-turned"
    VERSION: ClassVar[int] = 1
    ending: Ending


ProcedureEvent = StepTaken | CertificateMade | CertificateFiled | ProcedureTurned
EVENTS = (ProcedureBegun, StepTaken, CertificateMade, CertificateFiled, ProcedureTurned)


def apply(before: SimplifiedProcedure, event: ProcedureEvent) -> SimplifiedProcedure:
    """The procedure after one more event; every event is one version."""
    return replace(_changed(before, event), version=before.version + 1)


def _changed(before: SimplifiedProcedure, event: ProcedureEvent) -> SimplifiedProcedure:
    match event:
        case StepTaken(done=done):
            return replace(before, steps=(*before.steps, done))
        case CertificateMade(done=done, record=record, units=units, filing_due=filing_due):
            steps = (*before.steps, done)
            return replace(before, steps=steps, record=record, units=units, filing_due=filing_due)
        case CertificateFiled(filing=filing):
            return replace(before, filing=filing)
        case _:
            return replace(before, ending=event.ending)
