"""Supervision on the wire: figures of a month, and warnings."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from schemas.people import StrictSchema
from schemas.scene_view_schemas import FiguresSchema
from schemas.scene_views import figures_view
from service.domain.figures import MonthFigures


class MonthQuery(StrictSchema):
    """Which post (the own one unless named), which legal month."""

    post_id = fields.UUID(load_default=None)
    month = fields.String(required=True, validate=validate.Regexp(r"20\d\d-(0[1-9]|1[0-2])\Z"))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The month by its first day."""
        return {**data, "month": date.fromisoformat(f"{data['month']}-01")}


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
