"""What is said of photos on the wire: where from, taken out and why, what looks alike."""

from typing import Any

from marshmallow import Schema, fields, post_load

from schemas.kinds import Measure, Text
from schemas.located import PointSchema, located_view
from schemas.people import StrictSchema
from schemas.triage import words_view
from service.domain.photo import Photo
from service.domain.photo_fingerprint import NEAR, Alike
from service.domain.photo_flags import Flag, FlagKind, Source
from service.domain.photo_removal import GROUND_NAMES, Removal, RemovalGround
from service.domain.powers import Role
from service.domain.standpoint import Standpoint


class StandpointSchema(StrictSchema):
    """Where a photo was taken from; `level` is one of the scene's plan, where there is a plan.

    `looking_deg` is where the lens looked, clockwise from true north.
    """

    level = Text(100, shortest=1, load_default=None, allow_none=True)
    location = fields.Nested(PointSchema, required=True)
    looking_deg = Measure(0.0, 360.0, load_default=None, allow_none=True)

    @post_load
    def turned(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A whole turn is none."""
        looking = data["looking_deg"]
        return data | {"looking_deg": None if looking is None else looking % 360.0}


class PhotoRemovalSchema(StrictSchema):
    """Why a photo is taken out of the file."""

    ground = fields.Enum(RemovalGround, by_value=True, required=True)
    reason = Text(500, shortest=2, required=True)


class StandpointViewSchema(Schema):
    """Where a photo was taken from, by an officer's word."""

    photo_id = fields.UUID()
    version = fields.Integer()
    level = fields.String(allow_none=True)
    location = fields.Dict()
    looking_deg = fields.Float(allow_none=True)
    officer_id = fields.UUID()
    placed_at = fields.AwareDateTime()


class PhotoRemovalViewSchema(Schema):
    """Who took the photo out of the file, in which role and at which post, and why."""

    photo_id = fields.UUID()
    ground = fields.Enum(RemovalGround, by_value=True)
    ground_name = fields.Dict(keys=fields.String(), values=fields.String())
    reason = fields.String()
    officer_id = fields.UUID()
    role = fields.Enum(Role, by_value=True)
    post_id = fields.UUID()
    removed_at = fields.AwareDateTime()


class FlagViewSchema(Schema):
    """What in the photo's own words contradicts itself or the fire."""

    kind = fields.Enum(FlagKind, by_value=True)
    words = fields.Dict(keys=fields.String(), values=fields.String())
    sources = fields.List(fields.Enum(Source, by_value=True))


class AlikePhotoSchema(Schema):
    """Another photo, and by how many of 64 bits it looks different."""

    id = fields.UUID()
    incident_id = fields.UUID()
    distance = fields.Integer()
    same_original = fields.Boolean()
    received_at = fields.AwareDateTime()
    preview = fields.String()


class AlikeViewSchema(Schema):
    """Photos `within` so many bits, the nearest first, of incidents that one may read."""

    photo_id = fields.UUID()
    within = fields.Integer()
    alike = fields.List(fields.Nested(AlikePhotoSchema))


def standpoint_view(standpoint: Standpoint) -> dict[str, Any]:
    """A standpoint for the wire."""
    return {
        "photo_id": standpoint.id,
        "version": standpoint.version,
        "level": standpoint.level,
        "location": located_view(standpoint.location),
        "looking_deg": standpoint.looking_deg,
        "officer_id": standpoint.officer_id,
        "placed_at": standpoint.placed_at,
    }


def removal_view(removal: Removal) -> dict[str, Any]:
    """A removal for the wire."""
    return {
        "photo_id": removal.photo_id,
        "ground": removal.ground.value,
        "ground_name": words_view(GROUND_NAMES[removal.ground]),
        "reason": removal.reason,
        "officer_id": removal.officer_id,
        "role": removal.role.value,
        "post_id": removal.post_id,
        "removed_at": removal.removed_at,
    }


def flag_view(flag: Flag) -> dict[str, Any]:
    """A flag for the wire."""
    return {
        "kind": flag.kind.value,
        "words": words_view(flag.words),
        "sources": [source.value for source in flag.sources],
    }


def alike_view(photo: Photo, found: list[Alike]) -> dict[str, Any]:
    """What looks like a photo, for the wire."""
    return {
        "photo_id": photo.id,
        "within": NEAR,
        "alike": [
            {
                "id": each.photo.id,
                "incident_id": each.photo.incident_id,
                "distance": each.distance,
                "same_original": each.photo.digest == photo.digest,
                "received_at": each.photo.received_at,
                "preview": f"/v1/incidents/{each.photo.incident_id}/photos/{each.photo.id}/preview",
            }
            for each in found
        ],
    }
