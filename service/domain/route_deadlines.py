"""What is due on a fire's routes: the report, supplements, the filing, the determination."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from service.domain.calendar import Due
from service.domain.deadlines import Matter, Warned
from service.domain.investigation import Investigation
from service.domain.registration import LIVE, Registration, RegistrationState
from service.domain.simplified import SimplifiedProcedure
from service.domain.words import Words

WORDS = {
    Matter.REPORT: Words(
        "简易登记基本情况应上报", "the registration's basic data is to be reported"
    ),
    Matter.SUPPLEMENT: Words(
        "容缺事项应补正", "an item owed to the registration is to be handed in"
    ),
    Matter.FILING: Words("简易调查认定书应备案", "the simplified certificate is to be filed"),
    Matter.DETERMINATION: Words("火灾事故认定应作出", "the determination is to be made"),
}
TO_REPORT = frozenset({RegistrationState.REGISTERED, RegistrationState.RETURNED})


def registration_dues(registration: Registration) -> tuple[Warned, ...]:
    """The report until it is made, and each item owed."""
    report = [registration.report_due] if registration.state in TO_REPORT else []
    owed = registration.outstanding if registration.state in LIVE else ()
    return (*_told(Matter.REPORT, report), *_told(Matter.SUPPLEMENT, (x.due for x in owed)))


def procedure_dues(procedure: SimplifiedProcedure) -> tuple[Warned, ...]:
    """The filing, once there is a certificate and until it is filed."""
    over = procedure.filing is not None or procedure.ending is not None
    filing = () if over or procedure.filing_due is None else (procedure.filing_due,)
    return tuple(_told(Matter.FILING, filing))


def investigation_dues(investigation: Investigation) -> tuple[Warned, ...]:
    """The determination, unless the fire was handed over."""
    over = investigation.handed_over_to is not None
    return tuple(_told(Matter.DETERMINATION, () if over else (investigation.due,)))


def first_due(dues: Iterable[Warned]) -> datetime | None:
    """The earliest of them; None when nothing is due."""
    return min((each.due_at for each in dues), default=None)


def told_at(dues: Iterable[Warned], *, now: datetime, notice: timedelta) -> tuple[Warned, ...]:
    """Those that are late, or due within the notice."""
    return tuple(
        Warned(matter=each.matter, due_at=each.due_at, words=each.words, late=each.due_at < now)
        for each in dues
        if each.due_at <= now + notice
    )


def _told(matter: Matter, dues: Iterable[Due]) -> Iterable[Warned]:
    """A term that is paused has no end yet."""
    return (
        Warned(matter=matter, due_at=due.at, words=WORDS[matter])
        for due in dues
        if due.at is not None
    )
