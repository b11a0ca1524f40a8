"""Seal tapes and their checks on the wire."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from schemas.findings import ids
from schemas.kinds import Moment, Text
from schemas.located import geojson
from schemas.people import StrictSchema
from service.domain.errors import GeometryInvalid
from service.domain.intake import LINES, POINTS, take_geometry
from service.domain.plane import Plane, to_wgs84
from service.domain.seal_tapes import (
    Breach,
    Found,
    PlaceKind,
    SealCheck,
    SealTape,
    TakenDown,
    TapePlace,
)
from service.domain.words import Words

MOST_PHOTOS = 200
EDGE_ONLY = Words(
    "警戒带边缘须有图形，其他没有", "an edge has a geometry, and nothing else has one"
)
DOOR_ONLY = Words("门须有door_id，其他没有", "a door has a door_id, and nothing else has one")


class TapePlaceSchema(StrictSchema):
    """Where: `unit_ids` for a unit and for an edge, `door_id` for a door of the plan.

    An edge has a point or a line, drawn on the plan, along the taped shape.
    """

    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    unit_ids = ids(load_default=[])
    door_id = Text(100, shortest=1, load_default=None, allow_none=True)
    geometry = fields.Raw(load_default=None, allow_none=True, metadata={"type": "object"})
    crs = fields.String(load_default="WGS84")
    text = Text(500, load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take the geometry in; its faults keep their JSON pointers."""
        kind, sent, crs = data["kind"], data.pop("geometry"), data.pop("crs")
        if (sent is not None) != (kind is PlaceKind.EDGE):
            raise ValidationError([EDGE_ONLY], "geometry")
        if (data["door_id"] is not None) != (kind is PlaceKind.DOOR):
            raise ValidationError([DOOR_ONLY], "door_id")
        return {**data, "unit_ids": tuple(data["unit_ids"]), "shape": sent and _taken(sent, crs)}


class SealTapeSchema(StrictSchema):
    """A tape as it hangs; `put_up_by` is whoever is signed in where it is left out."""

    number = Text(100, shortest=1, required=True)
    place = fields.Nested(TapePlaceSchema, required=True)
    photo_id = fields.UUID(required=True)
    put_up_at = Moment(required=True)
    put_up_by = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The fields of PutUpTape."""
        return {**data.pop("place"), **data}


class RemovalSchema(StrictSchema):
    """When it came down, and why."""

    at = Moment(required=True)
    reason = Text(1000, shortest=1, required=True)


class BreachSchema(StrictSchema):
    """What was seen of a broken tape, and what was done."""

    seen = Text(2000, shortest=1, required=True)
    done = Text(2000, shortest=1, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Breach:
        """The breach."""
        return Breach(**data)


class SealCheckSchema(StrictSchema):
    """How a tape was found; a broken one with its breach."""

    tape_id = fields.UUID(required=True)
    found = fields.Enum(Found, by_value=True, required=True)
    seen_at = Moment(required=True)
    photo_ids = fields.List(
        fields.UUID(), load_default=[], validate=validate.Length(0, MOST_PHOTOS)
    )
    breach = fields.Nested(BreachSchema, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The fields of CheckTape."""
        return {**data, "photo_ids": tuple(data["photo_ids"])}


class SealTapeViewSchema(Schema):
    """A tape on record."""

    id = fields.UUID()
    version = fields.Integer()
    number = fields.String()
    place = fields.Dict()
    photo_id = fields.UUID()
    put_up_at = fields.AwareDateTime()
    put_up_by = fields.UUID()
    taken_down = fields.Dict(allow_none=True)


class SealCheckViewSchema(Schema):
    """A look at a tape."""

    id = fields.UUID()
    version = fields.Integer()
    tape_id = fields.UUID()
    found = fields.Enum(Found, by_value=True)
    seen_at = fields.AwareDateTime()
    seen_by = fields.UUID()
    photo_ids = fields.List(fields.UUID())
    breach = fields.Dict(allow_none=True)


def tape_view(tape: SealTape, plane: Plane) -> dict[str, Any]:
    """A tape, its edge in WGS 84."""
    return {
        "id": tape.id,
        "version": tape.version,
        "number": tape.number,
        "place": _place(tape.place, plane),
        "photo_id": tape.photo_id,
        "put_up_at": tape.put_up_at,
        "put_up_by": tape.put_up_by,
        "taken_down": down_view(tape.taken_down),
    }


def check_view(check: SealCheck) -> dict[str, Any]:
    """A look at a tape."""
    breach = check.breach
    names = ("id", "version", "tape_id", "seen_at", "seen_by", "photo_ids")
    return {name: getattr(check, name) for name in names} | {
        "found": check.found.value,
        "breach": breach and {"seen": breach.seen, "done": breach.done},
    }


def down_view(down: TakenDown | None) -> dict[str, Any] | None:
    """When a tape or a notice came down."""
    return None if down is None else {"at": down.at, "by": down.by, "reason": down.reason}


def _place(place: TapePlace, plane: Plane) -> dict[str, Any]:
    shape = place.shape
    return {
        "kind": place.kind.value,
        "unit_ids": place.unit_ids,
        "door_id": place.door_id,
        "geometry": None if shape is None else geojson(to_wgs84(shape, plane=plane)),
        "text": place.text,
    }


def _taken(sent: Any, crs: str) -> Any:
    try:
        taken = take_geometry(
            sent, pointer="/geometry", kinds=POINTS | LINES, crs=crs, accuracy_m=0.0
        )
    except GeometryInvalid as refusal:
        raise ValidationError(list(refusal.faults)) from refusal
    return taken.geometry
