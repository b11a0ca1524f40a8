"""Snapshots of a scene are a cache: with them or without, the same bytes and the same answers."""

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import delete, func, select

from schemas.rules import rulebook
from service.domain.history import history
from service.domain.scene import Scene
from service.domain.scene_fold import replay
from service.domain.seal import Seal
from service.operations.ports import Work
from service.operations.read_scene import PAGE, read_history, read_scene_at
from service.operations.scene_desk import happened, scene_after
from storage.database import Database
from storage.scenes import SNAPSHOT_EVERY, StoredScene, stored_scene
from storage.serialise import from_text, to_text
from storage.tables import scene_snapshots, scenes
from tests.domain.laws.test_scene_laws import a_seal, steps
from tests.long_scene import MINUTE, a_long_scene
from tests.scene_builders import LEAD, NOON
from tests.scenes import seeds

EVENTS = int(os.environ.get("SCENE_EVENTS", "1000"))


def text(scene: Scene) -> str:
    """The scene's document."""
    return to_text(stored_scene(scene))


def kept(scene: Scene) -> Scene:
    """The scene as it comes out of its document."""
    stored = from_text(text(scene), StoredScene)
    return Scene(record=stored.record, seal=Seal.of(stored.cells))


@settings(max_examples=int(os.environ.get("LAW_EXAMPLES", "150")))
@given(seeds)
def test_from_a_snapshot_and_from_the_events_alone_come_the_same_bytes(seed: int) -> None:
    for step in steps(a_seal(seed), Random(seed)):
        new = step.after.happened[len(step.before.happened) :]
        assert text(replay(new, scene=kept(step.before.scene))) == text(step.after.scene)
        assert text(replay(step.after.happened)) == text(step.after.scene)


@pytest.fixture
def store(database_url: str) -> Any:
    """A fresh database."""
    database = Database(database_url, rules=rulebook())
    yield database
    database.engine.dispose()


def test_a_long_scene_is_the_same_with_snapshots_and_without(store: Database) -> None:
    scene_id = a_long_scene(store, events=EVENTS)
    moments = [NOON + Random(7).random() * MINUTE * EVENTS / 40 for _ in range(20)]
    moments += [NOON, NOON + timedelta(days=9)]

    def seen(work: Work) -> list[str]:
        stood = [read_scene_at(scene_id, at, officer=LEAD, work=work) for at in moments]
        after = [scene_after(scene_id, version, work=work) for version in (1, 150, EVENTS)]
        page = read_history(scene_id, after=EVENTS // 2, officer=LEAD, work=work)
        assert len(page) == PAGE
        return [*(text(scene) for scene in [*stood, *after]), repr(page)]

    with_snapshots = store.read(seen)
    store.write(lambda work: work.connection.execute(delete(scene_snapshots)))
    assert store.read(seen) == with_snapshots


def test_the_stored_scene_is_the_fold_of_its_events(store: Database) -> None:
    scene_id = a_long_scene(store, events=300)

    def both(work: Any) -> tuple[str, str]:
        document = work.connection.execute(select(scenes.c.document)).scalar_one()
        return document, text(replay(happened(scene_id, work=work)))

    document, folded = store.read(both)
    assert document == folded


def test_a_snapshot_is_kept_every_so_many_events(store: Database) -> None:
    a_long_scene(store, events=350)
    count = select(func.count()).select_from(scene_snapshots)
    assert store.read(lambda work: work.connection.execute(count).scalar_one()) == 3
    assert SNAPSHOT_EVERY == 100


def test_the_pages_of_the_history_are_the_whole_of_it(store: Database) -> None:
    scene_id = a_long_scene(store, events=300)

    def both(work: Work) -> tuple[list[Any], list[Any]]:
        pages: list[Any] = []
        while page := read_history(
            scene_id, after=pages[-1].version if pages else 0, officer=LEAD, work=work
        ):
            pages += page
        return pages, list(history(happened(scene_id, work=work)))

    pages, whole = store.read(both)
    assert pages == whole
