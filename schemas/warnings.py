"""Warnings on the wire: what is late, or about to be."""

from typing import Any

from marshmallow import Schema, fields

from schemas.triage import words_view
from service.domain.deadlines import Matter, Warned


class WarnedSchema(Schema):
    """One thing that is late, or about to be; `about`: the extension or the objection."""

    matter = fields.Enum(Matter, by_value=True)
    due_at = fields.AwareDateTime()
    late = fields.Boolean()
    words = fields.Dict()
    about = fields.UUID(allow_none=True)


def warned_view(each: Warned) -> dict[str, Any]:
    """One warning."""
    return {
        "matter": each.matter.value,
        "due_at": each.due_at,
        "late": each.late,
        "words": words_view(each.words),
        "about": each.about,
    }
