"""A place on the earth as it was sent and as it is used: both are kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shapely.geometry.base import BaseGeometry

from service.domain.words import Words


class FixedBy(StrEnum):
    """How a place was fixed."""

    GPS = "gps"
    MAP = "map"
    PLAN = "plan"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A geometry in WGS 84 (lon, lat degrees), beside the GeoJSON it was derived from.

    `crs` names the system of `sent`; `accuracy_m` is the radius of one standard deviation
    in metres; `mends` says what was put right without guessing (rings, closing points).
    """

    geometry: BaseGeometry
    sent: dict[str, Any]
    crs: str
    accuracy_m: float
    fixed_by: FixedBy
    mends: tuple[Words, ...] = ()
