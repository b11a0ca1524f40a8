"""Triage on the wire: each route, each rule with its article, the fact seen, the outcome."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from service.domain.triage import (
    Judgement,
    Outcome,
    Route,
    RouteJudgement,
    RuleOutcome,
    Status,
    Weight,
)
from service.domain.words import Words


class WordsViewSchema(Schema):
    """A sentence in both languages."""

    zh = fields.String()
    en = fields.String()


class RuleViewSchema(Schema):
    """One rule, with what it saw."""

    id = fields.String()
    article = fields.String()
    source = fields.String()
    fact = fields.String()
    seen = fields.Raw(allow_none=True)
    comparison = fields.String()
    bound = fields.Raw(allow_none=True)
    weight = fields.Enum(Weight, by_value=True)
    outcome = fields.Enum(Outcome, by_value=True)
    sentence = fields.Nested(WordsViewSchema)
    note = fields.Nested(WordsViewSchema, allow_none=True)


class RouteViewSchema(Schema):
    """One route: open, wanting something, or shut."""

    route = fields.Enum(Route, by_value=True)
    status = fields.Enum(Status, by_value=True)
    rules = fields.List(fields.Nested(RuleViewSchema))


class TriageViewSchema(Schema):
    """All routes, by the rules in force on the legal day of the call."""

    incident_id = fields.UUID()
    incident_version = fields.Integer()
    on = fields.Date()
    province = fields.String()
    table_version = fields.String()
    routes = fields.List(fields.Nested(RouteViewSchema))


def triage_view(incident_id: UUID, version: int, judgement: Judgement) -> dict[str, Any]:
    """A judgement of an incident at a version, as it leaves."""
    return {
        "incident_id": incident_id,
        "incident_version": version,
        "on": judgement.on,
        "province": judgement.province,
        "table_version": judgement.table_version,
        "routes": [_route(found) for found in judgement.routes],
    }


def words_view(words: Words) -> dict[str, str]:
    """Both languages."""
    return {"zh": words.zh, "en": words.en}


def _route(found: RouteJudgement) -> dict[str, Any]:
    return {
        "route": found.route,
        "status": found.status,
        "rules": [_rule(outcome) for outcome in found.rules],
    }


def _rule(found: RuleOutcome) -> dict[str, Any]:
    rule = found.rule
    return {
        "id": rule.id,
        "article": rule.article,
        "source": rule.source,
        "fact": rule.fact,
        "seen": found.seen,
        "comparison": rule.comparison,
        "bound": rule.bound,
        "weight": rule.weight,
        "outcome": found.outcome,
        "sentence": words_view(found.sentence),
        "note": words_view(rule.note) if rule.note else None,
    }
