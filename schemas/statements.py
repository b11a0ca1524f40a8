"""Statements and signatures on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from schemas.kinds import Flag, Moment, Text
from schemas.people import StrictSchema
from service.domain.signing import MAX_POINTS, MAX_STROKES
from service.domain.statement import Objection
from service.domain.words import Words

PAD = 100_000.0
LONGEST_MS = 3_600_000


class Strokes(fields.Field[Any]):
    """Strokes as lists of [x, y, t]: pixels of the pad, and ms since signing began."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not _is_list(value, MAX_STROKES) or not all(_is_list(s, MAX_POINTS) for s in value):
            raise _said("笔迹应为若干笔，每笔为若干点", "strokes are lists of lists of points")
        if sum(map(len, value)) > MAX_POINTS:
            raise _said(f"笔迹超过{MAX_POINTS}点", f"over {MAX_POINTS} points")
        if not all(_is_point(point) for stroke in value for point in stroke):
            raise _said("每点为[x, y, 毫秒]", "a point is [x, y, milliseconds]")
        return tuple(tuple((float(x), float(y), t) for x, y, t in stroke) for stroke in value)


class SignatureSchema(StrictSchema):
    """Strokes bound to the SHA-256 of the text that was shown (`shown_text` of the statement)."""

    strokes = Strokes(
        required=True,
        metadata={
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "array", "items": {"type": "number"}},
            },
        },
    )
    digest = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))
    device = Text(128, shortest=1, required=True)
    signed_at = Moment(required=True)


class StatementSchema(StrictSchema):
    """What a party, or a named witness, stated; signed or not yet."""

    party_id = fields.UUID(load_default=None, allow_none=True)
    witness = Text(100, load_default=None, allow_none=True)
    text = Text(20_000, shortest=1, required=True)
    facts_heard = Flag(load_default=False)
    objection = fields.Enum(Objection, by_value=True, load_default=Objection.NONE)
    heard_at = Moment(required=True)
    signature = fields.Nested(SignatureSchema, load_default=None, allow_none=True)

    @validates_schema
    def one_speaker(self, data: dict[str, Any], **_: Any) -> None:
        """A statement has one speaker: a party on record, or a witness by name."""
        if bool(data.get("party_id")) == bool(data.get("witness")):
            raise ValidationError(
                [Words("当事人或证人，二者填一", "give either party_id or witness")],
                "party_id",
            )

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The fields of RecordStatement; a blank witness is none."""
        return {**data, "witness": data["witness"] or None}


def _is_list(value: Any, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


def _is_point(point: Any) -> bool:
    if not _is_list(point, 3) or len(point) != 3:
        return False
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in point):
        return False
    x, y, t = point
    return abs(x) <= PAD and abs(y) <= PAD and isinstance(t, int) and 0 <= t <= LONGEST_MS


def _said(zh: str, en: str) -> ValidationError:
    return ValidationError([Words(zh, en)])
