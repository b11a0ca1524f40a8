"""The simplified procedure on the wire."""

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
from schemas.kinds import Moment, Text
from schemas.people import StrictSchema
from service.domain.simplified import ORDER, SimplifiedProcedure, Step, StepDone

MOST_PARTIES = 200


class StepSchema(StrictSchema):
    """One step as it was done: when, to or with whom, who refused to sign."""

    step = fields.Enum(Step, by_value=True, required=True)
    done_at = Moment(required=True)
    note = Text(2000, load_default="")
    party_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(0, MOST_PARTIES)
    )
    refused_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(0, MOST_PARTIES)
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> StepDone:
        """The step."""
        ids = {name: tuple(data[name]) for name in ("party_ids", "refused_ids")}
        return StepDone(**data | ids)


class StepsSchema(StrictSchema):
    """All steps done so far, in order, the new ones last."""

    steps = fields.List(
        fields.Nested(StepSchema), required=True, validate=validate.Length(1, len(ORDER))
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The steps."""
        return {"steps": tuple(data["steps"])}


class FilingSchema(StrictSchema):
    """Where it was filed."""

    note = Text(2000, load_default="")


class ProcedureViewSchema(Schema):
    """A simplified procedure as it stands; not open to review."""

    incident_id = fields.UUID()
    version = fields.Integer()
    state = fields.String()
    next_step = fields.Enum(Step, by_value=True, allow_none=True)
    investigator_id = fields.UUID()
    steps = fields.List(fields.Nested(StepSchema))
    certificate = fields.Nested(CertificateSchema, allow_none=True)
    filing_due = fields.Nested(DueSchema, allow_none=True)
    filing = fields.Dict(allow_none=True)
    ending = fields.Nested(EndingSchema, allow_none=True)


def procedure_view(found: SimplifiedProcedure, *, whole: bool = False) -> dict[str, Any]:
    """A procedure; with the frozen record itself where it is asked for whole."""
    record, filing = found.record, found.filing
    return {
        "incident_id": found.id,
        "version": found.version,
        "state": found.state,
        "next_step": found.next_step,
        "investigator_id": found.investigator_id,
        "steps": [_step(done) for done in found.steps],
        "certificate": record and certificate_view(record, found.units, None, whole=whole),
        "filing_due": due_view(found.filing_due),
        "filing": filing
        and {
            "made_at": filing.made_at,
            "officer_id": filing.officer_id,
            "note": filing.note,
            "late": filing.late,
        },
        "ending": ending_view(found.ending),
    }


def procedure_whole(found: SimplifiedProcedure) -> dict[str, Any]:
    """A procedure with its frozen record."""
    return procedure_view(found, whole=True)


def _step(done: StepDone) -> dict[str, Any]:
    return {
        "step": done.step,
        "done_at": done.done_at,
        "note": done.note,
        "party_ids": done.party_ids,
        "refused_ids": done.refused_ids,
    }
