"""Standpoints and removals on record; what was removed counts no more; loads of fires, devices."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.domain.errors import Stale
from service.domain.photo import View
from service.domain.photo_limits import Load
from service.domain.photo_removal import Removal, RemovalGround
from service.domain.powers import Role
from service.domain.upload import Upload, UploadPart
from storage.database import Database
from tests.domain.test_standpoint import STANDPOINT
from tests.fires import CREW, NOW, a_photo

FIRE = uuid4()


@pytest.fixture
def store(database_url: str) -> Any:
    """A fresh database."""
    database = Database(database_url, clock=lambda: NOW)
    yield database
    database.engine.dispose()


def removal_of(photo_id: UUID) -> Removal:
    return Removal(
        photo_id=photo_id, incident_id=FIRE, ground=RemovalGround.DOUBLE, reason="同一张",
        officer_id=CREW.id, role=Role.REVIEWER, post_id=CREW.post_id, removed_at=NOW,
    )  # fmt: skip


def test_a_removed_photo_stays_and_counts_no_more(store: Database) -> None:
    kept, gone = a_photo(FIRE, View.SETTING), a_photo(FIRE, View.SETTING)

    def act(work: Any) -> None:
        work.photos.add(kept)
        work.photos.add(gone)
        work.photo_marks.remove(removal_of(gone.id))

    store.write(act)
    assert store.read(lambda work: work.photos.get(gone.id)) == gone
    assert len(store.read(lambda work: work.photos.of_incident(FIRE))) == 2
    assert store.read(lambda work: work.photos.count_by_view(FIRE))[View.SETTING] == 1
    assert [id for id, _, _ in store.read(lambda work: work.photos.digests(FIRE))] == [kept.id]
    assert store.read(lambda work: work.photo_marks.removal(gone.id)) == removal_of(gone.id)
    assert store.read(lambda work: work.photo_marks.removal(kept.id)) is None
    assert store.read(lambda work: work.photo_marks.removals(FIRE)) == {
        gone.id: removal_of(gone.id)
    }


@pytest.mark.parametrize(
    "change", ["UPDATE photo_removals SET document = ''", "DELETE FROM photo_removals"]
)
def test_a_removal_is_for_ever(store: Database, change: str) -> None:
    store.write(lambda work: work.photo_marks.remove(removal_of(uuid4())))
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(change))


def test_a_standpoint_follows_its_version(store: Database) -> None:
    second = replace(STANDPOINT, version=2, level="2")
    store.write(lambda work: work.photo_marks.put_standpoint(STANDPOINT, previous=0))
    store.write(lambda work: work.photo_marks.put_standpoint(second, previous=1))
    assert store.read(lambda work: work.photo_marks.standpoint(STANDPOINT.id)) == second
    found = store.read(lambda work: work.photo_marks.standpoints(STANDPOINT.incident_id))
    assert found == {STANDPOINT.id: second}
    with pytest.raises(Stale):
        store.write(lambda work: work.photo_marks.put_standpoint(second, previous=1))


def an_upload(size_bytes: int | None, device: str | None = "a") -> Upload:
    return Upload(
        photo_id=uuid4(), incident_id=FIRE, view=View.DETAIL, digest="0" * 64,
        size_bytes=size_bytes, device=device, officer_id=CREW.id,
    )  # fmt: skip


def test_loads_count_what_is_there_and_what_may_come(store: Database) -> None:
    known, late = an_upload(300), an_upload(None)

    def act(work: Any) -> None:
        work.photos.add(a_photo(FIRE, View.DETAIL))
        for upload in (known, late, an_upload(7, device=None)):
            work.photos.begin(upload)
        work.photos.begin(UploadPart(id=uuid4(), officer_id=CREW.id, size_bytes=50))

    store.write(act)

    def loads(work: Any) -> list[Load]:
        of_device = work.photos.load_of_device
        return [
            work.photos.load_of_incident(FIRE, most_bytes=1000),
            of_device(CREW.id, "a", most_bytes=1000),
            of_device(CREW.id, None, most_bytes=1000),
            of_device(uuid4(), "a", most_bytes=1000),
        ]

    assert store.read(loads) == [
        Load(count=4, size_bytes=21_307), Load(count=2, size_bytes=1_300),
        Load(count=2, size_bytes=57), Load(count=0, size_bytes=0),
    ]  # fmt: skip
    store.write(lambda work: work.photos.put_upload(replace(late, size_bytes=5)))
    assert store.read(loads)[1] == Load(count=2, size_bytes=305)
