"""The door to a route: the judgement behind it, and the refusal that offers another way."""

from service.domain.calendar import Due, legal_day
from service.domain.errors import Fault
from service.domain.facts import Facts
from service.domain.incident import Incident
from service.domain.registration import Owed
from service.domain.route_refusals import RouteNotOpen
from service.domain.rulebook import Rulebook
from service.domain.triage import (
    Outcome,
    Route,
    RouteJudgement,
    RuleOutcome,
    Status,
    Weight,
    judge_route,
)
from service.domain.words import Words

_DECIDING = (Weight.EXCLUDES, Weight.REQUIRED)
_INVESTIGATE = Words(
    "请转一般程序调查，无须重新填写", "take it to an investigation; nothing is entered again"
)
_COMPLETE = Words(
    "补齐后再办理，或转一般程序调查", "add it and try again, or take it to an investigation"
)
_NO_RULES = Words("火灾当日没有该程序的规定", "no rule for this route on the day of the fire")


def judged(route: Route, incident: Incident, *, facts: Facts, rules: Rulebook) -> RouteJudgement:
    """One route by the rules in force on the legal day of the call."""
    return judge_route(route, facts, rules.triage, legal_day(incident.called_at))


def must_be_eligible(
    route: Route, incident: Incident, *, facts: Facts, rules: Rulebook
) -> RouteJudgement:
    """The judgement of a route that is open, supplements aside.

    Raises: RouteNotOpen, with every rule that stands in the way and the investigation offered.
    """
    found = judged(route, incident, facts=facts, rules=rules)
    if found.status is Status.ELIGIBLE:
        return found
    faults = [_fault(outcome) for outcome in found.not_passed(*_DECIDING)]
    raise RouteNotOpen(
        *(faults or [Fault(route.value, _NO_RULES, _INVESTIGATE)]),
        route=route.value,
        route_status=found.status.value,
        offers=["investigation"],
        incident_id=incident.id,
    )


def owed_items(found: RouteJudgement, by_then: Due) -> tuple[Owed, ...]:
    """What may be handed in later 容缺受理, all by the same time."""
    return tuple(
        Owed(rule_id=outcome.rule.id, due=by_then)
        for outcome in found.not_passed(Weight.SUPPLEMENT)
    )


def _fault(outcome: RuleOutcome) -> Fault:
    excluded = outcome.rule.weight is Weight.EXCLUDES and outcome.outcome is Outcome.FAIL
    remedy = _INVESTIGATE if excluded else _COMPLETE
    return Fault(outcome.rule.id, outcome.sentence, remedy)


def rules_broken(
    route: Route, incident: Incident, *, facts: Facts, rules: Rulebook
) -> tuple[str, ...]:
    """The ids of the rules that now exclude a fire from the route it took."""
    found = judged(route, incident, facts=facts, rules=rules)
    return tuple(
        outcome.rule.id
        for outcome in found.not_passed(Weight.EXCLUDES)
        if outcome.outcome is Outcome.FAIL
    )
