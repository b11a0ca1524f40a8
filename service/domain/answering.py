"""The answer to a finding: what was released, why the rest stays, and what is asked back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from service.domain.cell import Cell
from service.domain.course import Course
from service.domain.holds import HOLD_NAMES, HoldKind
from service.domain.plane import to_wgs84
from service.domain.reasons import StillSealed, still_sealed
from service.domain.scene import Scene
from service.domain.scene_events import CellsSplit, HoldPlaced, HoldsLeft, SealDrawn, SealExtended
from service.domain.way_told import NOTHING_TOLD, WayOutTold, way_out_told
from service.domain.words import Words, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceChanged:
    """What of a unit left the seal or joined it; `wholly`: nothing of it is left on that side."""

    unit: str
    name: str
    level: str
    area_m2: float
    cells: int
    wholly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question for the officer: does the hold reach this unit?"""

    hold_id: UUID
    unit: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What a hold claims beyond the seal: it needs an extension. `shape` is WGS 84."""

    hold_id: UUID
    kind: HoldKind
    unit: str
    level: str
    area_m2: float
    shape: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a finding; areas in m², per level where they are mappings."""

    version: int
    released: tuple[PieceChanged, ...]
    released_m2: dict[str, float]
    joined: tuple[PieceChanged, ...]
    opened_units: tuple[str, ...]
    cleared_holds: tuple[UUID, ...]
    sealed_m2: dict[str, float]
    still_sealed: tuple[StillSealed, ...]
    questions: tuple[Asked, ...]
    needs_extension: tuple[Beyond, ...]
    warnings: tuple[Words, ...]
    way_out: WayOutTold = NOTHING_TOLD


def answer(before: Scene, course: Course) -> Answer:
    """Say what the course has changed since the scene `before`."""
    scene = course.scene
    gone = released_cells(before, course.events)
    return Answer(
        version=scene.record.version,
        released=tuple(_pieces(scene, gone, left=scene.seal.sealed_units())),
        released_m2=per_level(scene, gone),
        joined=tuple(_pieces(scene, joined_cells(course.events), left=before.seal.sealed_units())),
        opened_units=tuple(sorted(before.seal.sealed_units() - _still_shut(before, scene))),
        cleared_holds=tuple(
            id for each in course.events if isinstance(each, HoldsLeft) for id in each.cleared
        ),
        sealed_m2=per_level(scene, scene.seal.cells),
        still_sealed=still_sealed(scene),
        questions=tuple(questions(scene)),
        needs_extension=tuple(beyond(scene)),
        warnings=tuple(_warnings(course)),
        way_out=way_out_told(scene),
    )


def per_level(scene: Scene, cells: Iterable[Cell]) -> dict[str, float]:
    """The area of some cells on each level of the plan, crumbs included."""
    areas = {level.id: 0.0 for level in scene.plan.levels}
    for cell in cells:
        areas[cell.level] = areas.get(cell.level, 0.0) + cell.area_m2
    return areas


def questions(scene: Scene) -> Iterator[Asked]:
    """The questions that nobody has answered yet."""
    for record in scene.live():
        name = HOLD_NAMES[record.hold.kind]
        for question in record.questions:
            unit = scene.record.divided.get(question.unit_id) or (question.unit_id,)
            yield Asked(
                hold_id=record.hold.id,
                unit=question.unit_id,
                words=Words(
                    f"“{name.zh}”是否到达 {_name(scene, unit[0])}？",
                    f"does the {name.en} reach {_name(scene, unit[0])}?",
                ),
            )


def beyond(scene: Scene) -> Iterator[Beyond]:
    """What live holds claim beyond the seal."""
    for record in scene.live():
        for unit_id, shape in record.outside.items():
            yield Beyond(
                hold_id=record.hold.id,
                kind=record.hold.kind,
                unit=unit_id,
                level=scene.plan.unit(unit_id).level,
                area_m2=shape.area,
                shape=to_wgs84(shape, plane=scene.record.plane),
            )


def released_cells(before: Scene, events: Iterable[Any]) -> list[Cell]:
    """The cells that events released, as they were before or as they were made on the way."""
    made: dict[int, Cell] = {}
    gone: list[int] = []
    for event in events:
        if isinstance(event, CellsSplit | SealExtended):
            made |= {cell.id: cell for cell in event.split.made}
        if isinstance(event, HoldsLeft):
            gone += event.clearing.released
    return [made[id] if id in made else before.seal.cell(id) for id in gone]


def joined_cells(events: Iterable[Any]) -> list[Cell]:
    """The cells that events brought into the seal: when it was set, and by extension."""
    joined: list[Cell] = []
    for event in events:
        if isinstance(event, SealDrawn):
            joined += event.cells
        if isinstance(event, SealExtended):
            joined += (c for c in event.split.made if c.id not in event.split.parents)
    return joined


def _still_shut(before: Scene, scene: Scene) -> frozenset[str]:
    """The units sealed now, and those whose parts are."""
    shut = scene.seal.sealed_units()
    divided = (id for id in before.seal.sealed_units() if set(scene.parts([id])) & shut)
    return shut.union(divided)


def _pieces(scene: Scene, cells: list[Cell], *, left: frozenset[str]) -> Iterator[PieceChanged]:
    by_unit: dict[str, list[Cell]] = {}
    for cell in cells:
        by_unit.setdefault(cell.unit, []).append(cell)
    for unit_id, mine in by_unit.items():
        if any(not cell.crumb for cell in mine):
            yield PieceChanged(
                unit=unit_id,
                name=_name(scene, unit_id),
                level=mine[0].level,
                area_m2=sum(cell.area_m2 for cell in mine),
                cells=sum(not cell.crumb for cell in mine),
                wholly=unit_id not in left,
            )


def _name(scene: Scene, unit_id: str) -> str:
    names = {unit.id: unit.name for unit in scene.plan.units()}
    return names.get(unit_id) or unit_id


def _warnings(course: Course) -> Iterator[Words]:
    for event in course.events:
        if isinstance(event, HoldPlaced) and event.claims_nothing:
            name = HOLD_NAMES[event.hold.kind]
            yield Words(f"该“{name.zh}”不占用任何单元", f"the {name.en} claims nothing")
    for extension in course.scene.record.extensions.values():
        if extension.provisional:
            yield Words(
                f"扩大封闭（理由：{quoted(extension.reason)}）尚未批准，"
                f"{extension.lapses_at:%H:%M}（UTC）失效",
                f"the extension (reason: {quoted(extension.reason)}) is not approved; "
                f"it lapses at {extension.lapses_at:%H:%M} UTC",
            )
