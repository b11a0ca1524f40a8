"""Scenes as they leave: GeoJSON in WGS 84 with nine decimals, every reason in both languages."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from schemas.custody_views import posted_view
from schemas.located import geojson
from schemas.triage import words_view
from schemas.way_out import way_out_view
from service.domain.answering import Answer, PieceChanged, beyond, per_level, questions
from service.domain.drawing_seal import is_outdated
from service.domain.figures import Figures
from service.domain.history import Entry, closed_units
from service.domain.holds import HOLD_NAMES, Hold
from service.domain.plan import Plan
from service.domain.plane import Plane, to_wgs84
from service.domain.posted_notice import PostedNotice
from service.domain.previewing import WhatIf
from service.domain.reasons import Reason, reason, reasons_of, still_sealed
from service.domain.recorded_finding import RecordedFinding
from service.domain.reopening import UnitStatus
from service.domain.scene import Extension, HoldRecord, Scene
from service.domain.seal import Freed
from service.domain.way_told import way_out_told
from service.domain.words import Words


def scene_view(
    scene: Scene, units: Iterable[UnitStatus], notice: PostedNotice | None
) -> dict[str, Any]:
    """A scene as it stands, how each unit reads, to its owner too, and the notice posted."""
    record = scene.record
    return {
        "id": record.id,
        "version": record.version,
        "incident_id": record.incident_id,
        "lead_officer_id": record.lead_officer_id,
        "opened_at": record.opened_at,
        "changed_at": record.changed_at,
        "sealed_at": record.sealed_at,
        "demands": record.demands,
        "planned_release_at": record.planned_release_at,
        "after_registration": record.after_registration,
        "plan_version": record.plan_version,
        "levels": [
            {"id": level.id, "name": level.name, "ordinal": level.ordinal}
            for level in scene.plan.levels
        ],
        "assessment": _assessed(scene),
        "holds": [hold_view(each, record.plane) for each in scene.holds()],
        "sealed_m2": per_level(scene, scene.seal.cells),
        "closed_units": closed_units(scene),
        "units": [_status(each) for each in units],
        "origin_established": scene.origin_is_established,
        "parties": [
            {"party_id": each.party_id, "name": each.name, "unit_ids": each.unit_ids}
            for each in record.parties or ()
        ],
        "objections": [
            {
                "id": each.id,
                "party_id": each.party_id,
                "raised_at": each.raised_at,
                "text": each.text,
                "open": each.is_open,
                "withdrawn": each.withdrawn,
                "dispute": each.dispute,
            }
            for each in record.objections.values()
        ],
        "extensions": [extension_view(each) for each in record.extensions.values()],
        "questions": [_asked(each) for each in questions(scene)],
        "needs_extension": [_beyond(each) for each in beyond(scene)],
        "way_out": way_out_view(way_out_told(scene)),
        "released_at": record.released.at if record.released else None,
        "notice": notice and posted_view(notice),
    }


def _assessed(scene: Scene) -> dict[str, Any] | None:
    """How far the assessment is; /assessment shows it whole."""
    assessment = scene.record.assessment
    if assessment is None:
        return None
    return {
        "revision": assessment.revision,
        "undecided": assessment.undecided(),
        "outdated": not scene.is_sealed and is_outdated(scene, assessment),
    }


def hold_view(record: HoldRecord, plane: Plane) -> dict[str, Any]:
    """A hold, with what became of it and what would clear it."""
    cleared = record.cleared
    return {
        **hold_shape(record.hold, plane),
        "why": words_view(reason(record).why),
        "until": words_view(reason(record).until),
        "claims_nothing": record.claims_nothing,
        "cleared_at": cleared.at if cleared else None,
        "cleared_by": cleared.why.value if cleared else None,
    }


def hold_shape(hold: Hold, plane: Plane) -> dict[str, Any]:
    """A hold as it was drawn."""
    return {
        "id": hold.id,
        "kind": hold.kind.value,
        "name": words_view(HOLD_NAMES[hold.kind]),
        "label": hold.label,
        "ground": hold.ground,
        "geometry": _shape(hold.shapes, plane),
        "accuracy_m": hold.accuracy_m,
        "margin_m": hold.margin_m,
        "levels": hold.levels,
        "named_units": hold.named_units,
        "not_units": hold.not_units,
        "opened_by": hold.opened_by,
        "opened_at": hold.opened_at,
    }


def _shape(shape: BaseGeometry, plane: Plane) -> dict[str, Any]:
    return geojson(to_wgs84(shape, plane=plane))


def answer_view(answer: Answer) -> dict[str, Any]:
    """What came of a finding."""
    return {
        "version": answer.version,
        "released": [_piece(each) for each in answer.released],
        "released_m2": answer.released_m2,
        "joined": [_piece(each) for each in answer.joined],
        "opened_units": answer.opened_units,
        "cleared_holds": answer.cleared_holds,
        "sealed_m2": answer.sealed_m2,
        "still_sealed": [
            {
                "unit": each.unit,
                "name": each.name,
                "level": each.level,
                "kind": each.kind.value,
                "area_m2": each.area_m2,
                "cells": each.cells,
                "reasons": [reason_view(one) for one in each.reasons],
            }
            for each in answer.still_sealed
        ],
        "questions": [_asked(each) for each in answer.questions],
        "needs_extension": [_beyond(each) for each in answer.needs_extension],
        "warnings": [words_view(each) for each in answer.warnings],
        "way_out": way_out_view(answer.way_out),
    }


def finding_view(recorded: RecordedFinding) -> dict[str, Any]:
    """A finding as sent, and its answer."""
    return {
        "id": recorded.id,
        "scene_id": recorded.scene_id,
        "sent": json.loads(recorded.sent),
        "officer_id": recorded.officer_id,
        "observed_at": recorded.observed_at,
        "recorded_at": recorded.recorded_at,
        **answer_view(recorded.answer),
    }


def _piece(piece: PieceChanged) -> dict[str, Any]:
    return {name: getattr(piece, name) for name in PieceChanged.__slots__}


def reason_view(each: Reason) -> dict[str, Any]:
    """A hold on a place, and what would clear it."""
    return {
        "hold_id": each.hold_id,
        "kind": each.kind.value,
        "why": words_view(each.why),
        "until": words_view(each.until),
    }


def _asked(each: Any) -> dict[str, Any]:
    return {"hold_id": each.hold_id, "unit": each.unit, "words": words_view(each.words)}


def _beyond(each: Any) -> dict[str, Any]:
    return {
        "hold_id": each.hold_id,
        "kind": each.kind.value,
        "unit": each.unit,
        "level": each.level,
        "area_m2": each.area_m2,
        "geometry": geojson(each.shape),
    }


def _status(each: UnitStatus) -> dict[str, Any]:
    return {
        "unit": each.unit,
        "name": each.name,
        "level": each.level,
        "state": each.state.value,
        "reasons": [words_view(one) for one in each.reasons],
        "remains": [words_view(one) for one in each.remains],
        "hold_kinds": [kind.value for kind in each.hold_kinds],
        "sealed_m2": each.sealed_m2,
    }


def extension_view(extension: Extension) -> dict[str, Any]:
    """An extension as it stands."""
    names = (
        "id", "reason", "asked_by", "asked_at", "hold_id", "lapses_at",
        "approved_by", "approved_at", "lapsed", "provisional", "area_m2",
    )  # fmt: skip
    return {
        **{name: getattr(extension, name) for name in names},
        "remedies": [{"text": each.text, "unit_ids": each.unit_ids} for each in extension.remedies],
    }


def seal_view(scene: Scene, *, level: str | None) -> dict[str, Any]:
    """The sealed cells as features, each with its reasons; crumbs are left out."""
    cells = scene.seal.cells
    wanted = cells if level is None else _on(scene, scene.plan.on(level, pointer="/level").id)
    plane = scene.record.plane
    return {
        "type": "FeatureCollection",
        "version": scene.record.version,
        "sealed_m2": per_level(scene, scene.seal.cells),
        "units": [each.unit for each in still_sealed(scene)],
        "features": [
            {
                "type": "Feature",
                "id": cell.id,
                "geometry": _shape(cell.shape, plane),
                "properties": {
                    "level": cell.level,
                    "unit": cell.unit,
                    "kind": cell.kind.value,
                    "area_m2": cell.area_m2,
                    "reasons": [reason_view(each) for each in reasons_of(scene, cell.holds)],
                },
            }
            for cell in wanted
            if not cell.crumb
        ],
    }


def _on(scene: Scene, level: str) -> Iterable[Any]:
    return (cell for cell in scene.seal.cells if cell.level == level)


def plan_view(
    plan: Plan, plane: Plane, *, version: int, mends: Iterable[Any], notes: Iterable[Words] = ()
) -> dict[str, Any]:
    """A plan as features (units with a boundless shape have none), with what was mended."""
    units = [
        _feature(unit.id, unit.shape, plane, level=unit.level, kind=unit.kind, name=unit.name)
        for unit in plan.units()
    ]
    openings = [
        _feature(
            each.id, each.shape, plane,
            level=each.level, kind=each.kind, joins=each.joins, width_m=each.width_m,
        )
        for each in plan.openings
    ]  # fmt: skip
    return {
        "type": "FeatureCollection",
        "plan_version": version,
        "levels": [
            {"id": level.id, "name": level.name, "ordinal": level.ordinal} for level in plan.levels
        ],
        "features": units + openings,
        "mends": [
            {
                "kind": mend.kind.value,
                "level": mend.level,
                "units": mend.units,
                "area_m2": mend.area_m2,
                "words": words_view(mend.words),
            }
            for mend in mends
        ],
        "notes": [words_view(note) for note in notes],
    }


REACH_M = 5_000.0


def _feature(id: str, shape: BaseGeometry, plane: Plane, **properties: Any) -> dict[str, Any]:
    reach = max(map(abs, shape.bounds), default=0.0)
    near = shape if reach <= REACH_M else shapely.clip_by_rect(shape, *_window(REACH_M))
    return {
        "type": "Feature",
        "id": id,
        "geometry": _shape(near, plane),
        "properties": properties,
    }


def _window(reach: float) -> tuple[float, float, float, float]:
    return -reach, -reach, reach, reach


def what_if_view(found: WhatIf) -> dict[str, Any]:
    """What clearing each live hold, and each pending step, would free."""
    return {
        "version": found.version,
        "holds": [
            {
                **reason_view(each.reason),
                "area_m2": each.area_m2,
                "units": each.units,
                "way_out": each.way and {"shut_in": each.way.shut_in, "let_out": each.way.let_out},
            }
            for each in found.holds
        ],
        "surveys": [
            {"unit": each.unit, "area_m2": each.area_m2, "opens": each.opens}
            for each in found.surveys
        ],
        "nobody_objects": _freed(found.nobody_objects),
    }


def _freed(freed: Freed | None) -> dict[str, Any] | None:
    return None if freed is None else {"area_m2": freed.area_m2, "units": freed.units}


def entry_view(entry: Entry) -> dict[str, Any]:
    """One thing that was recorded."""
    members = {name: getattr(entry, name) for name in Entry.__slots__}
    why = [words_view(each) for each in entry.why_left]
    return {**members, "what": words_view(entry.what), "why_left": why}


def figures_view(found: Figures) -> dict[str, Any]:
    """What the seal has cost."""
    return asdict(found)
