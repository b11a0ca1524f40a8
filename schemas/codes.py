"""Codes and what they show, on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from schemas.access_views import OwnAccessViewSchema, own_access_view
from schemas.people import StrictSchema
from schemas.triage import words_view
from service.domain.codes import LONGEST_DAYS, Code, CodeKind, Issued
from service.domain.reopening import UnitState, UnitStatus
from service.domain.status import STATE_WORDS, Headline, OwnersView

DAYS = 90


class OwnerCodeSchema(StrictSchema):
    """For whom, and for how long."""

    party_id = fields.UUID(required=True)
    days = fields.Integer(strict=True, load_default=DAYS, validate=validate.Range(1, LONGEST_DAYS))


class NothingSchema(StrictSchema):
    """No member at all."""


class CodeViewSchema(Schema):
    """A code as officers know it; `code` and `path` are shown once, when it is made."""

    id = fields.UUID()
    kind = fields.Enum(CodeKind, by_value=True)
    party_id = fields.UUID(allow_none=True)
    issued_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    code = fields.String(allow_none=True)
    path = fields.String(allow_none=True)


class UnitStatusSchema(Schema):
    """One unit; the notice's code shows no reasons."""

    unit = fields.String()
    name = fields.String()
    level = fields.String()
    state = fields.Enum(UnitState, by_value=True)
    words = fields.Dict()
    reasons = fields.List(fields.Dict())
    remains = fields.List(fields.Dict())


class StatusSchema(Schema):
    """What a code shows."""

    headline = fields.Enum(Headline, by_value=True)
    address = fields.String()
    units = fields.List(fields.Nested(UnitStatusSchema))
    expected_at = fields.AwareDateTime(allow_none=True)
    contact = fields.Dict()
    accesses = fields.List(fields.Nested(OwnAccessViewSchema))


def code_view(code: Code) -> dict[str, Any]:
    """A code without its secret."""
    return {
        "id": code.id,
        "kind": code.kind,
        "party_id": code.party_id,
        "issued_at": code.issued_at,
        "expires_at": code.expires_at,
        "ended_at": code.ended_at,
        "code": None,
        "path": None,
    }


def issued_view(issued: Issued) -> dict[str, Any]:
    """A code just made, with its secret."""
    letter = "o" if issued.code.kind is CodeKind.OWNER else "n"
    return code_view(issued.code) | {
        "code": issued.secret,
        "path": f"/{letter}/{issued.secret}",
    }


def status_view(view: OwnersView) -> dict[str, Any]:
    """All that an owner is shown."""
    return {
        "headline": view.headline,
        "address": view.address,
        "units": [
            _unit(unit, view)
            | {
                "reasons": [words_view(each) for each in unit.reasons],
                "remains": [words_view(each) for each in unit.remains],
            }
            for unit in view.units
        ],
        "expected_at": view.expected_at,
        "contact": {
            "post": view.contact.post,
            "phone": view.contact.phone,
            "officer": view.contact.officer,
        },
        "accesses": [own_access_view(each) for each in view.accesses],
    }


def notice_view(view: OwnersView) -> dict[str, Any]:
    """Units, and whether each is open: nothing else."""
    return {"units": [_unit(unit, view) for unit in view.units]}


def _unit(unit: UnitStatus, view: OwnersView) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "name": unit.name,
        "level": view.level_names.get(unit.level, unit.level),
        "state": unit.state.value,
        "words": words_view(STATE_WORDS[unit.state]),
    }
