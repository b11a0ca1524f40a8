"""What photos look like: found exactly, kept up to date, and only where one may look."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from service.domain.photo import Photo, View
from storage.database import Database
from storage.likenesses import FingerprintArray
from storage.tables import photo_fingerprints
from tests.fires import NOW, a_fire, a_photo

HERE, THERE = uuid4(), uuid4()
LOOK = 0xF0F0_F0F0_F0F0_F0F0  # its highest bit is set, as SQL's whole numbers have none
MANY = {"within": 8, "at_most": 50}


@pytest.fixture
def store(database_url: str) -> Any:
    """Two fires: one at the station /1/2/, one at /1/3/."""
    database = Database(database_url, clock=lambda: NOW)

    def act(work: Any) -> None:
        for id, path in ((HERE, "/1/2/"), (THERE, "/1/3/")):
            fire = replace(a_fire(), id=id, version=1, station_path=path)
            work.incidents.put(fire, previous=0)

    database.write(act)
    yield database
    database.engine.dispose()


def keep(store: Database, looks: int, fire: UUID = HERE) -> Photo:
    photo = a_photo(fire, View.DETAIL)

    def act(work: Any) -> None:
        work.photos.add(photo)
        work.likenesses.put(photo.id, looks)

    store.write(act)
    return photo


def near(store: Database, photo: Photo, under: str = "/1/") -> list[tuple[UUID, int]]:
    found = store.read(lambda work: work.likenesses.near(photo.id, under=under, **MANY))
    return [(each.photo.id, each.distance) for each in found]


def test_photos_within_eight_bits_are_found_the_nearest_first(store: Database) -> None:
    photo = keep(store, LOOK)
    eight, nine = keep(store, LOOK ^ 0xFF), keep(store, LOOK ^ 0x1FF)
    same = keep(store, LOOK)
    assert store.read(lambda work: work.likenesses.of(photo.id)) == LOOK
    assert near(store, photo) == [(same.id, 0), (eight.id, 8)]
    assert near(store, nine) == [(eight.id, 1)]
    later = keep(store, LOOK ^ 1)
    assert near(store, photo) == [(same.id, 0), (later.id, 1), (eight.id, 8)]


def test_nobody_learns_of_photos_beyond_the_own_post(store: Database) -> None:
    photo, elsewhere = keep(store, LOOK), keep(store, LOOK, fire=THERE)
    assert near(store, photo) == [(elsewhere.id, 0)]
    assert near(store, photo, under="/1/2/") == []


def test_photos_beyond_the_own_post_do_not_push_others_off_the_list(store: Database) -> None:
    photo = keep(store, LOOK)
    for _ in range(3):
        keep(store, LOOK, fire=THERE)
    own = keep(store, LOOK ^ 3)
    few = {"within": 8, "at_most": 1, "under": "/1/2/"}
    [found] = store.read(lambda work: work.likenesses.near(photo.id, **few))
    assert found.photo.id == own.id


def test_a_photo_on_which_nothing_is_seen_is_like_its_own_copies_alone(store: Database) -> None:
    photo, dark = a_photo(HERE, View.DETAIL), a_photo(HERE, View.DETAIL)
    copies = [replace(a_photo(fire, View.DETAIL), digest=photo.digest) for fire in (HERE, THERE)]
    for each in (photo, dark, *copies):
        store.write(lambda work, each=each: work.photos.add(each))  # type: ignore[misc]
    assert store.read(lambda work: work.likenesses.of(photo.id)) is None
    assert {id for id, _ in near(store, photo)} == {copy.id for copy in copies}
    assert near(store, photo, under="/1/2/") == [(copies[0].id, 0)]
    assert near(store, dark) == []


def test_the_array_takes_in_what_was_committed_out_of_its_turn(store: Database) -> None:
    """Number 2 is committed after number 5 had been read; numbers in a row of 7 at once."""
    array = FingerprintArray()

    def add(*numbers: int) -> None:
        rows = [{"seq": n, "photo_id": uuid4(), "fingerprint": -n} for n in numbers]
        with store.engine.begin() as connection:
            connection.execute(insert(photo_fingerprints), rows)

    def read() -> tuple[list[int], list[int]]:
        with store.engine.connect() as connection:
            numbers, prints = array.up_to_date(connection)
        return numbers.tolist(), [2**64 - each for each in prints.tolist()]

    assert read() == ([], [])
    add(1, 5)
    handed_out = read()
    add(2)
    assert read() == ([1, 5, 2], [1, 5, 2])
    assert read() == ([1, 5, 2], [1, 5, 2])
    add(*range(6, 13))
    assert read()[0] == [1, 5, 2, *range(6, 13)] == read()[1]
    assert handed_out == ([1, 5], [1, 5])


def test_the_array_is_read_part_by_part(store: Database) -> None:
    looks = {keep(store, LOOK ^ 1 << n).id: LOOK ^ 1 << n for n in range(5)}
    with store.engine.connect() as connection:
        _, prints = FingerprintArray(at_once=2).up_to_date(connection)
    assert sorted(prints.tolist()) == sorted(looks.values())
