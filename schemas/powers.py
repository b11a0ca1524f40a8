"""Grants, systems' keys and refusals on the wire."""

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from marshmallow import Schema, fields, validate

from schemas.people import StrictSchema
from service.domain.grants import Grant
from service.domain.powers import PEOPLES, Operation, Role
from service.domain.refused import RefusalRecord, RefusalsPage
from service.domain.system_keys import LONGEST_DAYS, IssuedKey, SystemKey

DAYS = 90


class GrantSchema(StrictSchema):
    """Who may act as what, at which post and below, until when, and why."""

    user_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True, validate=validate.OneOf(PEOPLES))
    post_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 200))
    ends_at = fields.AwareDateTime(required=True)


class GrantViewSchema(Schema):
    """A grant as it stands."""

    id = fields.UUID()
    user_id = fields.UUID()
    role = fields.Enum(Role, by_value=True)
    post_id = fields.UUID()
    reason = fields.String()
    granted_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer()


class SystemKeySchema(StrictSchema):
    """Which system, what it may read, at which post and below, for how many days."""

    name = fields.String(required=True, validate=validate.Length(1, 100))
    post_id = fields.UUID(required=True)
    scopes = fields.List(
        fields.Enum(Operation, by_value=True),
        required=True,
        validate=validate.Length(1, len(Operation)),
    )
    days = fields.Integer(strict=True, load_default=DAYS, validate=validate.Range(1, LONGEST_DAYS))


class SystemKeyViewSchema(Schema):
    """A key as administrators know it; `key` is shown once, when it is made."""

    id = fields.UUID()
    name = fields.String()
    post_id = fields.UUID()
    scopes = fields.List(fields.Enum(Operation, by_value=True))
    issued_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    key = fields.String(allow_none=True)


class RefusalMark(fields.Field[tuple[datetime, UUID]]):
    """Where a page ended, as opaque text."""

    default_error_messages = {"invalid": "Not a cursor of this service."}  # noqa: RUF012

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[datetime, UUID]:
        try:
            raw = base64.urlsafe_b64decode(str(value).encode())
            return msgspec.json.decode(raw, type=tuple[datetime, UUID])
        except (ValueError, binascii.Error, msgspec.DecodeError) as fault:
            raise self.make_error("invalid") from fault


class RefusalsQuery(StrictSchema):
    """Whose: at this post and below (left out: the own post)."""

    post_id = fields.UUID(load_default=None)
    before = RefusalMark(
        load_default=None,
        metadata={"type": "string", "description": "next of the page before"},
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RefusalSchema(Schema):
    """Something that somebody signed in may not do and tried."""

    id = fields.UUID()
    at = fields.AwareDateTime()
    officer_id = fields.UUID()
    role = fields.Enum(Role, by_value=True)
    post_id = fields.UUID()
    operation = fields.String()
    why = fields.String()
    route = fields.String()


class RefusalsPageSchema(Schema):
    """Some refusals, the latest first, and before which the next page begins."""

    refusals = fields.List(fields.Nested(RefusalSchema))
    next = fields.String(allow_none=True)


def grant_view(grant: Grant) -> dict[str, Any]:
    """A grant for the wire."""
    return {name: getattr(grant, name) for name in Grant.__slots__}


def system_key_view(key: SystemKey) -> dict[str, Any]:
    """A key without its secret."""
    return {
        "id": key.id,
        "name": key.name,
        "post_id": key.post_id,
        "scopes": list(key.scopes),
        "issued_at": key.issued_at,
        "expires_at": key.expires_at,
        "ended_at": key.ended_at,
        "key": None,
    }


def issued_key_view(issued: IssuedKey) -> dict[str, Any]:
    """A key just made, with its secret."""
    return system_key_view(issued.key) | {"key": issued.secret}


def refusals_view(page: RefusalsPage) -> dict[str, Any]:
    """A page for the wire."""
    return {
        "refusals": [_refusal(each) for each in page.refusals],
        "next": page.next and base64.urlsafe_b64encode(msgspec.json.encode(page.next)).decode(),
    }


def _refusal(record: RefusalRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in RefusalRecord.__slots__}
