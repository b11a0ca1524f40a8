"""The rule data of photos: from where on a contradiction is told."""

import json
from datetime import timedelta
from pathlib import Path

from marshmallow import fields, validate

from schemas.kinds import Measure, Whole
from schemas.people import StrictSchema
from service.domain.photo_flags import FlagRule

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"

_WORDS = fields.String(validate=validate.Length(2))
_FlagsSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "clock_off_seconds": Whole(0, 86_400, required=True),
        "far_m": Measure(0, 100_000, required=True),
        "apart_m": Measure(0, 100_000, required=True),
        "edited_after_seconds": Whole(0, 86_400, required=True),
        "screen_ratio": Measure(1, 10, required=True),
        "editors": fields.List(_WORDS, required=True),
        "screenshot_words": fields.List(_WORDS, required=True),
    }
)


def read_flag_rule(folder: Path = RULES) -> FlagRule:
    """From where on a reader is told what contradicts itself in a photo.

    Raises: marshmallow.ValidationError, with the field.
    """
    table = _FlagsSchema().load(json.loads((folder / "photos.json").read_text("utf-8")))
    return FlagRule(
        clock_off=timedelta(seconds=table["clock_off_seconds"]),
        far_m=table["far_m"],
        apart_m=table["apart_m"],
        edited_after=timedelta(seconds=table["edited_after_seconds"]),
        screen_ratio=table["screen_ratio"],
        editors=tuple(word.casefold() for word in table["editors"]),
        screenshot_words=tuple(word.casefold() for word in table["screenshot_words"]),
    )
