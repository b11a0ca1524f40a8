"""Control points on the wire: a place in a picture or drawing, and where it is."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.kinds import Measure
from schemas.people import StrictSchema
from service.domain.bounds import placed
from service.domain.coordinates import SYSTEMS
from service.domain.plan_control_points import PointGiven
from service.domain.positions import Strand
from service.domain.words import Words

MOST_POINTS = 100
FARTHEST = 1e9


def pair(**options: Any) -> fields.List[Any]:
    """Two numbers."""
    return fields.List(Measure(-FARTHEST, FARTHEST), validate=validate.Length(equal=2), **options)


class ControlPointSchema(StrictSchema):
    """`at` in the picture or drawing; `lonlat` in the system named by `crs`, or `plane_m`."""

    at = pair(required=True)
    lonlat = pair(load_default=None)
    plane_m = pair(load_default=None)

    @validates_schema
    def one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        """Where it is, said once."""
        if (data.get("lonlat") is None) == (data.get("plane_m") is None):
            raise ValidationError([Words("lonlat与plane_m二者取一", "give lonlat or plane_m")])


def control_points() -> fields.List[Any]:
    """A list of control points."""
    return fields.List(
        fields.Nested(ControlPointSchema),
        required=True,
        validate=validate.Length(0, MOST_POINTS),
    )


def points_given(sent: list[dict[str, Any]], *, crs: str, pointer: str) -> tuple[PointGiven, ...]:
    """The points with WGS 84 positions.

    Raises: GeometryInvalid, at a position outside the bounds of its system.
    """
    return tuple(
        PointGiven(
            pointer=f"{pointer}/{number}",
            source=tuple(point["at"]),
            lonlat=_lonlat(point["lonlat"], crs, f"{pointer}/{number}/lonlat"),
            plane_m=None if point["plane_m"] is None else tuple(point["plane_m"]),
        )
        for number, point in enumerate(sent)
    )


def system() -> fields.String:
    """The coordinate system of positions."""
    return fields.String(load_default="WGS84", validate=validate.OneOf(sorted(SYSTEMS)))


def _lonlat(sent: list[float] | None, crs: str, pointer: str) -> tuple[float, float] | None:
    if sent is None:
        return None
    strand = Strand.of((sent[0], sent[1]), pointer)
    lon, lat = placed(strand, crs=crs, bounds=True).xy[0].tolist()
    return lon, lat
