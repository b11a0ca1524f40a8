"""Decisions on a simplified procedure: each step in its turn, the certificate, the filing."""

from datetime import datetime

from service.domain.calendar import due, legal_day
from service.domain.errors import Fault
from service.domain.facts import Facts
from service.domain.frozen import Decided, freeze
from service.domain.incident import Incident
from service.domain.powers import Officer
from service.domain.registration import Ending
from service.domain.report_checks import time_faults
from service.domain.route_refusals import (
    NotYetDue,
    RegistrationEnded,
    StepInvalid,
    StepOutOfOrder,
)
from service.domain.rulebook import Rulebook
from service.domain.simplified import (
    ORDER,
    CertificateFiled,
    CertificateMade,
    Filing,
    ProcedureTurned,
    SimplifiedProcedure,
    Step,
    StepDone,
)
from service.domain.words import Words

_WANTS: dict[Step, tuple[str, Words]] = {
    Step.HEARD: (
        "statements",
        Words("还没有当事人或证人的陈述", "no statement of a party or witness is on record"),
    ),
    Step.SCENE_SEEN: ("photos", Words("还没有现场照片", "no photo of the scene is on record")),
    Step.FACTS_TOLD: (
        "facts_told",
        Words("还没有告知事实并听取意见的记录", "nobody has been told the facts and heard on them"),
    ),
}


def new_steps(before: tuple[StepDone, ...], wanted: tuple[StepDone, ...]) -> tuple[StepDone, ...]:
    """What `wanted`, the whole list, adds to the steps done before.

    Raises: StepOutOfOrder when it changes one that was done, leaves one out or goes back in time.
    """
    order = tuple(done.step for done in wanted)
    if wanted[: len(before)] != before:
        raise _out_of_order(0, "已办步骤不能更改", "a step that was done is never changed")
    if order != ORDER[: len(order)]:
        n = next(i for i, step in enumerate(order) if i >= len(ORDER) or step is not ORDER[i])
        raise _out_of_order(n, "步骤跳过或重复", "a step is left out or stands twice")
    for n in range(1, len(wanted)):
        if wanted[n].done_at < wanted[n - 1].done_at:
            raise _out_of_order(n, "时间早于上一步", "it lies before the step before it")
    return wanted[len(before) :]


def must_be_possible(
    steps: tuple[StepDone, ...], incident: Incident, *, first: int, now: datetime
) -> None:
    """See that steps lie between the call and now, with parties on record; `first` is their place.

    Raises: StepInvalid, with every fault.
    """
    known = {party.id for party in incident.parties}
    faults: list[Fault] = []
    for n, done in enumerate(steps, start=first):
        pointer, called_at = f"/steps/{n}", incident.called_at
        faults += time_faults(f"{pointer}/done_at", done.done_at, now, called_at=called_at)
        for name in ("party_ids", "refused_ids"):
            faults += [
                Fault(
                    f"{pointer}/{name}/{m}",
                    Words("该火情没有这名当事人", "the incident has no such party"),
                    Words("请先登记当事人", "record the party first"),
                )
                for m, id in enumerate(getattr(done, name))
                if id not in known
            ]
    if faults:
        raise StepInvalid(*faults)


def must_be_ready(done: StepDone, incident: Incident, facts: Facts) -> None:
    """See that what a step is about is on record.

    Raises: NotYetDue.
    """
    if done.step in _WANTS:
        fact, wrong = _WANTS[done.step]
        if getattr(facts, fact) < 1:
            raise _not_yet(f"/steps/{done.step}", wrong)
    if done.step in (Step.SIGNED, Step.HANDED_OVER):
        parties = {party.id for party in incident.parties if not party.is_witness}
        if not parties <= {*done.party_ids, *done.refused_ids}:
            wrong = Words(
                "有当事人未签名或未送达", "a party has not signed, or has not been given it"
            )
            raise _not_yet(f"/steps/{done.step}/party_ids", wrong)


def make_certificate(decided: Decided, done: StepDone, *, rules: Rulebook) -> CertificateMade:
    """Freeze the record of the 火灾事故简易调查认定书; it is filed within 2 days (Art. 13)."""
    term = rules.terms.of("simplified_filing", legal_day(decided.now))
    return CertificateMade(
        done=done,
        units=decided.units,
        filing_due=due(term, start=decided.now, calendar=rules.calendar),
        record=freeze(decided),
    )


def file(
    procedure: SimplifiedProcedure, *, note: str, officer: Officer, now: datetime
) -> CertificateFiled:
    """File the certificate with the superior body; a late filing is taken and says so.

    Raises: RegistrationEnded, NotYetDue before it was handed over or when it has been filed.
    """
    must_go_on(procedure)
    if procedure.next_step is not None or procedure.filing_due is None:
        wrong = Words("认定书尚未送达当事人", "the certificate has not been handed over")
        raise _not_yet("/state", wrong)
    if procedure.filing is not None:
        raise _not_yet("/state", Words("已备案", "it has been filed"))
    late = procedure.filing_due.is_late(now)
    return CertificateFiled(filing=Filing(made_at=now, officer_id=officer.id, note=note, late=late))


def turn(
    procedure: SimplifiedProcedure, *, reason: str, officer: Officer, now: datetime
) -> ProcedureTurned:
    """End the procedure because the fire is investigated after all.

    Raises: RegistrationEnded.
    """
    must_go_on(procedure)
    return ProcedureTurned(ending=Ending(reason=reason, rule_ids=(), at=now, officer_id=officer.id))


def must_go_on(procedure: SimplifiedProcedure) -> None:
    """Raises: RegistrationEnded when it was turned into an investigation."""
    if procedure.ending is not None:
        raise RegistrationEnded(
            Fault(
                "/state",
                Words("该程序已转一般程序调查", "it was turned into an investigation"),
                Words("如有新情况请在调查中办理", "what is new belongs to the investigation"),
            )
        )


def _not_yet(pointer: str, wrong: Words) -> NotYetDue:
    remedy = Words("请先办理所缺的一步", "do what is missing first")
    return NotYetDue(Fault(pointer, wrong, remedy))


def _out_of_order(n: int, zh: str, en: str) -> StepOutOfOrder:
    remedy = Words("请按顺序提交全部步骤", "send all steps, in their order")
    return StepOutOfOrder(
        Fault(f"/steps/{n}", Words(zh, en), remedy), order=[step.value for step in ORDER]
    )
