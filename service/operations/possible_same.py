"""Point out what is perhaps the same fire, with only what the officer may see of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from service.domain.doubles import Near, near_ones, region_of
from service.domain.incident import Incident, State
from service.domain.incident_query import Around, IncidentQuery
from service.domain.powers import Officer
from service.operations.ports import Work

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleSame:
    """Another record near in place and time; `address` only within the jurisdiction."""

    incident_id: UUID
    station_id: UUID
    state: State
    distance_m: float
    later_s: float
    may_open: bool
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswer:
    """An incident as one officer is shown it."""

    incident: Incident
    possible_same: tuple[PossibleSame, ...]

    @property
    def version(self) -> int:
        """The incident's: it becomes the ETag."""
        return self.incident.version


def answer_of(incident: Incident, *, officer: Officer, work: Work) -> IncidentAnswer:
    """The incident, and what is perhaps the same fire."""
    near = near_ones(incident, _candidates(incident, work), rule=work.rules.doubles)
    return IncidentAnswer(
        incident=incident, possible_same=tuple(_seen_by(officer, each) for each in near)
    )


def _candidates(incident: Incident, work: Work) -> list[Incident]:
    if incident.state in {State.JOINED, State.STRUCK_OFF}:
        return []
    rule = work.rules.doubles
    place = incident.place.location.geometry.centroid
    return work.incidents.find(
        IncidentQuery(
            within=region_of(incident.station_path, steps_up=rule.steps_up),
            around=Around(lon=place.x, lat=place.y, reach_m=rule.reach_m),
            since=incident.called_at - rule.within,
            until=incident.called_at + rule.within + timedelta(microseconds=1),
            drill=incident.drill,
            limit=MOST,
        )
    )


def _seen_by(officer: Officer, near: Near) -> PossibleSame:
    other = near.incident
    within = other.station_path.startswith(officer.post_path)
    return PossibleSame(
        incident_id=other.id,
        station_id=other.station_id,
        state=other.state,
        distance_m=near.distance_m,
        later_s=near.later_s,
        may_open=within,
        address=other.place.address if within else None,
    )
