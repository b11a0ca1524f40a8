"""Supervision on the wire: figures of a month, and warnings."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate

from schemas.people import StrictSchema
from schemas.scene_view_schemas import FiguresSchema
from schemas.scene_views import figures_view
from schemas.warnings import WarnedSchema, warned_view
from service.domain.due import DueKind, WarningsPage
from service.domain.figures import MonthFigures
from service.domain.words import Words


class MonthQuery(StrictSchema):
    """Which post (the own one unless named), which legal month."""

    post_id = fields.UUID(load_default=None)
    month = fields.String(required=True, validate=validate.Regexp(r"20[0-9]{2}-(0[1-9]|1[0-2])\Z"))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The month by its first day."""
        return {**data, "month": date.fromisoformat(f"{data['month']}-01")}


class CursorField(fields.Field[Any]):
    """Where a page ended: a time and an id, as `next` gave them."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[datetime, UUID]:
        at, _mark, id = str(value).partition("~")
        try:
            return datetime.fromisoformat(at).astimezone(UTC), UUID(id)
        except ValueError as fault:
            words = Words("不是本服务给出的next", "it is no `next` of this service")
            raise ValidationError([words]) from fault


class WarningsQuery(StrictSchema):
    """Which post (the own one unless named); `after` is the `next` of the page before."""

    post_id = fields.UUID(load_default=None)
    after = CursorField(load_default=None, metadata={"type": "string"})


class WarnedOfSchema(Schema):
    """A record with what is late there, or about to be."""

    kind = fields.Enum(DueKind, by_value=True)
    id = fields.UUID()
    incident_id = fields.UUID()
    drill = fields.Boolean()
    warnings = fields.List(fields.Nested(WarnedSchema))


class WarningsPageSchema(Schema):
    """Records with warnings, the most urgent first."""

    items = fields.List(fields.Nested(WarnedOfSchema))
    next = fields.String(allow_none=True)


class MonthFiguresSchema(Schema):
    """The sums of a month; `scenes` is how many of them were sealed in it."""

    post_id = fields.UUID()
    month = fields.String()
    scenes = fields.Integer()
    figures = fields.Nested(FiguresSchema)


def month_figures_view(found: MonthFigures) -> dict[str, Any]:
    """What the seals of a month have cost."""
    return {
        "post_id": found.post_id,
        "month": f"{found.month:%Y-%m}",
        "scenes": found.scenes,
        "figures": figures_view(found.figures),
    }


def warnings_view(page: WarningsPage) -> dict[str, Any]:
    """A page of what is late."""
    return {
        "items": [
            {
                "kind": each.item.kind.value,
                "id": each.item.id,
                "incident_id": each.item.incident_id,
                "drill": each.item.drill,
                "warnings": [warned_view(one) for one in each.warnings],
            }
            for each in page.items
        ],
        "next": None if page.next is None else f"{page.next[0].isoformat()}~{page.next[1]}",
    }
