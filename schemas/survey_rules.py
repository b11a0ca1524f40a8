"""The rule data of surveys: how long a step takes where nobody says."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from marshmallow import ValidationError, fields, validate

from schemas.people import StrictSchema
from service.domain.findings import Stage
from service.domain.holds import HoldKind
from service.domain.survey_order import MOST_MINUTES
from service.domain.survey_pending import SURVEYED, Durations

RULES = Path(__file__).resolve().parents[1] / "service" / "rules"

_MINUTES = fields.Integer(strict=True, validate=validate.Range(1, MOST_MINUTES))


def _names_all(kinds: Sequence[object]) -> Callable[[dict[object, int]], None]:
    def check(minutes: dict[object, int]) -> None:
        missing = [str(kind) for kind in kinds if kind not in minutes]
        if missing:
            raise ValidationError(f"It lacks {', '.join(missing)}.")

    return check


_DurationsSchema = StrictSchema.from_dict(
    {
        "version": fields.String(required=True),
        "source": fields.String(required=True),
        "assumption": fields.Boolean(required=True),
        "holds_minutes": fields.Dict(
            keys=fields.Enum(HoldKind, by_value=True),
            values=_MINUTES,
            required=True,
            validate=_names_all([*SURVEYED, HoldKind.DISPUTE]),
        ),
        "stages_minutes": fields.Dict(
            keys=fields.Enum(Stage, by_value=True),
            values=_MINUTES,
            required=True,
            validate=_names_all(list(Stage)),
        ),
    }
)


def read_durations(folder: Path = RULES) -> Durations:
    """The usual durations of survey steps.

    Raises: marshmallow.ValidationError, with the field.
    """
    text = (folder / "survey_durations.json").read_text("utf-8")
    table = _DurationsSchema().load(json.loads(text))
    return Durations(
        source=table["source"],
        assumed=table["assumption"],
        holds_minutes=table["holds_minutes"],
        stages_minutes=table["stages_minutes"],
    )
