"""Incidents as they leave: whole for those at work on one, masked in lists."""

from typing import Any

from schemas.located import geojson, located_view
from service.domain.canonical import digest_of
from service.domain.id_number import masked
from service.domain.incident import Incident, Loss, Origin, RecordedHazard, Utility
from service.domain.party import Party
from service.domain.shown_text import shown_text
from service.domain.statement import Signature, Statement


def incident_members(incident: Incident) -> dict[str, Any]:
    """Everything on record; parties and statements too."""
    return {
        **_head(incident),
        "response_ended_at": incident.response_ended_at,
        "place": {
            "location": located_view(incident.place.location),
            "address": incident.place.address,
            "division_code": incident.place.division_code,
            "kind": incident.place.kind.value,
        },
        "burned_area": located_view(incident.burned_area),
        "cause": incident.cause,
        "origin": _origin(incident.origin),
        "account": incident.account,
        "loss": _loss(incident.loss),
        "casualties": incident.casualties,
        "arson_suspected": incident.arson_suspected,
        "liability_disputed": incident.liability_disputed,
        "facts_disputed": incident.facts_disputed,
        "wide_social_effect": incident.wide_social_effect,
        "utilities": {
            "gas": _utility(incident.utilities.gas),
            "power": _utility(incident.utilities.power),
            "water": _utility(incident.utilities.water),
        },
        "units": list(incident.units),
        "hazards": [_hazard(hazard) for hazard in incident.hazards],
        "clearances": list(incident.clearances),
        "restorations": list(incident.restorations),
        "parties": [party_members(party) for party in incident.parties],
        "statements": [statement_members(incident, each) for each in incident.statements],
    }


def party_view(party: Party, *, incident_version: int) -> dict[str, Any]:
    """A party for the wire, with the version of its incident."""
    return party_members(party) | {"incident_version": incident_version}


def statement_view(statement: Statement, *, incident: Incident) -> dict[str, Any]:
    """A statement for the wire, with the version of its incident."""
    return statement_members(incident, statement) | {"incident_version": incident.version}


def incident_summary(incident: Incident) -> dict[str, Any]:
    """One row of a list: numbers masked, nothing of what was stated or signed."""
    return {
        **_head(incident),
        "place": {
            "geometry": geojson(incident.place.location.geometry),
            "address": incident.place.address,
            "division_code": incident.place.division_code,
            "kind": incident.place.kind.value,
        },
        "cause_kind": incident.cause.kind.value if incident.cause else None,
        "loss_fen": incident.loss.total() if incident.loss else None,
        "parties": [_masked(party) for party in incident.parties],
        "statements": [_signed_or_not(each) for each in incident.statements],
    }


def party_members(party: Party) -> dict[str, Any]:
    """A party, whole."""
    return {
        "id": party.id,
        "version": party.version,
        "name": party.name,
        "capacity": party.capacity.value,
        "id_number": party.id_number,
        "phone": party.phone,
        "unit_ids": list(party.unit_ids),
    }


def statement_members(incident: Incident, statement: Statement) -> dict[str, Any]:
    """A statement with the exact text to show, its digest, and every signature."""
    text = shown_text(incident, statement)
    return {
        **_signed_or_not(statement),
        "witness": statement.witness,
        "text": statement.text,
        "facts_heard": statement.facts_heard,
        "heard_by": statement.heard_by,
        "shown_text": text,
        "shown_digest": digest_of(text),
        "signatures": [signature_view(each) for each in statement.signatures],
    }


def _head(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "version": incident.version,
        "state": incident.state.value,
        "station_id": incident.station_id,
        "drill": incident.drill,
        "called_at": incident.called_at,
        "joined_to": incident.joined_to,
        "joined": list(incident.joined),
    }


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {"text": origin.text, "location": located_view(origin.location)}


def _loss(loss: Loss | None) -> dict[str, Any] | None:
    if loss is None:
        return None
    return {"items": list(loss.items), "whole_fen": loss.whole_fen, "total_fen": loss.total()}


def _utility(utility: Utility) -> dict[str, Any]:
    return {
        "state": utility.state.value,
        "restored_by": utility.restored_by,
        "restored_at": utility.restored_at,
    }


def _hazard(hazard: RecordedHazard) -> dict[str, Any]:
    return {
        "id": hazard.id,
        "what": hazard.what,
        "unit_ids": list(hazard.unit_ids),
        "cleared_at": hazard.cleared_at,
    }


def signature_view(signature: Signature) -> dict[str, Any]:
    """A signature, strokes and all."""
    return {
        "strokes": signature.strokes,
        "digest": signature.digest,
        "device": signature.device,
        "officer_present": signature.officer_present,
        "signed_at": signature.signed_at,
        "voided_at": signature.voided_at,
    }


def _masked(party: Party) -> dict[str, Any]:
    return party_members(party) | {
        "id_number": masked(party.id_number, head=4, tail=4),
        "phone": masked(party.phone, head=3, tail=4),
    }


def _signed_or_not(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "version": statement.version,
        "party_id": statement.party_id,
        "objection": statement.objection.value,
        "heard_at": statement.heard_at,
        "signed": statement.signature is not None,
        "sign_again": statement.must_be_signed_again,
    }
