"""Places on the wire: GeoJSON with its system, accuracy, and how it was fixed."""

from typing import Any

import shapely
from marshmallow import ValidationError, fields, post_load
from shapely.geometry.base import BaseGeometry

from schemas.kinds import Measure
from schemas.people import StrictSchema
from service.domain.errors import GeometryInvalid
from service.domain.intake import ANY_KIND, AREAS, POINTS, Taken, grow, take_geometry
from service.domain.located import FixedBy, Located

FARTHEST_OFF_M = 10_000.0


class LocatedSchema(StrictSchema):
    """A point, line or area. `crs` names the system of the coordinates (default WGS84)."""

    KINDS = ANY_KIND

    geometry = fields.Raw(required=True, metadata={"type": "object", "description": "GeoJSON"})
    crs = fields.String(load_default="WGS84")
    accuracy_m = Measure(0.0, FARTHEST_OFF_M, required=True)
    fixed_by = fields.Enum(FixedBy, by_value=True, required=True)

    @post_load
    def located(self, data: dict[str, Any], **_: Any) -> Located:
        """Take the geometry in; its faults keep their JSON pointers."""
        try:
            return self.taken(data)
        except GeometryInvalid as refusal:
            raise ValidationError(list(refusal.faults)) from refusal

    def taken(self, data: dict[str, Any]) -> Located:
        """The geometry as it was sent, in WGS 84."""
        taken = take_geometry(
            data["geometry"],
            pointer="/geometry",
            kinds=self.KINDS,
            crs=data["crs"],
            accuracy_m=data["accuracy_m"],
        )
        return _located(taken, taken.geometry, data["fixed_by"])


class PointSchema(LocatedSchema):
    """One point."""

    KINDS = POINTS & {"Point"}


class AreaSchema(LocatedSchema):
    """An area; bare points and lines are accepted and grown by their accuracy."""

    def taken(self, data: dict[str, Any]) -> Located:
        """The area in WGS 84; what was sent is kept beside it."""
        taken = take_geometry(
            data["geometry"],
            pointer="/geometry",
            kinds=self.KINDS,
            crs=data["crs"],
            accuracy_m=data["accuracy_m"],
        )
        is_area = taken.geometry.geom_type in AREAS
        geometry = taken.geometry if is_area else grow(taken, taken.accuracy_m)
        return _located(taken, geometry, data["fixed_by"])


def _located(taken: Taken, geometry: BaseGeometry, fixed_by: FixedBy) -> Located:
    return Located(
        geometry=geometry,
        sent=taken.sent,
        crs=taken.crs,
        accuracy_m=taken.accuracy_m,
        fixed_by=fixed_by,
        mends=taken.mends,
    )


def located_view(located: Located | None) -> dict[str, Any] | None:
    """The WGS 84 derived, beside what was sent."""
    if located is None:
        return None
    return {
        "geometry": geojson(located.geometry),
        "sent": located.sent,
        "crs": located.crs,
        "accuracy_m": located.accuracy_m,
        "fixed_by": located.fixed_by.value,
        "mends": [{"zh": mend.zh, "en": mend.en} for mend in located.mends],
    }


def geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """RFC 7946, nine decimals of a degree (a tenth of a millimetre)."""
    rounded = shapely.transform(geometry, lambda positions: positions.round(9))
    return dict(shapely.geometry.mapping(rounded))
