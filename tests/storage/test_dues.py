"""What is due comes in order of time, under a post and below, on each database."""

from datetime import timedelta
from typing import Any

import pytest

from service.domain.due import DueKind
from service.domain.simplified import Step
from service.operations.register_incident import register_incident
from service.operations.take_steps import take_steps
from tests.desk import Desk
from tests.operations.test_register_incident import registering
from tests.operations.test_take_steps import taking


@pytest.fixture
def desk(database_url: str) -> Any:
    desk = Desk(database_url)
    yield desk
    desk.database.engine.dispose()


def test_what_is_due_is_listed_by_time_and_post(desk: Desk) -> None:
    desk.do(register_incident, registering(desk.fire()), desk.crew)
    desk.do(take_steps, taking(desk.fire(), Step.HANDED_OVER), desk.investigator)

    def under(path: str, *, days: int, after: Any = None) -> list[DueKind]:
        by = desk.now + timedelta(days=days)
        found = desk.database.read(
            lambda work: work.dues.under(path, scenes_by=by, routes_by=by, after=after, at_most=9)
        )
        times = [each.due_at for each in found]
        assert times == sorted(times)
        return [each.kind for each in found]

    assert set(under("/1/2/3/4/", days=9)) == {DueKind.REGISTRATION, DueKind.PROCEDURE}
    assert under("/1/2/3/5/", days=9) == []
    assert under("/1/", days=0) == []
    late = desk.database.read(
        lambda work: work.dues.under(
            "/1/",
            scenes_by=desk.now,
            routes_by=desk.now + timedelta(days=9),
            after=None,
            at_most=1,
        )
    )
    assert len(under("/1/", days=9, after=(late[0].due_at, late[0].id))) == 1
