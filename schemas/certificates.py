"""What registrations and simplified procedures share on the wire: certificate, units, ends."""

from typing import Any

from marshmallow import Schema, fields

from service.domain.calendar import Due
from service.domain.facts import Facts
from service.domain.frozen import FrozenRecord
from service.domain.handback import UnitHandedBack
from service.domain.record import facts_record, unit_record
from service.domain.registration import Ending


class UnitHandedBackSchema(Schema):
    """A unit: open again, or shut by the hazards named until each is cleared."""

    id = fields.String()
    name = fields.String()
    level = fields.String()
    open = fields.Boolean()
    hazards = fields.List(fields.String())


class DueSchema(Schema):
    """When a term ends, UTC; null while a pause lasts; provisional where days may yet move."""

    at = fields.AwareDateTime(allow_none=True)
    provisional = fields.Boolean()


class CertificateSchema(Schema):
    """Certificate data: the number, who and when, the digest of the record, the verify code.

    `record` is the frozen canonical JSON (RFC 8785): its SHA-256 is `digest`. Only GET has it.
    """

    number = fields.String()
    kind = fields.String()
    drill = fields.Boolean()
    office = fields.String()
    officer = fields.String()
    frozen_at = fields.AwareDateTime()
    digest = fields.String()
    verify_code = fields.String()
    units = fields.List(fields.Nested(UnitHandedBackSchema))
    facts = fields.Dict()
    record = fields.String()


class EndingSchema(Schema):
    """Why it ended."""

    reason = fields.String()
    rule_ids = fields.List(fields.String())
    at = fields.AwareDateTime()
    officer_id = fields.UUID()


def certificate_view(
    record: FrozenRecord, units: tuple[UnitHandedBack, ...], facts: Facts | None, *, whole: bool
) -> dict[str, Any]:
    """The certificate's data; with the record itself where it is asked for whole."""
    view: dict[str, Any] = {
        "number": record.number,
        "kind": record.kind,
        "drill": record.drill,
        "office": record.office_name,
        "officer": record.officer_name,
        "frozen_at": record.frozen_at,
        "digest": record.digest,
        "verify_code": record.verify_code,
        "units": [unit_record(unit) for unit in units],
    }
    if facts is not None:
        view["facts"] = facts_record(facts)
    if whole:
        view["record"] = record.text
    return view


def due_view(due: Due | None) -> dict[str, Any] | None:
    """When something is due."""
    return None if due is None else {"at": due.at, "provisional": due.provisional}


def ending_view(ending: Ending | None) -> dict[str, Any] | None:
    """Why it ended, if it has."""
    if ending is None:
        return None
    return {
        "reason": ending.reason,
        "rule_ids": ending.rule_ids,
        "at": ending.at,
        "officer_id": ending.officer_id,
    }
