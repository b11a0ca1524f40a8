"""service/rules/drawing_layers.json: what drawings' layers are called, read and checked."""

import json
from pathlib import Path

from marshmallow import ValidationError, fields, validate

from schemas.people import StrictSchema
from service.domain.plan_kinds import FeatureKind
from service.domain.plan_layers import LayerWords

FILE = Path(__file__).resolve().parents[1] / "service" / "rules" / "drawing_layers.json"


class _RowSchema(StrictSchema):
    """The words for one kind."""

    kind = fields.Enum(FeatureKind, by_value=True, required=True)
    words = fields.List(fields.String(validate=validate.Length(1)), required=True)


class _TableSchema(StrictSchema):
    """The whole table."""

    version = fields.String(required=True)
    layers = fields.List(fields.Nested(_RowSchema), required=True)


def read_drawing_layers(file: Path = FILE) -> LayerWords:
    """The words by which layers are told.

    Raises: marshmallow.ValidationError, where a word stands for two kinds.
    """
    rows = _TableSchema().load(json.loads(file.read_text(encoding="utf-8")))["layers"]
    words: dict[str, FeatureKind] = {}
    for row in rows:
        for word in row["words"]:
            if word in words:
                raise ValidationError(f"{word!r} stands for two kinds")
            words[word] = row["kind"]
    return LayerWords(words=words)
