"""Accesses as they leave: whole for officers, and what an owner reads of the own."""

from typing import Any

from marshmallow import Schema, fields

from schemas.incident_views import signature_view
from schemas.triage import words_view
from service.domain.access import AccessSeen, AccessState, Entry, Grant
from service.domain.access_text import access_text
from service.domain.accessing import entry_warnings
from service.domain.canonical import digest_of


class AccessEntryViewSchema(Schema):
    """An entry: show `shown_text`, and send its `shown_digest` with the signature."""

    id = fields.UUID()
    version = fields.Integer()
    access_id = fields.UUID()
    people = fields.List(fields.String())
    escort = fields.Dict()
    in_at = fields.AwareDateTime()
    out_at = fields.AwareDateTime(allow_none=True)
    removed = fields.List(fields.String())
    photo_ids = fields.List(fields.UUID())
    hazards = fields.Dict(keys=fields.UUID(), values=fields.String())
    recorded_by = fields.UUID()
    recorded_at = fields.AwareDateTime()
    unsigned_because = fields.String(allow_none=True)
    signed = fields.Boolean()
    signatures = fields.List(fields.Dict())
    shown_text = fields.String()
    shown_digest = fields.String()
    warnings = fields.List(fields.Dict())


class AccessShownSchema(Schema):
    """What everybody concerned reads of an access."""

    id = fields.UUID()
    version = fields.Integer()
    state = fields.Enum(AccessState, by_value=True)
    words = fields.Dict()
    unit_ids = fields.List(fields.String())
    purpose = fields.String()
    wanted_from = fields.AwareDateTime()
    wanted_until = fields.AwareDateTime()
    grant = fields.Dict(allow_none=True)
    entries = fields.List(fields.Dict())


class AccessViewSchema(AccessShownSchema):
    """An access, and what became of it."""

    party_id = fields.UUID(allow_none=True)
    asked_by = fields.UUID(allow_none=True)
    asked_at = fields.AwareDateTime()
    refusal = fields.Dict(allow_none=True)


class OwnAccessViewSchema(AccessShownSchema):
    """What an owner reads of the own wish; nobody's name but the escort's."""

    refused_because = fields.String(allow_none=True)


def access_view(seen: AccessSeen) -> dict[str, Any]:
    """An access for officers; an entry's strokes are read with the entry alone."""
    access, denial = seen.access, seen.access.denial
    return {
        **_head(seen),
        "party_id": access.party_id,
        "asked_by": access.asked_by,
        "asked_at": access.asked_at,
        "grant": access.grant and _grant(access.grant),
        "refusal": denial and {"reason": denial.reason, "by": denial.by, "at": denial.at},
        "entries": [_entry(each, seen) for each in access.entries],
    }


def entry_view(entry: Entry, of: AccessSeen) -> dict[str, Any]:
    """An entry, whole."""
    text = access_text(of.access, entry)
    return {
        **_entry(entry, of),
        "access_id": of.access.id,
        "signatures": [signature_view(each) for each in entry.signatures],
        "shown_text": text,
        "shown_digest": digest_of(text),
    }


def own_access_view(seen: AccessSeen) -> dict[str, Any]:
    """An access for the owner who asked, or for whom somebody asked."""
    grant, denial = seen.access.grant, seen.access.denial
    return {
        **_head(seen),
        "grant": grant
        and {
            "unit_ids": grant.unit_ids,
            "begins_at": grant.begins_at,
            "ends_at": grant.ends_at,
            "escort": grant.escort.name,
            "route": grant.route,
            "may_remove": grant.may_remove,
        },
        "refused_because": denial and denial.reason,
        "entries": [
            {"in_at": each.in_at, "out_at": each.out_at, "removed": each.removed}
            for each in seen.access.entries
        ],
    }


def _head(seen: AccessSeen) -> dict[str, Any]:
    access = seen.access
    return {
        "id": access.id,
        "version": access.version,
        "state": seen.state,
        "words": words_view(seen.words),
        "unit_ids": access.unit_ids,
        "purpose": access.purpose,
        "wanted_from": access.wanted_from,
        "wanted_until": access.wanted_until,
    }


def _grant(grant: Grant) -> dict[str, Any]:
    names = ("unit_ids", "begins_at", "ends_at", "route", "may_remove", "hazards", "by", "at")
    escort = {"id": grant.escort.id, "name": grant.escort.name}
    return {name: getattr(grant, name) for name in names} | {"escort": escort}


def _entry(entry: Entry, of: AccessSeen) -> dict[str, Any]:
    names = (
        "id", "version", "people", "in_at", "out_at", "removed", "photo_ids", "hazards",
        "recorded_by", "recorded_at", "unsigned_because",
    )  # fmt: skip
    return {name: getattr(entry, name) for name in names} | {
        "escort": {"id": entry.escort.id, "name": entry.escort.name},
        "signed": entry.signature is not None,
        "warnings": [words_view(each) for each in entry_warnings(of.access, entry, now=of.now)],
    }
