"""The number over a photo that is shown is the one its fire has by now."""

from typing import Any

import pytest

from service.domain.photo import PreviewSize
from service.domain.simplified import Step
from service.operations.register_incident import register_incident
from service.operations.show_photo import recipe_of
from service.operations.take_steps import take_steps
from tests.desk import Desk
from tests.operations.test_register_incident import registering
from tests.operations.test_take_steps import taking


@pytest.fixture
def desk(database_url: str) -> Any:
    desk = Desk(database_url)
    yield desk
    desk.database.engine.dispose()


def mark(desk: Desk, fire: Any) -> str:
    def act(work: Any) -> str:
        [photo, *_] = work.photos.of_incident(fire.id)
        return recipe_of(photo, PreviewSize.PHONE, (), work=work).mark

    return desk.database.read(act)


def test_the_mark_follows_the_route(desk: Desk) -> None:
    one, two, three = desk.fire(), desk.fire(), desk.fire()
    registration = desk.do(register_incident, registering(one), desk.crew)
    desk.do(take_steps, taking(two, Step.HEARD), desk.investigator)
    assert registration.record.number in mark(desk, one)
    assert mark(desk, two) == f"火情 {two.id.hex[:8].upper()}"
    procedure = desk.do(take_steps, taking(three, Step.HANDED_OVER), desk.investigator)
    assert procedure.record.number in mark(desk, three)
