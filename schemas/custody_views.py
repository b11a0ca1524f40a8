"""What goes on around a seal as it leaves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from schemas.access_views import AccessViewSchema, access_view
from schemas.seal_tapes import (
    SealCheckViewSchema,
    SealTapeViewSchema,
    check_view,
    down_view,
    tape_view,
)
from service.domain.access import AccessSeen
from service.domain.custody import Custody, CustodyRule
from service.domain.posted_notice import PostedNotice
from service.domain.scene import Scene
from service.domain.supplies import Supply, SupplyRecord
from service.domain.tape_watch import due_at, due_for_check, to_take_down
from service.domain.transfer import Transfer, TransferState


class PostedNoticeViewSchema(Schema):
    """A notice as posted; `scene_version` is the scene's whose range it shows."""

    id = fields.UUID()
    version = fields.Integer()
    photo_id = fields.UUID()
    place = fields.String()
    posted_at = fields.AwareDateTime()
    posted_by = fields.UUID()
    scene_version = fields.Integer()
    taken_down = fields.Dict(allow_none=True)


class SupplyViewSchema(Schema):
    """A supply found off, or restored."""

    id = fields.UUID()
    version = fields.Integer()
    supply = fields.Enum(Supply, by_value=True)
    is_on = fields.Boolean()
    unit_ids = fields.List(fields.String())
    restorer = fields.Dict()
    at = fields.AwareDateTime()
    recorded_by = fields.UUID()


class TransferViewSchema(Schema):
    """A transfer, and the answer to it."""

    id = fields.UUID()
    version = fields.Integer()
    scene_id = fields.UUID()
    incident_id = fields.UUID()
    state = fields.Enum(TransferState, by_value=True)
    to_post_id = fields.UUID()
    reason = fields.String()
    offered_by = fields.UUID()
    offered_at = fields.AwareDateTime()
    answered_by = fields.UUID(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)
    answer = fields.String()


class TransfersSchema(Schema):
    """The transfers that wait for an answer."""

    transfers = fields.List(fields.Nested(TransferViewSchema))


class WatchedTapeSchema(SealTapeViewSchema):
    """A tape, with when it is to be looked at next (None: never more)."""

    due_at = fields.AwareDateTime(allow_none=True)


class CustodyViewSchema(Schema):
    """All of it. `due_for_check` and `to_take_down` are ids of tapes."""

    scene_id = fields.UUID()
    version = fields.Integer()
    notice_posted = fields.Boolean()
    due_for_check = fields.List(fields.UUID())
    to_take_down = fields.List(fields.UUID())
    accesses = fields.List(fields.Nested(AccessViewSchema))
    tapes = fields.List(fields.Nested(WatchedTapeSchema))
    checks = fields.List(fields.Nested(SealCheckViewSchema))
    notices = fields.List(fields.Nested(PostedNoticeViewSchema))
    supplies = fields.List(fields.Nested(SupplyViewSchema))
    transfers = fields.List(fields.Nested(TransferViewSchema))


def custody_view(
    custody: Custody, *, scene: Scene, rule: CustodyRule, now: datetime
) -> dict[str, Any]:
    """All that is on record around a seal."""
    every, plane = rule.check_every, scene.record.plane
    due = due_for_check(custody, every=every, now=now)
    return {
        "scene_id": custody.id,
        "version": custody.version,
        "notice_posted": custody.posted is not None,
        "due_for_check": [tape.id for tape in due],
        "to_take_down": [tape.id for tape in to_take_down(custody, scene)],
        "accesses": [access_view(AccessSeen(access=one, now=now)) for one in custody.accesses],
        "tapes": [
            tape_view(tape, plane) | {"due_at": due_at(custody, tape, every=every)}
            for tape in custody.tapes
        ],
        "checks": [check_view(check) for check in custody.checks],
        "notices": [posted_view(notice) for notice in custody.notices],
        "supplies": [supply_view(record) for record in custody.supplies],
        "transfers": [transfer_view(each, scene_id=custody.id) for each in custody.transfers],
    }


def posted_view(notice: PostedNotice) -> dict[str, Any]:
    """A posted notice."""
    names = ("id", "version", "photo_id", "place", "posted_at", "posted_by", "scene_version")
    return {name: getattr(notice, name) for name in names} | {
        "taken_down": down_view(notice.taken_down)
    }


def supply_view(record: SupplyRecord) -> dict[str, Any]:
    """A supply found off, or restored."""
    names = ("id", "version", "is_on", "unit_ids", "at", "recorded_by")
    return {name: getattr(record, name) for name in names} | {
        "supply": record.supply.value,
        "restorer": {"name": record.restorer.name, "phone": record.restorer.phone},
    }


def transfer_view(transfer: Transfer, *, scene_id: UUID) -> dict[str, Any]:
    """A transfer of a scene."""
    names = (
        "id", "version", "incident_id", "to_post_id", "reason", "offered_by", "offered_at",
        "answered_by", "answered_at", "answer",
    )  # fmt: skip
    return {name: getattr(transfer, name) for name in names} | {
        "scene_id": scene_id,
        "state": transfer.state.value,
    }
