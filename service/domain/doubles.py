"""The same fire reported twice: what lies near in place and time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from pyproj import Geod

from service.domain.incident import Incident, State
from service.domain.words import Words

_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleRule:
    """How near two reports must be to be pointed out as perhaps the same fire.

    Stations are neighbours when their paths agree but for the last `steps_up` posts.
    """

    reach_m: float
    within: timedelta
    steps_up: int
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another record near this one: how far (m), and how much later it was called in (s)."""

    incident: Incident
    distance_m: float
    later_s: float


def region_of(station_path: str, *, steps_up: int) -> str:
    """The path under which a station and its neighbours lie; never the whole country."""
    steps = station_path.strip("/").split("/")
    return "/" + "/".join(steps[: max(1, len(steps) - steps_up)]) + "/"


def near_ones(
    incident: Incident, others: Iterable[Incident], *, rule: DoubleRule
) -> tuple[Near, ...]:
    """Those of the others that are perhaps the same fire, the nearest first.

    Drills are held against drills only; what is struck off or joined already is left out.
    """
    region = region_of(incident.station_path, steps_up=rule.steps_up)
    found = [
        Near(
            incident=other,
            distance_m=distance_m(incident, other),
            later_s=(other.called_at - incident.called_at).total_seconds(),
        )
        for other in others
        if other.id != incident.id
        and other.drill == incident.drill
        and other.state not in {State.JOINED, State.STRUCK_OFF}
        and other.station_path.startswith(region)
    ]
    near = [
        each
        for each in found
        if each.distance_m <= rule.reach_m and abs(each.later_s) <= rule.within.total_seconds()
    ]
    return tuple(sorted(near, key=lambda each: (each.distance_m, each.incident.id)))


def distance_m(one: Incident, other: Incident) -> float:
    """Metres on the WGS 84 ellipsoid between the two places."""
    a, b = one.place.location.geometry.centroid, other.place.location.geometry.centroid
    return float(_EARTH.inv(a.x, a.y, b.x, b.y)[2])
