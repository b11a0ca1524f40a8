"""Scenes as they stand and as they stood, and findings as they were answered, on SQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from service.domain.cell import Cell
from service.domain.recorded_finding import RecordedFinding
from service.domain.scene import Scene, SceneRecord
from service.domain.scene_events import SCENE_EVENTS
from service.domain.seal import Seal
from service.operations.ports import SceneListed
from storage.documents import Documents
from storage.events import know_events
from storage.serialise import to_text
from storage.tables import findings, scene_snapshots, scenes

know_events(SCENE_EVENTS)

SNAPSHOT_EVERY = 100
"""So many events are read at most, beside one snapshot, to see a scene as it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScene:
    """A scene as a document: its record, and the live cells of its seal."""

    id: UUID
    version: int
    record: SceneRecord
    cells: tuple[Cell, ...]


class SqlScenes:
    """The `Scenes` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._scenes = Documents(connection, scenes, StoredScene)
        self._findings = Documents(connection, findings, RecordedFinding)

    def get(self, id: UUID) -> Scene | None:
        """The scene as it stands."""
        found = self._scenes.get(id)
        return None if found is None else _scene(found)

    def snapshot(
        self, id: UUID, *, at_most: int | None = None, until: datetime | None = None
    ) -> Scene | None:
        """The last one kept, of a version `at_most` and of no later than `until`."""
        kept = scene_snapshots.c
        query = select(kept.document).where(kept.scene_id == id)
        if at_most is not None:
            query = query.where(kept.version <= at_most)
        if until is not None:
            query = query.where(kept.changed_at <= until)
        last = query.order_by(kept.version.desc()).limit(1)
        text = self._connection.execute(last).scalar_one_or_none()
        return None if text is None else _scene(self._scenes.load(text))

    def of_incident(self, incident_id: UUID) -> UUID | None:
        """The id of the incident's scene."""
        found: UUID | None = self._connection.execute(
            select(scenes.c.id).where(scenes.c.incident_id == incident_id)
        ).scalar_one_or_none()
        return found

    def under(
        self, path: str, *, incident_id: UUID | None, after: UUID | None, at_most: int
    ) -> list[SceneListed]:
        """Scenes at a post or below, by id."""
        columns = [scenes.c[name] for name in SceneListed.__slots__]
        query = select(*columns).where(scenes.c.post_path.startswith(path, autoescape=True))
        if incident_id is not None:
            query = query.where(scenes.c.incident_id == incident_id)
        if after is not None:
            query = query.where(scenes.c.id > after)
        rows = self._connection.execute(query.order_by(scenes.c.id).limit(at_most)).mappings()
        return [SceneListed(**row) for row in rows]

    def put(self, value: Scene, *, previous: int, warns_from: datetime | None = None) -> None:
        """Write the state that follows version `previous`."""
        record = value.record
        stored = stored_scene(value)
        self._scenes.put(
            stored,
            previous=previous,
            incident_id=record.incident_id,
            post_path=record.post_path,
            changed_at=record.changed_at,
            sealed=bool(value.seal.cells),
            warns_from=warns_from,
        )
        if record.version // SNAPSHOT_EVERY > previous // SNAPSHOT_EVERY:
            self._connection.execute(
                insert(scene_snapshots).values(
                    scene_id=record.id,
                    version=record.version,
                    changed_at=record.changed_at,
                    document=to_text(stored),
                )
            )

    def finding(self, id: UUID) -> RecordedFinding | None:
        """A finding with its answer."""
        return self._findings.get(id)

    def put_finding(self, value: RecordedFinding) -> None:
        """Keep a finding with its answer; nothing changes it."""
        self._findings.put(value, previous=0, scene_id=value.scene_id)


def stored_scene(scene: Scene) -> StoredScene:
    """The scene as its document holds it; equal scenes give the same text, byte for byte."""
    record = scene.record
    return StoredScene(id=record.id, version=record.version, record=record, cells=scene.seal.cells)


def _scene(stored: StoredScene) -> Scene:
    return Scene(record=stored.record, seal=Seal.of(stored.cells))
