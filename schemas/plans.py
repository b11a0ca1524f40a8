"""A scene's plan on the wire: GeoJSON, an IMDF archive or its files, or drawings (DXF)."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from schemas.control_points import control_points, points_given, system
from schemas.kinds import Text
from schemas.people import StrictSchema
from service.domain.errors import Refusal
from service.domain.plan_drawing import UNITS_M
from service.domain.plan_dxf import Sheet
from service.domain.plan_kinds import FeatureKind
from service.domain.plan_placing import take_placement
from service.domain.words import Words

FORMS = ("geojson", "imdf", "archive", "dxf")
MOST_DRAWINGS = 50


class FileContent(fields.Field[bytes]):
    """A file in base64 (RFC 4648)."""

    def __init__(self, **options: Any) -> None:
        about = {"type": "string", "contentEncoding": "base64"}
        super().__init__(metadata=about, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bytes:
        try:
            found = b64decode(value, validate=True) if isinstance(value, str) else b""
        except (NotBase64, ValueError):
            found = b""
        if not found:
            words = Words("应为文件内容的base64文字", "it must be a file's content in base64")
            raise ValidationError([words])
        return found


class DrawingSchema(StrictSchema):
    """One storey's drawing: a DXF file, or a zip that holds one, and how to read it.

    `unit` is asked for where $INSUNITS says nothing; `layers` names the kind of what is drawn on
    a layer where its name does not; two control points place it, three tell how well.
    """

    file = FileContent(required=True)
    level = Text(100, shortest=1, required=True)
    unit = fields.String(load_default=None, allow_none=True, validate=validate.OneOf([*UNITS_M]))
    layers = fields.Dict(
        keys=Text(255, shortest=1),
        values=fields.Enum(FeatureKind, by_value=True),
        load_default=dict,
    )
    points = control_points()


class ScenePlanSchema(StrictSchema):
    """A plan in one of four forms; `placement` moves GeoJSON and IMDF onto the place.

    `imdf` takes an archive's files by name, `archive` the archive itself. `crs` names the
    system of GeoJSON and of control points.
    """

    geojson = fields.Dict(load_default=None, allow_none=True)
    imdf = fields.Dict(keys=fields.String(), load_default=None, allow_none=True)
    archive = FileContent(load_default=None, allow_none=True)
    dxf = fields.List(
        fields.Nested(DrawingSchema),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, MOST_DRAWINGS),
    )
    crs = system()
    placement = fields.Raw(load_default=None, allow_none=True, metadata={"type": "object"})

    @validates_schema
    def one_of_four(self, data: dict[str, Any], **_: Any) -> None:
        """One plan, in one form; drawings have points instead of a placement."""
        if sum(data.get(form) is not None for form in FORMS) != 1:
            words = Words(
                "geojson、imdf、archive、dxf四者取一", "give one of geojson, imdf, archive and dxf"
            )
            raise ValidationError([words], "geojson")
        if data.get("dxf") is not None and data.get("placement") is not None:
            words = Words("图纸以控制点定位", "drawings are placed by their control points")
            raise ValidationError([words], "placement")

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take the placement and the control points in."""
        try:
            if data["placement"] is not None:
                data["placement"] = take_placement(data["placement"], pointer="/placement")
            if data["dxf"] is not None:
                data["dxf"] = tuple(
                    _sheet(sent, f"/dxf/{number}", data["crs"])
                    for number, sent in enumerate(data["dxf"])
                )
        except Refusal as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        return data


def _sheet(sent: dict[str, Any], pointer: str, crs: str) -> tuple[Sheet, bytes]:
    sheet = Sheet(
        pointer=pointer,
        level=sent["level"],
        unit=sent["unit"],
        layers=sent["layers"],
        points=points_given(sent["points"], crs=crs, pointer=f"{pointer}/points"),
    )
    return sheet, sent["file"]
