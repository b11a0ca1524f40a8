"""What a list of incidents may be asked, and the cursor between its pages."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from schemas.kinds import Moment, Text
from schemas.people import StrictSchema
from service.domain.incident import State
from service.domain.incident_query import Around, IncidentQuery, Mark
from service.domain.words import Words

LARGEST_PAGE = 200
WIDEST_M = 100_000.0


class Numbers(fields.Field[tuple[float, ...]]):
    """So many finite numbers between commas, each within its bounds."""

    def __init__(self, *bounds: tuple[float, float], **options: Any) -> None:
        super().__init__(metadata={"type": "string"}, **options)
        self.bounds = bounds

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[float, ...]:
        try:
            numbers = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != len(self.bounds) or not all(
            low <= number <= high for number, (low, high) in zip(numbers, self.bounds, strict=True)
        ):
            raise _said(f"应为{len(self.bounds)}个逗号分隔、不越界的数", "numbers between commas")
        return numbers


class Cursor(fields.Field[Mark]):
    """The `next` of the page before."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Mark:
        try:
            called_at, id = msgspec.json.decode(
                base64.urlsafe_b64decode(str(value).encode()), type=tuple[datetime, UUID]
            )
        except (ValueError, msgspec.MsgspecError) as fault:
            raise _said("游标无效", "not a cursor of this list") from fault
        if called_at.tzinfo is None:
            raise _said("游标无效", "not a cursor of this list")
        return Mark(called_at=called_at, id=id)


class IncidentQuerySchema(StrictSchema):
    """Conditions of a list; all given must hold. bbox: west,south,east,north; near: lon,lat."""

    bbox = Numbers((-180, 180), (-90, 90), (-180, 180), (-90, 90), load_default=None)
    near = Numbers((-180, 180), (-89, 89), load_default=None)
    within_m = fields.Float(load_default=200.0, validate=validate.Range(0, WIDEST_M))
    since = Moment(load_default=None)
    until = Moment(load_default=None)
    state = fields.List(fields.Enum(State, by_value=True), load_default=[])
    station_id = fields.UUID(load_default=None)
    drill = fields.Boolean(load_default=None)
    text = Text(100, shortest=1, load_default=None)
    after = Cursor(load_default=None, metadata={"type": "string"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, LARGEST_PAGE))

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """A box has its south below its north, its west before its east."""
        west, south, east, north = data.get("bbox") or (0, 0, 0, 0)
        if west > east or south > north:
            raise ValidationError([Words("应为西,南,东,北", "west,south,east,north")], "bbox")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The query; whose it is comes later."""
        near, reach_m = data.pop("near"), data.pop("within_m")
        query = IncidentQuery(
            within="/",
            box=data.pop("bbox"),
            around=Around(lon=near[0], lat=near[1], reach_m=reach_m) if near else None,
            states=tuple(data.pop("state")),
            **data,
        )
        return {"query": query}


def cursor_of(mark: Mark | None) -> str | None:
    """The mark as text for the address of the next page."""
    if mark is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode((mark.called_at, mark.id))).decode()


def _said(zh: str, en: str) -> ValidationError:
    return ValidationError([Words(zh, en)])
