"""What a list of incidents is asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pyproj import Geod

from service.domain.incident import Incident, State

_EARTH = Geod(ellps="WGS84")

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Within so many metres of a point (WGS 84 degrees)."""

    lon: float
    lat: float
    reach_m: float

    def box(self) -> Box:
        """A box that holds the whole circle."""
        east, north, west, south = (
            _EARTH.fwd(self.lon, self.lat, azimuth, self.reach_m) for azimuth in (90, 0, 270, 180)
        )
        return (west[0], south[1], east[0], north[1])

    def holds(self, incident: Incident) -> bool:
        """Whether the incident's place lies within."""
        place = incident.place.location.geometry.centroid
        return bool(_EARTH.inv(self.lon, self.lat, place.x, place.y)[2] <= self.reach_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a page ended: the last incident's call and id. The newest call comes first."""

    called_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """Every condition given must hold; `within` is the path of a post.

    Calls from `since` (included) until `until` (not included).
    """

    within: str
    box: Box | None = None
    around: Around | None = None
    since: datetime | None = None
    until: datetime | None = None
    states: tuple[State, ...] = ()
    station_id: UUID | None = None
    drill: bool | None = None
    text: str | None = None
    after: Mark | None = None
    limit: int = 50


def searched_text(incident: Incident) -> str:
    """What a text is looked for in: never a number that identifies, nor what was stated."""
    parts = [
        incident.place.address,
        incident.account,
        incident.cause.text if incident.cause else "",
        incident.origin.text if incident.origin else "",
        *(unit.name for unit in incident.units),
        *(party.name for party in incident.parties),
    ]
    return folded("\n".join(parts))


def folded(text: str) -> str:
    """Text as it is compared: without regard to case."""
    return text.casefold()
