"""Triage 判定: which of the three routes a fire may take, by a table of rules.

The rules are data with the article each rests on; this module only compares. The
vocabulary is small enough for a phone to answer the same: see docs and tests/vectors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.facts import Facts, Seen
from service.domain.words import Words


class Route(StrEnum):
    """The three routes after a fire, the easiest first."""

    REGISTRATION = "registration"
    SIMPLIFIED_PROCEDURE = "simplified_procedure"
    GENERAL_PROCEDURE = "general_procedure"


class Comparison(StrEnum):
    """How a fact is held against a bound; `never` fails whatever was seen."""

    BELOW = "below"
    AT_LEAST = "at_least"
    IS = "is"
    NEVER = "never"


class Weight(StrEnum):
    """What a rule that does not pass does to its route.

    `excludes`: failing makes it ineligible, missing makes it incomplete. `required`: either
    makes it incomplete, until it is put right. `supplement` 容缺受理: it may be handed in
    later, by a deadline. `note`: it is said, and decides nothing.
    """

    EXCLUDES = "excludes"
    REQUIRED = "required"
    SUPPLEMENT = "supplement"
    NOTE = "note"


class Outcome(StrEnum):
    """What came of one rule."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    MISSING = "missing"


class Status(StrEnum):
    """What came of one route."""

    ELIGIBLE = "eligible"
    INCOMPLETE = "incomplete"
    INELIGIBLE = "ineligible"


class Unit(StrEnum):
    """How a fact is written for people: fen as yuan, a number as it is, yes or no."""

    FEN = "fen"
    COUNT = "count"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table, in force from `valid_from` to `valid_to`, both days included.

    A row of a province replaces the row of the same id for all ('*') there. A bound of None
    is one that nobody has set yet: the outcome is then `missing`.
    """

    id: str
    route: Route
    article: str
    source: str
    province: str
    valid_from: date | None
    valid_to: date | None
    fact: str
    comparison: Comparison
    bound: Seen
    unit: Unit
    weight: Weight
    sentences: dict[Outcome, Words]
    note: Words | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a legal day (Asia/Shanghai)."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """All rules of all provinces and times; `version` names this edition of the table."""

    version: str
    rules: tuple[Rule, ...]

    def of(self, route: Route, province: str, on: date) -> tuple[Rule, ...]:
        """The rules of a route in force in a province on a legal day, in the table's order."""
        chosen: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.route is route and rule.province in ("*", province) and rule.in_force(on):
                there = chosen.get(rule.id)
                if there is None or there.province == "*":
                    chosen[rule.id] = rule
        return tuple(chosen.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """One rule with the fact it saw, and what that means in a plain sentence."""

    rule: Rule
    seen: Seen
    outcome: Outcome
    sentence: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteJudgement:
    """Whether one route is open, and each rule's part in that."""

    route: Route
    status: Status
    rules: tuple[RuleOutcome, ...]

    def not_passed(self, *weights: Weight) -> tuple[RuleOutcome, ...]:
        """What failed or is missing among the rules of these weights."""
        return tuple(
            r for r in self.rules if r.outcome is not Outcome.PASS and r.rule.weight in weights
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All routes for one fire, by the rules in force on its legal day in its province."""

    on: date
    province: str
    table_version: str
    routes: tuple[RouteJudgement, ...]

    def of(self, route: Route) -> RouteJudgement:
        """The judgement of one route."""
        return next(r for r in self.routes if r.route is route)


def judge(facts: Facts, rules: RuleTable, on: date) -> Judgement:
    """Answer all routes for these facts by the rules in force on the legal day `on`."""
    return Judgement(
        on=on,
        province=facts.province,
        table_version=rules.version,
        routes=tuple(judge_route(route, facts, rules, on) for route in Route),
    )


def judge_route(route: Route, facts: Facts, rules: RuleTable, on: date) -> RouteJudgement:
    """Answer one route; the general procedure is always open, the others only by a rule."""
    outcomes = tuple(_weigh(rule, facts) for rule in rules.of(route, facts.province, on))
    if not outcomes and route is not Route.GENERAL_PROCEDURE:
        return RouteJudgement(route=route, status=Status.INELIGIBLE, rules=())
    return RouteJudgement(route=route, status=_status(outcomes), rules=outcomes)


def compare(comparison: Comparison, seen: Seen, bound: Seen) -> Outcome:
    """Hold a fact against a bound; whatever is not known, of either, is missing."""
    if comparison is Comparison.NEVER:
        return Outcome.FAIL
    if seen is None or bound is None:
        return Outcome.MISSING
    if comparison is Comparison.BELOW:
        holds = seen < bound
    elif comparison is Comparison.AT_LEAST:
        holds = seen >= bound
    else:
        holds = seen == bound
    return Outcome.PASS if holds else Outcome.FAIL


def _weigh(rule: Rule, facts: Facts) -> RuleOutcome:
    seen: Seen = getattr(facts, rule.fact)
    outcome = compare(rule.comparison, seen, rule.bound)
    return RuleOutcome(
        rule=rule, seen=seen, outcome=outcome, sentence=_say(rule, seen, rule.sentences[outcome])
    )


def _status(outcomes: Iterable[RuleOutcome]) -> Status:
    status = Status.ELIGIBLE
    for found in outcomes:
        if found.outcome is Outcome.PASS:
            continue
        if found.rule.weight is Weight.EXCLUDES and found.outcome is Outcome.FAIL:
            return Status.INELIGIBLE
        if found.rule.weight in (Weight.EXCLUDES, Weight.REQUIRED):
            status = Status.INCOMPLETE
    return status


def _say(rule: Rule, seen: Seen, sentence: Words) -> Words:
    if "{" not in sentence.zh:
        return sentence
    shown, bound = written(seen, rule.unit), written(rule.bound, rule.unit)
    return Words(
        sentence.zh.replace("{seen}", shown).replace("{bound}", bound),
        sentence.en.replace("{seen}", shown).replace("{bound}", bound),
    )


def written(value: Seen, unit: Unit) -> str:
    """A fact for people: fen as yuan with two decimals and grouped thousands."""
    if value is None:
        return "—"
    if unit is Unit.FEN:
        return f"{value // 100:,}.{value % 100:02d}"
    return str(value)
