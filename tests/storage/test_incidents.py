"""Incidents on every database: whole, and found by each condition."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service.domain.errors import Stale
from service.domain.incident import State
from service.domain.incident_query import Around, IncidentQuery, Mark
from storage.database import Database
from tests.fires import CALLED_AT, STATION, a_fire

EVERYTHING = IncidentQuery(within="/")
FIRE = a_fire()


@pytest.fixture
def database(database_url: str) -> Any:
    database = Database(database_url)
    database.write(lambda work: work.incidents.put(FIRE, previous=0))
    yield database
    database.engine.dispose()


def found(database: Database, **conditions: Any) -> bool:
    """Whether the fire is in the list under these conditions."""
    query = replace(EVERYTHING, **conditions)
    return database.read(lambda work: work.incidents.find(query)) == [FIRE]


def test_an_incident_comes_back_as_it_went(database: Database) -> None:
    assert database.read(lambda work: work.incidents.get(FIRE.id)) == FIRE


def test_a_second_writer_from_the_same_version_is_stale(database: Database) -> None:
    after = replace(FIRE, version=2)
    database.write(lambda work: work.incidents.put(after, previous=1))
    with pytest.raises(Stale):
        database.write(lambda work: work.incidents.put(after, previous=1))


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ("within", "/1/2/", "/1/3/"),
        ("box", (111.6, 40.8, 111.7, 40.9), (111.7, 40.8, 111.8, 40.9)),
        (
            "around",
            Around(lon=111.67, lat=40.82, reach_m=10),
            Around(lon=111.68, lat=40.82, reach_m=10),
        ),
        ("since", CALLED_AT, CALLED_AT + timedelta(seconds=1)),
        ("until", CALLED_AT + timedelta(seconds=1), CALLED_AT),
        ("states", (State.OPEN, State.REGISTERED), (State.JOINED,)),
        ("station_id", STATION.id, FIRE.id),
        ("drill", False, True),
        ("text", "市", "商"),
        ("text", "新城", "旧城"),
        ("text", "101铺", "%"),
        (
            "after",
            Mark(called_at=CALLED_AT + timedelta(seconds=1), id=FIRE.id),
            Mark(called_at=CALLED_AT, id=FIRE.id),
        ),
    ],
)
def test_a_list_keeps_to_its_conditions(
    database: Database, condition: str, inside: Any, outside: Any
) -> None:
    assert found(database, **{condition: inside})
    assert not found(database, **{condition: outside})
