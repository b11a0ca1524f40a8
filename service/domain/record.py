"""The whole of an incident as it stands in a frozen record: plain names, text, whole numbers."""

from dataclasses import fields
from typing import Any

import shapely

from service.domain.canonical import digest_of, instant
from service.domain.facts import Facts
from service.domain.handback import UnitHandedBack
from service.domain.incident import Incident, Utility
from service.domain.located import Located
from service.domain.party import Party
from service.domain.statement import Statement
from service.domain.triage import RouteJudgement

_FACTS = tuple(field.name for field in fields(Facts))
_FLAGS = ("arson_suspected", "liability_disputed", "facts_disputed", "wide_social_effect")


def record_of(incident: Incident) -> dict[str, Any]:
    """The incident without any fraction: geometry is WKT in WGS 84 with nine decimals."""
    loss, cause, origin, place = incident.loss, incident.cause, incident.origin, incident.place
    return {
        "id": str(incident.id),
        "version": incident.version,
        "station_id": str(incident.station_id),
        "called_at": instant(incident.called_at),
        "response_ended_at": instant(incident.response_ended_at),
        "place": {
            "address": place.address,
            "division_code": place.division_code,
            "kind": place.kind.value,
            "location": _located(place.location),
        },
        "burned_area": _located(incident.burned_area),
        "cause": cause
        and {"kind": cause.kind.value, "official_code": cause.official_code, "text": cause.text},
        "origin": origin and {"text": origin.text, "location": _located(origin.location)},
        "account": incident.account,
        "loss": loss
        and {
            "items": [{"what": i.what, "amount_fen": i.amount_fen} for i in loss.items],
            "whole_fen": loss.whole_fen,
        },
        "casualties": {"dead": incident.casualties.dead, "injured": incident.casualties.injured},
        **{flag: getattr(incident, flag) for flag in _FLAGS},
        "utilities": {
            "gas": _utility(incident.utilities.gas),
            "power": _utility(incident.utilities.power),
            "water": _utility(incident.utilities.water),
        },
        "parties": [_party(party) for party in incident.parties],
        "statements": [_statement(statement) for statement in incident.statements],
        "joined": [str(id) for id in incident.joined],
    }


def facts_record(facts: Facts) -> dict[str, Any]:
    """The facts that triage saw, by their names."""
    return {name: getattr(facts, name) for name in _FACTS}


def judgement_record(found: RouteJudgement) -> list[dict[str, Any]]:
    """Each rule with what came of it."""
    return [{"id": r.rule.id, "seen": r.seen, "outcome": r.outcome.value} for r in found.rules]


def unit_record(unit: UnitHandedBack) -> dict[str, Any]:
    """A unit handed back, or kept shut by hazards."""
    return {
        "id": unit.id,
        "name": unit.name,
        "level": unit.level,
        "open": unit.open,
        "hazards": list(unit.hazards),
    }


def _located(located: Located | None) -> dict[str, Any] | None:
    if located is None:
        return None
    return {
        "wkt": shapely.to_wkt(located.geometry, rounding_precision=9),
        "crs": located.crs,
        "accuracy_mm": round(located.accuracy_m * 1000),
        "fixed_by": located.fixed_by.value,
    }


def _utility(utility: Utility) -> dict[str, Any]:
    return {
        "state": utility.state.value,
        "restored_by": utility.restored_by,
        "restored_at": instant(utility.restored_at),
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "id": str(party.id),
        "name": party.name,
        "capacity": party.capacity.value,
        "id_number": party.id_number,
        "phone": party.phone,
        "unit_ids": list(party.unit_ids),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    signature = statement.signature
    return {
        "id": str(statement.id),
        "party_id": statement.party_id and str(statement.party_id),
        "witness": statement.witness,
        "text": statement.text,
        "facts_heard": statement.facts_heard,
        "objection": statement.objection.value,
        "heard_by": str(statement.heard_by),
        "heard_at": instant(statement.heard_at),
        "signed_digest": signature and signature.digest,
        "strokes_digest": signature and digest_of(repr(signature.strokes)),
    }
