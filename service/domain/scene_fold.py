"""The fold: a scene again from its events alone, byte for byte; it decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain import findings as f
from service.domain import scene_events as e
from service.domain.cell import Split
from service.domain.scene import (
    Cleared,
    Excluded,
    Extension,
    HoldRecord,
    Objection,
    Release,
    Scene,
    SceneRecord,
)
from service.domain.scene_events import Outside
from service.domain.seal import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of a scene: its version, when it was recorded, and by whom."""

    version: int
    event: Any
    at: datetime
    by: UUID


def replay(happened: Iterable[Happened], *, scene: Scene | None = None) -> Scene:
    """Fold events, oldest first, onto a scene or onto nothing (the first opens it).

    Raises: ValueError for no events onto nothing.
    """
    for each in happened:
        scene = _opened(each) if scene is None else after(scene, each)
    if scene is None:
        raise ValueError("a scene begins with its opening")
    return scene


def after(scene: Scene, happened: Happened) -> Scene:
    """The scene after one more event."""
    dated = replace(scene.record, version=happened.version, changed_at=happened.at)
    if type(happened.event) in _REVIEWS:
        dated = replace(dated, reviewed_at=happened.at)
    fold = _FOLDS.get(type(happened.event))
    scene = Scene(record=dated, seal=scene.seal)
    return scene if fold is None else fold(scene, happened)


def _opened(happened: Happened) -> Scene:
    event: e.SceneOpened = happened.event
    record = SceneRecord(
        id=event.scene_id,
        version=happened.version,
        incident_id=event.incident_id,
        post_path=event.post_path,
        lead_officer_id=event.lead_officer_id,
        opened_at=happened.at,
        changed_at=happened.at,
        plane=event.plane,
        plan=event.plan,
        working=event.plan,
        after_registration=event.after_registration,
    )
    return Scene(record=record, seal=Seal.of(()))


def _with(scene: Scene, *, seal: Seal | None = None, **changes: Any) -> Scene:
    return Scene(record=replace(scene.record, **changes), seal=seal or scene.seal)


def _assessed(scene: Scene, happened: Happened) -> Scene:
    event: e.SceneAssessed = happened.event
    return _with(scene, assessment=event.assessment)


def _lead_changed(scene: Scene, happened: Happened) -> Scene:
    event: e.LeadChanged = happened.event
    return _with(scene, lead_officer_id=event.lead_officer_id)


def _transferred(scene: Scene, happened: Happened) -> Scene:
    event: e.SceneTransferred = happened.event
    return _with(scene, post_path=event.post_path)


def _plan_set(scene: Scene, happened: Happened) -> Scene:
    event: e.PlanSet = happened.event
    return _with(
        scene,
        plan=event.plan,
        working=event.working,
        mends=event.mends,
        notes=event.notes,
        plan_version=scene.record.plan_version + 1,
    )


def _plan_divided(scene: Scene, happened: Happened) -> Scene:
    event: e.PlanDivided = happened.event
    working = scene.plan.with_parts(event.unit_id, event.parts)
    divided = scene.record.divided | {event.unit_id: tuple(part.id for part in event.parts)}
    return _with(scene, working=working, divided=divided)


def _hold_placed(scene: Scene, happened: Happened) -> Scene:
    event: e.HoldPlaced = happened.event
    known = scene.record.holds.get(event.hold.id)
    placed = HoldRecord(
        hold=event.hold,
        since=known.since if known else happened.version,
        questions=event.questions,
        outside=event.outside,
        claims_nothing=event.claims_nothing,
    )
    return _with(scene, holds={**scene.record.holds, event.hold.id: placed})


def _seal_set(scene: Scene, happened: Happened) -> Scene:
    event: f.SealSet = happened.event
    return _with(
        scene,
        demands=event.demands,
        planned_release_at=event.planned_release_at,
        remedies=event.remedies,
    )


def _seal_drawn(scene: Scene, happened: Happened) -> Scene:
    event: e.SealDrawn = happened.event
    return _with(
        scene,
        seal=Seal.of(event.cells),
        sealed_at=happened.at,
        next_cell=1 + max(cell.id for cell in event.cells),
    )


def _split(scene: Scene, split: Split, hold_id: UUID | None) -> Scene:
    extensions = {
        id: replace(each, cells=_traced(each.cells, split)) if each.provisional else each
        for id, each in scene.record.extensions.items()
    }
    return _with(
        scene,
        seal=scene.seal.joined(split, hold_id),
        next_cell=max([scene.record.next_cell, *(cell.id + 1 for cell in split.made)]),
        extensions=extensions,
    )


def _traced(cells: tuple[int, ...], split: Split) -> tuple[int, ...]:
    """The ids that stand where `cells` stood before the split."""
    were, gone = set(cells), set(split.gone)
    children = {made for made, parent in split.parents.items() if parent in were}
    return tuple(sorted((were - gone) | children))


def _cells_split(scene: Scene, happened: Happened) -> Scene:
    event: e.CellsSplit = happened.event
    return _split(scene, event.split, event.hold_id)


def _holds_left(scene: Scene, happened: Happened) -> Scene:
    event: e.HoldsLeft = happened.event
    ended = Cleared(at=happened.at, why=event.why)
    holds = _outside(scene.record.holds, event.outside)
    holds |= {
        id: replace(holds[id], cleared=ended, outside={}, questions=()) for id in event.cleared
    }
    return _with(scene, seal=scene.seal.cleared(event.clearing), holds=holds)


def _outside(holds: dict[UUID, HoldRecord], outside: dict[UUID, Outside]) -> dict[UUID, HoldRecord]:
    return holds | {id: replace(holds[id], outside=each) for id, each in outside.items()}


