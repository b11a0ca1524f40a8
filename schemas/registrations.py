"""Registrations on the wire: what is asked, and how one stands."""

import json
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from schemas.certificates import (
    CertificateSchema,
    DueSchema,
    EndingSchema,
    certificate_view,
    due_view,
    ending_view,
)
from schemas.incidents import CauseSchema, LossItemSchema
from schemas.kinds import Moment, Text, Whole, many
from schemas.parties import must_be_id_number
from schemas.people import StrictSchema
from service.domain.registration import (
    Correction,
    Decision,
    Registration,
    RegistrationState,
    Supplement,
)
from service.domain.supplementing import HandedIn


class RegisterSchema(StrictSchema):
    """Nothing is entered again; the incident's version may be named, to register just that."""

    incident_version = Whole(1, 10**9, load_default=None, allow_none=True)
    observed_at = Moment(load_default=None, allow_none=True)


class SupplementSchema(StrictSchema):
    """The rule something is owed for, and the one thing it asks."""

    rule_id = fields.String(required=True, validate=validate.Length(1, 100))
    id_numbers = fields.Dict(keys=fields.UUID(), values=Text(64, shortest=1), load_default=dict)
    loss_items = many(LossItemSchema, 500, load_default=[])
    cause = fields.Nested(CauseSchema, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The rule, and what is handed in for it."""
        for number in data["id_numbers"].values():
            must_be_id_number(number)
        handed_in = HandedIn(
            id_numbers=data["id_numbers"],
            loss_items=tuple(data["loss_items"]),
            cause=data["cause"],
        )
        return {"rule_id": data["rule_id"], "handed_in": handed_in}


class ReportUpSchema(StrictSchema):
    """The report; when the phone sent it."""

    observed_at = Moment(load_default=None, allow_none=True)


class ReviewSchema(StrictSchema):
    """Accept, or return with the reason."""

    decision = fields.Enum(Decision, by_value=True, required=True)
    reason = Text(2000, shortest=1, required=True)


class StrikingOffSchema(StrictSchema):
    """Why it was no fire in the sense of the statistics."""

    reason = Text(2000, shortest=1, required=True)


class RegistrationViewSchema(Schema):
    """A registration as it stands. The frozen record never changes; the rest stands beside it."""

    incident_id = fields.UUID()
    version = fields.Integer()
    state = fields.Enum(RegistrationState, by_value=True)
    certificate = fields.Nested(CertificateSchema)
    report_due = fields.Nested(DueSchema)
    reports = fields.List(fields.Dict())
    reviews = fields.List(fields.Dict())
    owed = fields.List(fields.Dict())
    supplements = fields.List(fields.Dict())
    corrections = fields.List(fields.Dict())
    ending = fields.Nested(EndingSchema, allow_none=True)


def registration_view(found: Registration, *, whole: bool = False) -> dict[str, Any]:
    """A registration; with the frozen record itself where it is asked for whole."""
    outstanding = {item.rule_id for item in found.outstanding}
    return {
        "incident_id": found.id,
        "version": found.version,
        "state": found.state,
        "certificate": certificate_view(found.record, found.units, found.facts, whole=whole),
        "report_due": due_view(found.report_due),
        "reports": [
            {"made_at": made.made_at, "officer_id": made.officer_id, "late": made.late}
            for made in found.reports
        ],
        "reviews": [
            {
                "decision": made.decision,
                "reason": made.reason,
                "made_at": made.made_at,
                "officer_id": made.officer_id,
            }
            for made in found.reviews
        ],
        "owed": [
            {
                "rule_id": item.rule_id,
                "due": due_view(item.due),
                "outstanding": item.rule_id in outstanding,
            }
            for item in found.owed
        ],
        "supplements": [_supplement(given) for given in found.supplements],
        "corrections": [_correction(made) for made in found.corrections],
        "ending": ending_view(found.ending),
    }


def registration_whole(found: Registration) -> dict[str, Any]:
    """A registration with its frozen record."""
    return registration_view(found, whole=True)


def _supplement(given: Supplement) -> dict[str, Any]:
    return {
        "id": given.id,
        "rule_id": given.rule_id,
        "content": json.loads(given.content),
        "given_at": given.given_at,
        "officer_id": given.officer_id,
        "late": given.late,
    }


def _correction(made: Correction) -> dict[str, Any]:
    return {
        "id": made.id,
        "pointer": made.pointer,
        "was": json.loads(made.was),
        "becomes": json.loads(made.becomes),
        "reason": made.reason,
        "signed_digest": made.signature.digest,
        "made_at": made.made_at,
        "officer_id": made.officer_id,
    }
