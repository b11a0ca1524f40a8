"""Investigations on the wire."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from schemas.certificates import DueSchema, due_view
from schemas.kinds import Moment, Text
from schemas.people import StrictSchema
from service.domain.investigation import Ground, Investigation, RecordedPause, Team

MOST_INVESTIGATORS = 50


class TeamSchema(StrictSchema):
    """Who investigates, and who leads."""

    lead_officer_id = fields.UUID(required=True)
    investigator_ids = fields.List(
        fields.UUID(), required=True, validate=validate.Length(1, MOST_INVESTIGATORS)
    )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The team, and what else there is."""
        team = Team(
            lead_officer_id=data.pop("lead_officer_id"),
            investigator_ids=tuple(data.pop("investigator_ids")),
        )
        return {"team": team, **data}


class InvestigationSchema(TeamSchema):
    """Who investigates, who leads, why; and the government body it was handed over to, if any."""

    ground = fields.Enum(Ground, by_value=True, load_default=Ground.NOT_ELIGIBLE)
    reason = Text(2000, load_default="")
    handed_over_to = Text(200, shortest=1, load_default=None, allow_none=True)


class PauseSchema(StrictSchema):
    """Time for tests or appraisals; without its end while it lasts."""

    begun_at = Moment(required=True)
    ended_at = Moment(load_default=None, allow_none=True)
    reason = Text(2000, shortest=1, required=True)


class ExtensionSchema(StrictSchema):
    """Why 30 more days are given."""

    reason = Text(2000, shortest=1, required=True)


class InvestigationViewSchema(Schema):
    """An investigation as it stands; `due` is when the determination is."""

    incident_id = fields.UUID()
    version = fields.Integer()
    ground = fields.Enum(Ground, by_value=True)
    reason = fields.String()
    lead_officer_id = fields.UUID()
    investigator_ids = fields.List(fields.UUID())
    opened_at = fields.AwareDateTime()
    opened_by = fields.UUID()
    alarm_at = fields.AwareDateTime()
    due = fields.Nested(DueSchema)
    pauses = fields.List(fields.Dict())
    extension = fields.Dict(allow_none=True)
    handed_over_to = fields.String(allow_none=True)


def investigation_view(found: Investigation) -> dict[str, Any]:
    """An investigation."""
    extension = found.extension
    return {
        "incident_id": found.id,
        "version": found.version,
        "ground": found.ground,
        "reason": found.reason,
        "lead_officer_id": found.team.lead_officer_id,
        "investigator_ids": found.team.investigator_ids,
        "opened_at": found.opened_at,
        "opened_by": found.opened_by,
        "alarm_at": found.alarm_at,
        "due": due_view(found.due),
        "pauses": [_pause(recorded) for recorded in found.pauses],
        "extension": extension
        and {
            "days": extension.days,
            "reason": extension.reason,
            "approved_at": extension.approved_at,
            "approved_by": extension.approved_by,
        },
        "handed_over_to": found.handed_over_to,
    }


def _pause(recorded: RecordedPause) -> dict[str, Any]:
    return {
        "id": recorded.id,
        "begun_at": recorded.pause.begun_at,
        "ended_at": recorded.pause.ended_at,
        "reason": recorded.reason,
        "officer_id": recorded.officer_id,
    }
