"""End the route a fire took, because it is investigated after all; there is no way back."""

from service.domain import proceeding, simplified
from service.domain.incident import Incident, State
from service.domain.powers import Officer
from service.domain.registering import turn
from service.domain.registration import LIVE
from service.operations.case import advance, move_incident
from service.operations.kept_registration import append
from service.operations.ports import Work
from service.operations.take_steps import STREAM as PROCEDURE


def end_earlier_route(incident: Incident, *, reason: str, officer: Officer, work: Work) -> None:
    """A registration or simplified procedure of the fire ends by it."""
    registration = work.registrations.get(incident.id)
    if registration is not None and registration.state in LIVE:
        turned = turn(registration, reason=reason, rule_ids=(), officer=officer, now=work.now)
        append(registration, turned, officer=officer, work=work)
    procedure = work.procedures.get(incident.id)
    if procedure is not None and procedure.ending is None:
        ended = proceeding.turn(procedure, reason=reason, officer=officer, now=work.now)
        advance(
            PROCEDURE,
            work.procedures,
            procedure,
            [ended],
            apply=simplified.apply,
            officer=officer,
            work=work,
        )


def turn_for_dispute(incident: Incident, *, reason: str, officer: Officer, work: Work) -> Incident:
    """A party objects after the fire was decided simply: it is under investigation from now on.

    Raises: RecordFrozen.
    """
    end_earlier_route(incident, reason=reason, officer=officer, work=work)
    return move_incident(incident, State.INVESTIGATING, officer=officer, work=work)
