"""The way out on the wire: who is shut in, and by which seal."""

from typing import Any

from marshmallow import Schema, fields

from schemas.triage import words_view
from service.domain.way_out import Way
from service.domain.way_told import WayOutTold


class ShutInSchema(Schema):
    """A unit without its way out (`none`), or with a passage under 1.2 m only (`narrow`)."""

    unit = fields.String()
    name = fields.String()
    way = fields.Enum(Way, by_value=True)
    blocked_by = fields.List(fields.String())
    words = fields.Dict()
    remedies = fields.List(fields.String())


class WayOutSchema(Schema):
    """Whom the seal shuts in; `known` is false where the plan shows no doors.

    `undrawn`: closed units for which the plan draws no way out even without a seal.
    """

    known = fields.Boolean()
    shut_in = fields.List(fields.Nested(ShutInSchema))
    undrawn = fields.List(fields.String())


def way_out_view(told: WayOutTold) -> dict[str, Any]:
    """Who is shut in, by which seal, and what is done for them."""
    return {
        "known": told.known,
        "shut_in": [
            {
                "unit": each.unit,
                "name": each.name,
                "way": each.way.value,
                "blocked_by": each.blocked_by,
                "words": words_view(each.words),
                "remedies": each.remedies,
            }
            for each in told.shut_in
        ],
        "undrawn": told.undrawn,
    }
