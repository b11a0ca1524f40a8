"""A fire under investigation on record, and a desk that drives its scene over HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from shapely import Point, box
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from werkzeug.test import TestResponse

from service.domain.calendar import Due
from service.domain.incident import Casualties, Incident, Place, PlaceKind, State, Utilities
from service.domain.investigation import Ground, Investigation, Team
from service.domain.located import FixedBy, Located
from service.domain.plane import Plane, to_wgs84
from service.domain.statement import Objection, Signature, Statement
from tests.scene_builders import PLAN

PLANE = Plane(lon0=111.67, lat0=40.82)
CALLED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def located(shape: BaseGeometry) -> Located:
    """A shape of the plane, as placed on the plan."""
    return Located(
        geometry=to_wgs84(shape, plane=PLANE),
        sent={},
        crs="WGS84",
        accuracy_m=0.0,
        fixed_by=FixedBy.PLAN,
    )


def geojson(shape: BaseGeometry) -> dict[str, Any]:
    """A shape of the plane in WGS 84."""
    return dict(mapping(to_wgs84(shape, plane=PLANE)))


def market_features() -> dict[str, Any]:
    """The plan of tests/scene_builders.py as it would be sent."""
    features = [
        {
            "type": "Feature",
            "id": unit.id,
            "geometry": geojson(unit.shape),
            "properties": {
                "id": unit.id,
                "level": unit.level,
                "kind": unit.kind.value,
                "name": unit.name,
            },
        }
        for unit in PLAN.units()
        if unit.id != "ground"
    ]
    return {"type": "FeatureCollection", "features": features}


def an_incident(id: UUID, station: Any, *, burned: BaseGeometry | None = None) -> Incident:
    """A fire being investigated."""
    return Incident(
        id=id,
        station_id=station.id,
        station_path=station.path,
        version=1,
        state=State.INVESTIGATING,
        drill=False,
        called_at=CALLED,
        response_ended_at=None,
        place=Place(
            location=located(Point(0, 0)),
            address="新华大街1号",
            division_code="150102",
            kind=PlaceKind.ASSEMBLY,
        ),
        burned_area=None if burned is None else located(burned),
        cause=None,
        origin=None,
        account="",
        loss=None,
        casualties=Casualties(),
        arson_suspected=None,
        liability_disputed=None,
        facts_disputed=None,
        wide_social_effect=None,
        utilities=Utilities(),
        units=(),
        hazards=(),
    )


def an_investigation(id: UUID, office: Any, lead: UUID) -> Investigation:
    """Led by this officer."""
    return Investigation(
        id=id,
        version=1,
        office_path=office.path,
        ground=Ground.NOT_ELIGIBLE,
        reason="loss",
        team=Team(lead_officer_id=lead, investigator_ids=(lead, uuid4())),
        opened_at=CALLED,
        opened_by=lead,
        alarm_at=CALLED,
        due=Due(at=None),
    )


@dataclass
class Site:
    """The desk of an investigator, with the scene's version at hand."""

    lead: Any
    reviewer: Any
    database: Any
    brigade: Any
    incident_id: UUID = field(default_factory=uuid4)
    scene_id: UUID = field(default_factory=uuid4)
    version: int = 0
    names: dict[str, UUID] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The scene's address."""
        return f"/v1/scenes/{self.scene_id}"

    def id(self, name: str) -> UUID:
        """The same id for the same name."""
        return self.names.setdefault(name, uuid4())

    def on_record(self, *, investigated: bool = True, burned: BaseGeometry | None = None) -> "Site":
        """Put the incident, and its investigation, on record."""
        incident = an_incident(self.incident_id, self.brigade.station, burned=burned)
        led = an_investigation(self.incident_id, self.brigade.brigade, self.lead.officer.id)

        def act(work: Any) -> None:
            work.incidents.put(incident, previous=0)
            if investigated:
                work.investigations.put(led, previous=0)

        self.database.write(act)
        return self

    def agreed(self, *names: str, objection: Objection = Objection.NO_OBJECTION) -> "Site":
        """Signed statements on the incident, of no objection unless said otherwise."""

        def act(work: Any) -> None:
            incident = work.incidents.get(self.incident_id)
            statements = tuple(self._statement(name, objection) for name in names)
            changed = replace(
                incident, version=incident.version + 1, statements=incident.statements + statements
            )
            work.incidents.put(changed, previous=incident.version)

        self.database.write(act)
        return self

    def _statement(self, name: str, objection: Objection) -> Statement:
        signature = Signature(
            strokes=(((0.0, 0.0, 0),),),
            digest="0" * 64,
            device="pad",
            officer_present=self.lead.officer.id,
            signed_at=CALLED,
        )
        return Statement(
            id=self.id(f"statement of {name}"),
            version=1,
            party_id=self.id(name),
            witness=None,
            text="no objection",
            facts_heard=True,
            objection=objection,
            heard_by=self.lead.officer.id,
            heard_at=CALLED,
            signatures=(signature,),
        )

    def opened(self) -> "Site":
        """Open the scene."""
        body = {"incident_id": str(self.incident_id)}
        self.take(self.lead.put(self.path, body), 201)
        return self

    def planned(self) -> "Site":
        """Set the plan."""
        self.take(
            self.lead.put(f"{self.path}/plan", {"geojson": market_features()}, version=self.version)
        )
        return self

    def find(self, name: str, kind: str, *, by: Any = None, **members: Any) -> TestResponse:
        """Record a finding on the present version."""
        path = f"{self.path}/findings/{self.id(name)}"
        answer: TestResponse = (by or self.lead).put(
            path, {"kind": kind, **members}, version=self.version
        )
        if answer.status_code in (200, 201):
            self.version = answer.json["version"]  # type: ignore[index]
        return answer

    def hold(self, name: str, kind: str, shape: BaseGeometry, **members: Any) -> TestResponse:
        """Open a hold on level 1."""
        given = {
            "hold_kind": kind,
            "geometry": geojson(shape),
            "levels": ["1"],
            "ground": "seen",
        }
        return self.find(name, "hold_opened", **{**given, **members})

    def sealed(self) -> "Site":
        """Burned: 101, 102 and the hall; a cause in 105; evidence in 101; the seal set."""
        for answer in (
            self.hold("burned", "burned_area", box(1, 11, 19, 20)),
            self.hold("flue", "cause_area", box(2, 2, 8, 8)),
            self.hold("kettle", "evidence", Point(5, 16)),
            self.find("seal", "seal_set", ground="first survey", demands="keep out"),
        ):
            assert answer.status_code == 201, answer.json
        return self

    def take(self, answer: TestResponse, status: int = 200) -> Any:
        """Check an answer and remember the version."""
        assert answer.status_code == status, answer.json
        self.version = answer.json["version"]  # type: ignore[index]
        return answer.json

    def sealed_units(self, **query: str) -> set[str]:
        """The units of the seal as it is shown."""
        answer = self.lead.get(f"{self.path}/seal", query_string=query)
        assert answer.status_code == 200, answer.json
        return set(answer.json["units"])


def names(pieces: Iterable[dict[str, Any]]) -> set[str]:
    """The units of some pieces."""
    return {piece["unit"] for piece in pieces}
