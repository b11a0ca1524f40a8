"""Underlays on the wire: a photo, a level, control points; back comes how well they fit."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from schemas.control_points import control_points, points_given, system
from schemas.kinds import Text
from schemas.located import geojson
from schemas.people import StrictSchema
from schemas.triage import words_view
from service.domain.errors import Refusal
from service.domain.plan_fitting import FitKind
from service.domain.plan_underlay import Underlay
from service.domain.plane import Plane


class UnderlaySchema(StrictSchema):
    """A photo of the incident laid under a level.

    `at` counts pixels from the top left of the photo as its previews show it. A similarity takes
    two points and an affine transform three; with one more it is told how well they fit.
    """

    photo_id = fields.UUID(required=True)
    level = Text(100, shortest=1, required=True)
    kind = fields.Enum(FitKind, by_value=True, load_default=FitKind.SIMILARITY)
    crs = system()
    points = control_points()

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take the points in."""
        try:
            points = points_given(data["points"], crs=data.pop("crs"), pointer="/points")
        except Refusal as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        return {**data, "points": points}


class UnderlaysQuery(StrictSchema):
    """Of which level."""

    level = fields.String(load_default=None)


class UnderlayViewSchema(Schema):
    """An underlay as it lies.

    `matrix` (a, b, c, d, e, f) gives metres of the scene's plane, a·x + b·y + c east and
    d·x + e·y + f north; `residual` is `unknown`, `within` or `over` half a metre.
    """

    id = fields.UUID()
    version = fields.Integer()
    scene_id = fields.UUID()
    photo_id = fields.UUID()
    width_px = fields.Integer()
    height_px = fields.Integer()
    level = fields.String()
    kind = fields.String()
    points = fields.List(fields.Dict())
    matrix = fields.List(fields.Float())
    metres_per_px = fields.Float()
    residual = fields.String()
    rms_m = fields.Float(allow_none=True)
    corners = fields.List(fields.List(fields.Float()))
    warnings = fields.List(fields.Dict())


class UnderlaysSchema(Schema):
    """Every underlay asked for."""

    items = fields.List(fields.Nested(UnderlayViewSchema))


def underlay_view(underlay: Underlay, plane: Plane) -> dict[str, Any]:
    """An underlay with its residuals in metres and its corners in WGS 84."""
    fit = underlay.fit
    off = fit.residuals_m
    return {
        "id": underlay.id,
        "version": underlay.version,
        "scene_id": underlay.scene_id,
        "photo_id": underlay.photo_id,
        "width_px": underlay.width_px,
        "height_px": underlay.height_px,
        "level": underlay.level,
        "kind": fit.kind.value,
        "points": [
            {
                "at": point.source,
                "lonlat": point.lonlat,
                "plane_m": point.plane_m,
                "residual_m": None if off is None else round(off[n], 3),
            }
            for n, point in enumerate(underlay.points)
        ],
        "matrix": fit.matrix,
        "metres_per_px": fit.scale,
        "residual": "unknown" if off is None else "over" if fit.is_off else "within",
        "rms_m": None if fit.rms_m is None else round(fit.rms_m, 3),
        "corners": geojson(underlay.corners(plane))["coordinates"],
        "warnings": [words_view(each) for each in fit.warnings()],
    }
