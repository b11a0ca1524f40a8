"""The custody of a scene comes back as it went in, and is found by the post that is to take it."""

from typing import Any

import pytest
from shapely import LineString

from service.domain.custody import Custody
from service.domain.errors import Stale
from service.domain.posted_notice import NoticePosted
from service.domain.seal_tapes import PlaceKind, TapePlace
from service.domain.supplies import Supply, SupplyRecorded
from service.domain.transferring import answer_transfer, offer_transfer
from service.operations.custody_desk import STREAM
from storage.database import Database
from tests.custody_builders import Watch, a_notice, a_supply, a_tape, a_transfer
from tests.scene_builders import NOON, REVIEWER, uid


@pytest.fixture
def database(database_url: str) -> Any:
    found = Database(database_url)
    yield found
    found.engine.dispose()


def a_watch() -> Watch:
    """One of everything; a tape along the edge of the taped hall."""
    edge = TapePlace(
        kind=PlaceKind.EDGE, unit_ids=("hall",), shape=LineString([(10, 11), (10, 12)])
    )
    watch = Watch().asked().granted(hazards={uid("gas"): "aired"}).later(hours=1).entered()
    watch = watch.taped(a_tape(place=edge)).checked()
    for event in (
        NoticePosted(notice=a_notice()),
        SupplyRecorded(record=a_supply(Supply.GAS, "101")),
        offer_transfer(a_transfer(), scene=watch.scene),
    ):
        watch = watch.after(event)
    return watch


def put(database: Database, watch: Watch, previous: int = 0) -> None:
    def act(work: Any) -> None:
        if previous == 0:
            work.scenes.put(watch.scene, previous=0)
        work.custodies.put(watch.custody, previous=previous)

    database.write(act)


def test_a_custody_is_kept_and_read_again(database: Database) -> None:
    watch = a_watch()
    put(database, watch)
    assert database.read(lambda work: work.custodies.get(watch.custody.id)) == watch.custody
    assert database.read(lambda work: work.custodies.get(uid("other"))) is None


def test_the_log_gives_the_custody_again(database: Database) -> None:
    watch = a_watch()
    event = SupplyRecorded(record=a_supply(Supply.POWER))

    def add(work: Any) -> None:
        work.events.append(STREAM, watch.custody.id, [event], expected=0, officer_id=None)

    database.write(add)
    (recorded,) = database.read(lambda work: work.events.read(STREAM, watch.custody.id))
    assert Custody(id=watch.custody.id).apply(recorded.event).supplies == (event.record,)


def test_an_old_version_is_not_written_over(database: Database) -> None:
    watch = a_watch()
    put(database, watch)
    with pytest.raises(Stale):
        put(database, watch, previous=watch.custody.version + 1)


def test_a_post_finds_the_scenes_that_wait_for_it(database: Database) -> None:
    watch = a_watch()
    put(database, watch)

    def waiting(path: str) -> list[Custody]:
        return database.read(lambda work: work.custodies.offered_under(path, at_most=9))

    assert waiting("/15/1502/") == waiting("/15/") == [watch.custody]
    assert waiting("/15/1501/") == []
    answered = answer_transfer(
        watch.custody.transfers[0], accepts=False, answer="no", by=REVIEWER.id, at=NOON
    )
    put(database, watch.after(answered), previous=watch.custody.version)
    assert waiting("/15/") == []