def _surveyed(scene: Scene, happened: Happened) -> Scene:
    event: f.SurveyFinished = happened.event
    if event.outcome is not f.Outcome.EXCLUDED:
        return scene
    zone = {} if event.shape is None else dict.fromkeys(event.levels, event.shape)
    survey = Excluded(version=_as_of(happened), stage=event.stage, units=event.units, zone=zone)
    return _with(scene, surveyed=(*scene.record.surveyed, survey))


def _as_of(happened: Happened) -> int:
    """The version that a word counts from: right after the one it was made on."""
    made_on: int | None = happened.event.made_on
    return happened.version if made_on is None else min(happened.version, made_on + 1)


def _certified(scene: Scene, happened: Happened) -> Scene:
    event: f.PartiesCertified = happened.event
    return _with(scene, parties=event.parties)


def _stated(scene: Scene, happened: Happened) -> Scene:
    event: f.NoObjectionStated = happened.event
    said = max(scene.record.stated.get(event.party_id, 0), _as_of(happened))
    return _with(scene, stated={**scene.record.stated, event.party_id: said})


def _not_reached(scene: Scene, happened: Happened) -> Scene:
    event: f.PartyNotReached = happened.event
    return _with(scene, not_reached={**scene.record.not_reached, event.party_id: happened.version})


def _objected(scene: Scene, happened: Happened) -> Scene:
    event: f.ObjectionRaised = happened.event
    objection = Objection(
        id=event.id,
        party_id=event.party_id,
        version=happened.version,
        raised_at=happened.at,
        text=event.text,
        said_at=event.observed_at,
    )
    return _with(scene, objections={**scene.record.objections, event.id: objection})


def _objection(scene: Scene, objection_id: UUID, **changes: Any) -> Scene:
    changed = replace(scene.objection(objection_id), **changes)
    return _with(scene, objections={**scene.record.objections, objection_id: changed})


def _objection_decided(scene: Scene, happened: Happened) -> Scene:
    event: f.ObjectionDecided = happened.event
    return _objection(
        scene, event.objection_id, decided=True, dispute=event.id if event.keeps else None
    )


def _withdrawn(scene: Scene, happened: Happened) -> Scene:
    event: f.ObjectionWithdrawn = happened.event
    return _objection(scene, event.objection_id, withdrawn=True)


def _released(scene: Scene, happened: Happened) -> Scene:
    event: f.WholeReleased = happened.event
    release = Release(
        at=happened.at,
        released_by=happened.by,
        received_by=event.received_by,
        condition=event.condition,
    )
    return _with(scene, released=release)


def _extension(scene: Scene, extension: Extension) -> Scene:
    return _with(scene, extensions={**scene.record.extensions, extension.id: extension})


def _asked(scene: Scene, happened: Happened) -> Scene:
    event: e.ExtensionAsked = happened.event
    return _extension(
        scene,
        Extension(
            id=event.id,
            reason=event.reason,
            asked_by=happened.by,
            asked_at=happened.at,
            hold_id=event.hold_id,
            hold=event.hold,
            lapses_at=event.lapses_at,
            remedies=event.remedies,
        ),
    )


def _approved(scene: Scene, happened: Happened) -> Scene:
    event: e.ExtensionApproved = happened.event
    asked = scene.extension(event.id)
    return _extension(
        scene,
        replace(
            asked,
            approved_by=happened.by,
            approved_at=happened.at,
            remedies=(*asked.remedies, *event.remedies),
        ),
    )


def _extended(scene: Scene, happened: Happened) -> Scene:
    event: e.SealExtended = happened.event
    asked = scene.extension(event.extension_id)
    joined = tuple(cell for cell in event.split.made if cell.id not in event.split.parents)
    before = {id: scene.record.holds[id].outside for id in event.outside}
    scene = _split(scene, event.split, event.hold_id)
    scene = _with(scene, holds=_outside(scene.record.holds, event.outside))
    return _extension(
        scene,
        replace(
            asked,
            cells=tuple(cell.id for cell in joined),
            area_m2=sum(cell.area_m2 for cell in joined),
            before=before,
        ),
    )


def _lapsed(scene: Scene, happened: Happened) -> Scene:
    event: e.ExtensionLapsed = happened.event
    scene = _with(scene, way_out_is_old=scene.record.way_out.known)
    return _extension(scene, replace(scene.extension(event.id), lapsed=True))


def _way_out_found(scene: Scene, happened: Happened) -> Scene:
    event: e.WayOutFound = happened.event
    return _with(scene, way_out=event.way_out, way_out_is_old=False)


_REVIEWS: frozenset[type] = f.REVIEWS | {e.ExtensionApproved}

_FOLDS: dict[type, Callable[[Scene, Happened], Scene]] = {
    e.SceneAssessed: _assessed,
    e.LeadChanged: _lead_changed,
    e.SceneTransferred: _transferred,
    e.PlanSet: _plan_set,
    e.PlanDivided: _plan_divided,
    e.HoldPlaced: _hold_placed,
    f.SealSet: _seal_set,
    e.SealDrawn: _seal_drawn,
    e.CellsSplit: _cells_split,
    e.HoldsLeft: _holds_left,
    f.SurveyFinished: _surveyed,
    f.PartiesCertified: _certified,
    f.NoObjectionStated: _stated,
    f.PartyNotReached: _not_reached,
    f.ObjectionRaised: _objected,
    f.ObjectionDecided: _objection_decided,
    f.ObjectionWithdrawn: _withdrawn,
    f.WholeReleased: _released,
    e.ExtensionAsked: _asked,
    e.ExtensionApproved: _approved,
    e.SealExtended: _extended,
    e.ExtensionLapsed: _lapsed,
    e.WayOutFound: _way_out_found,
}
