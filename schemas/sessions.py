"""Signing in and sessions on the wire."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from schemas.people import StrictSchema
from service.domain.sessions import DeviceSession


class SignInSchema(StrictSchema):
    """A name and a password, and what the device calls itself, for its person to know it by."""

    username = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 256))
    grant_id = fields.UUID(
        load_default=None, metadata={"description": "to act under this temporary grant of yours"}
    )
    device = fields.String(load_default=None, validate=validate.Length(1, 100))


class SessionSchema(Schema):
    """A session: send the token as `Authorization: Bearer …` until it expires.

    Then the refresh token, which is good once, gives the next pair, until the session ends.
    """

    id = fields.UUID()
    token = fields.String()
    expires_at = fields.AwareDateTime()
    refresh_token = fields.String()
    ends_at = fields.AwareDateTime()
    user = fields.Dict()


class RefreshSchema(StrictSchema):
    """What the session is carried on with."""

    refresh_token = fields.String(required=True, validate=validate.Length(1, 256))


class DeviceSessionSchema(Schema):
    """A sign-in that is open: where, since when, last used when (to the hour)."""

    id = fields.UUID()
    device = fields.String(allow_none=True)
    agent = fields.String(metadata={"description": "what its software says it is"})
    grant_id = fields.UUID(allow_none=True)
    began_at = fields.AwareDateTime()
    used_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    current = fields.Boolean(metadata={"description": "whether this is the one that asks"})


class SessionsEndedSchema(Schema):
    """How many sessions of whom were ended."""

    user_id = fields.UUID()
    ended = fields.Integer()


def device_session_view(session: DeviceSession, *, current: UUID | None) -> dict[str, Any]:
    """A session for the wire."""
    shown = ("id", "device", "agent", "grant_id", "began_at", "used_at", "ends_at")
    members = {name: getattr(session, name) for name in shown}
    return members | {"current": session.id == current}
