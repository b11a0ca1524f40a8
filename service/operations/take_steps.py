"""Take the steps of the simplified procedure 简易程序, in order; the fifth freezes the record."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.eligibility import must_be_eligible
from service.domain.errors import Fault
from service.domain.incident import State
from service.domain.powers import Officer, Operation
from service.domain.proceeding import (
    make_certificate,
    must_be_possible,
    must_be_ready,
    must_go_on,
    new_steps,
)
from service.domain.recording import decide
from service.domain.route_refusals import ProcedureUnknown
from service.domain.simplified import (
    CertificateMade,
    ProcedureBegun,
    SimplifiedProcedure,
    Step,
    StepDone,
    StepTaken,
    apply,
)
from service.domain.triage import Route
from service.domain.words import Words
from service.operations.case import (
    Case,
    advance,
    decided,
    incident_for,
    is_repeat,
    move_incident,
    office_of,
    open_case,
)
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work

KIND = Route.SIMPLIFIED_PROCEDURE.value
STREAM = "simplified-procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSteps:
    """All steps done so far, the new ones last."""

    incident_id: UUID
    steps: tuple[StepDone, ...]
    precondition: Precondition


def take_steps(
    command: TakeSteps, *, officer: Officer, work: Work
) -> SimplifiedProcedure | Created[SimplifiedProcedure]:
    """Begin the procedure or go on with it; the certificate is made only for an eligible fire.

    Raises: IncidentUnknown, Forbidden, Stale, StepInvalid, StepOutOfOrder, NotYetDue, RouteNotOpen,
    RecordFrozen, RegistrationEnded.
    """
    case = open_case(
        command.incident_id, Operation.SIMPLIFIED_PROCEDURE, officer=officer, work=work
    )
    before = work.procedures.get(command.incident_id)
    repeats = before is not None and command.steps == before.steps
    if is_repeat(command.precondition, before, repeats=repeats) and before is not None:
        return before
    done = len(before.steps) if before else 0
    must_be_possible(command.steps[done:], case.incident, first=done, now=work.now)
    if before is None:
        begun = _begin(command, case, officer=officer, work=work)
        return Created(_go_on(begun, command, case, officer=officer, work=work))
    must_go_on(before)
    return _go_on(before, command, case, officer=officer, work=work)


def procedure_for(
    incident_id: UUID, operation: Operation, *, officer: Officer, work: Work
) -> SimplifiedProcedure:
    """The procedure of a fire, if this officer may do this to it.

    Raises: IncidentUnknown, ProcedureUnknown, Forbidden.
    """
    incident_for(incident_id, operation, officer=officer, work=work)
    procedure = work.procedures.get(incident_id)
    if procedure is None:
        raise ProcedureUnknown(
            Fault(
                "/incident_id",
                Words("该火情没有简易程序", "no simplified procedure was begun"),
                Words("请先表明身份，开始程序", "begin it by showing who you are"),
            )
        )
    return procedure


def _begin(command: TakeSteps, case: Case, *, officer: Officer, work: Work) -> SimplifiedProcedure:
    decide(case.incident, State.SIMPLIFIED)  # refuses at once what could never be finished
    begun = SimplifiedProcedure(
        id=case.incident.id,
        version=1,
        office_path=officer.post_path,
        investigator_id=officer.id,
        steps=new_steps((), command.steps)[:1],
    )
    work.events.append(
        STREAM,
        begun.id,
        [ProcedureBegun(procedure=begun)],
        expected=0,
        officer_id=officer.id,
        observed_at=begun.steps[0].done_at,
    )
    work.procedures.put(begun, previous=0)
    return begun


def _go_on(
    before: SimplifiedProcedure, command: TakeSteps, case: Case, *, officer: Officer, work: Work
) -> SimplifiedProcedure:
    steps = new_steps(before.steps, command.steps)
    if not steps:
        return before
    events = [_take(step, case, officer=officer, work=work) for step in steps]
    return advance(
        STREAM,
        work.procedures,
        before,
        events,
        apply=apply,
        officer=officer,
        work=work,
        observed_at=steps[-1].done_at,
    )


def _take(
    done: StepDone, case: Case, *, officer: Officer, work: Work
) -> StepTaken | CertificateMade:
    facts = case.facts()
    must_be_ready(done, case.incident, facts)
    if done.step is not Step.CERTIFICATE_MADE:
        return StepTaken(done=done)
    incident = case.incident
    judged = must_be_eligible(Route.SIMPLIFIED_PROCEDURE, incident, facts=facts, rules=work.rules)
    move_incident(incident, State.SIMPLIFIED, officer=officer, work=work)
    office = office_of(officer.post_id, work)
    taken = decided(case, judged, facts=facts, kind=KIND, office=office, officer=officer, work=work)
    return make_certificate(taken, done, rules=work.rules)
