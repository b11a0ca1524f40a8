"""Registrations, procedures and investigations come back from the store as they went in."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from service.domain.errors import Stale
from service.domain.simplified import Step
from service.operations.investigate_incident import investigate_incident
from service.operations.register_incident import register_incident
from service.operations.take_steps import take_steps
from storage.database import Database
from tests.desk import Desk
from tests.operations.test_investigate_incident import investigating
from tests.operations.test_register_incident import registering
from tests.operations.test_take_steps import taking


@pytest.fixture
def desk(database_url: str) -> Any:
    desk = Desk(database_url)
    yield desk
    desk.database.engine.dispose()


def test_what_a_route_makes_is_kept_and_read_again(desk: Desk) -> None:
    one, two, three = desk.fire(), desk.fire(), desk.fire()
    registration = desk.do(register_incident, registering(one), desk.crew)
    procedure = desk.do(take_steps, taking(two, Step.HANDED_OVER), desk.investigator)
    investigation = desk.do(investigate_incident, investigating(three), desk.investigator)
    read = desk.database.read
    assert read(lambda work: work.registrations.get(one.id)) == registration
    assert read(lambda work: work.procedures.get(two.id)) == procedure
    assert read(lambda work: work.investigations.get(three.id)) == investigation
    assert read(lambda work: work.registrations.get(UUID(int=99))) is None


def test_the_log_keeps_what_was_decided(desk: Desk) -> None:
    fire = desk.fire()
    registration = desk.do(register_incident, registering(fire), desk.crew)
    (recorded,) = desk.database.read(lambda work: work.events.read("registration", fire.id))
    assert recorded.event.registration == registration


def test_an_old_version_is_not_written_over(desk: Desk) -> None:
    fire = desk.fire()
    registration = desk.do(register_incident, registering(fire), desk.crew)
    database: Database = desk.database
    with pytest.raises(Stale):
        database.write(
            lambda work: work.registrations.put(replace(registration, version=3), previous=2)
        )
