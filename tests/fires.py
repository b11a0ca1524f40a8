"""Fires as the suites of routes need them: one that may be registered, and changes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shapely.geometry import Point, Polygon

from service.domain.facts import Facts
from service.domain.incident import (
    Casualties,
    Cause,
    CauseKind,
    Incident,
    Loss,
    LossItem,
    Origin,
    Place,
    PlaceKind,
    State,
    UnitConcerned,
    Utilities,
)
from service.domain.located import FixedBy, Located
from service.domain.party import Capacity, Party
from service.domain.people import Post, PostKind
from service.domain.photo import MediaType, Photo, View
from service.domain.powers import Officer, Role
from service.domain.statement import Objection, Statement

CALLED_AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ALL_VIEWS = dict.fromkeys(View, 1)

STATION = Post(
    id=UUID(int=4),
    parent_id=UUID(int=3),
    path="/1/2/3/4/",
    kind=PostKind.STATION,
    name="新城站",
    short_name="呼新一",
    division_code="150102",
    phone="119",
)
CREW = Officer(
    id=UUID(int=10), name="李队", role=Role.CREW, post_id=STATION.id, post_path=STATION.path
)
REVIEWER = Officer(
    id=UUID(int=11), name="王审", role=Role.REVIEWER, post_id=UUID(int=3), post_path="/1/2/3/"
)


def located(geometry: Any = None) -> Located:
    """A place in Hohhot."""
    return Located(
        geometry=geometry or Point(111.67, 40.82),
        sent={},
        crs="EPSG:4326",
        accuracy_m=0.0,
        fixed_by=FixedBy.MAP,
    )


def a_party(**changes: Any) -> Party:
    """The operator of unit 101, with an ID number."""
    party = Party(
        id=UUID(int=20),
        version=1,
        name="张三",
        capacity=Capacity.OPERATOR,
        id_number="11010519491231002X",
        phone="13800000000",
        unit_ids=("101",),
    )
    return replace(party, **changes)


def a_statement(**changes: Any) -> Statement:
    """The operator was told the facts and has no objection."""
    statement = Statement(
        id=UUID(int=30),
        version=1,
        party_id=UUID(int=20),
        witness=None,
        text="烟从柜台后冒出",
        facts_heard=True,
        objection=Objection.NO_OBJECTION,
        heard_by=CREW.id,
        heard_at=CALLED_AT + timedelta(hours=1),
    )
    return replace(statement, **changes)


def a_fire(**changes: Any) -> Incident:
    """A small fire that may be registered, with nothing to be supplied later."""
    fire = Incident(
        id=uuid4(),
        station_id=STATION.id,
        station_path=STATION.path,
        version=1,
        state=State.OPEN,
        drill=False,
        called_at=CALLED_AT,
        response_ended_at=CALLED_AT + timedelta(hours=2),
        place=Place(
            location=located(),
            address="新城区某市场101",
            division_code="150102",
            kind=PlaceKind.ASSEMBLY,
        ),
        burned_area=located(
            Polygon([(111.67, 40.82), (111.6701, 40.82), (111.6701, 40.8201), (111.67, 40.82)])
        ),
        cause=Cause(kind=CauseKind.ELECTRICAL, text="插座"),
        origin=Origin(text="柜台后", location=located()),
        account="到场时明火已灭",
        loss=Loss(items=(loss_item(50_000),)),
        casualties=Casualties(dead=0, injured=0),
        arson_suspected=False,
        liability_disputed=False,
        facts_disputed=False,
        wide_social_effect=None,
        utilities=Utilities(),
        units=(UnitConcerned(id="101", name="101铺", level="1"),),
        hazards=(),
        parties=(a_party(),),
        statements=(a_statement(),),
    )
    return replace(fire, **changes)


def loss_item(amount_fen: int) -> LossItem:
    """One thing lost."""
    return LossItem(what="货架", amount_fen=amount_fen)


def the_facts(**changes: Any) -> Facts:
    """Facts under which registration and simplified procedure are both open."""
    facts = Facts(
        province="150000",
        national_station=True,
        dead=0,
        injured=0,
        loss_fen=50_000,
        arson_suspected=False,
        liability_disputed=False,
        facts_disputed=False,
        origin_described=True,
        origin_placed=True,
        burned_area=True,
        photos=4,
        photos_setting=1,
        photos_overview=1,
        photos_key_part=1,
        photos_detail=1,
        statements=1,
        facts_told=1,
        account=True,
        loss_itemised=True,
        cause_stated=True,
    )
    return replace(facts, **changes)


def a_photo(incident_id: UUID, view: View) -> Photo:
    """A photo whose bytes are durable somewhere."""
    return Photo(
        id=uuid4(),
        incident_id=incident_id,
        view=view,
        digest=uuid4().hex * 2,
        size_bytes=20_000,
        media_type=MediaType.JPEG,
        width_px=64,
        height_px=48,
        taken_by_phone=None,
        taken_by_exif=None,
        position_by_phone=None,
        position_by_exif=None,
        device=None,
        officer_id=CREW.id,
        received_at=NOW,
    )
