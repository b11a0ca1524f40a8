"""Assessments as they leave: GeoJSON in WGS 84, every ground in both languages."""

from typing import Any

from shapely.geometry.base import BaseGeometry

from schemas.located import geojson
from schemas.scene_views import hold_shape
from schemas.triage import words_view
from service.domain.assessment import Assessment, Choice, Proposal, ProposedDivision, redrawn
from service.domain.assessment_answers import Answers, CauseConsidered, Explosion, Spot, Where
from service.domain.drawing_seal import is_outdated
from service.domain.holds import Hold
from service.domain.plane import Plane, to_wgs84
from service.domain.scene import Scene
from service.domain.seal_foreseen import Foreseen
from service.domain.words import Words


def assessment_view(scene: Scene, made: Assessment, foreseen: Foreseen | None) -> dict[str, Any]:
    """The assessment as it stands, and what it would seal."""
    plane = scene.record.plane
    names = {unit.id: unit.name for unit in scene.plan.units()}
    return {
        "scene_id": scene.record.id,
        "version": scene.version,
        "revision": made.revision,
        "at": made.at,
        "by": made.by,
        "rules_version": made.rules_version,
        "sealed_at": scene.record.sealed_at,
        "outdated": not scene.is_sealed and is_outdated(scene, made),
        "answers": answers_view(made.answers, plane),
        "proposals": [_proposal(each, made, plane, names) for each in made.proposals],
        "divisions": [_division(each, made, plane, names) for each in made.divisions],
        "undecided": made.undecided(),
        "left_out": [
            {"id": x.id, "rule": x.rule.value, "label": x.label, "why": words_view(x.why)}
            for x in made.left_out
        ],
        "still_to_say": [
            {"pointer": x.pointer, "what": words_view(x.what)} for x in made.still_to_say
        ],
        "not_in_force": _not_in_force(scene, made),
        "foreseen": None if foreseen is None else _foreseen(foreseen),
        "changes": [{"id": x.id, "what": words_view(x.what)} for x in made.changes],
    }


def answers_view(answers: Answers, plane: Plane) -> dict[str, Any]:
    """The answers as taken in."""
    origin, gas = answers.origin, answers.gas
    return {
        "burned": [_spot(each, plane) for each in answers.burned],
        "origin": {"known": origin.known.value, "spot": _spot(origin.spot, plane)},
        "causes": [_cause(each, plane) for each in answers.causes],
        "explosion": _explosion(answers.explosion, plane),
        "gas": {"state": gas.state.value, "leak": _spot(gas.leak, plane)},
        "structure": [_spot(each, plane) for each in answers.structure],
        "live_power": [_spot(each, plane) for each in answers.live_power],
        "evidence": [_evidence(each, plane) for each in answers.evidence],
        "dispute_likely": answers.dispute_likely,
        "dispute": answers.dispute,
    }


def _spot(spot: Spot | None, plane: Plane) -> dict[str, Any] | None:
    if spot is None:
        return None
    return {"id": spot.id, "label": spot.label, "where": _where(spot.where, plane)}


def _evidence(seen: Spot, plane: Plane) -> dict[str, Any]:
    return {
        "id": seen.id,
        "label": seen.label,
        "where": _where(seen.where, plane),
        "photo_ids": seen.photo_ids,
    }


def _cause(cause: CauseConsidered, plane: Plane) -> dict[str, Any]:
    return {
        "id": cause.id,
        "kind": cause.kind.value,
        "label": cause.label,
        "places": [
            {"part": each.part.value, "where": _where(each.where, plane)} for each in cause.places
        ],
    }


def _explosion(explosion: Explosion | None, plane: Plane) -> dict[str, Any] | None:
    if explosion is None:
        return None
    return {
        "id": explosion.id,
        "seat": _where(explosion.seat, plane),
        "thrown": [_where(each, plane) for each in explosion.thrown],
    }


def _where(where: Where, plane: Plane) -> dict[str, Any]:
    return {
        "geometry": None if where.shape is None else _shape(where.shape, plane),
        "levels": where.levels,
        "accuracy_m": where.accuracy_m,
        "named_units": where.named_units,
    }


def _shape(shape: BaseGeometry, plane: Plane) -> dict[str, Any]:
    return geojson(to_wgs84(shape, plane=plane))


Names = dict[str, str]


def _proposal(each: Proposal, made: Assessment, plane: Plane, names: Names) -> dict[str, Any]:
    hold, choice = each.hold, made.choice(each.id)
    ground = hold.basis or Words(hold.ground, hold.ground)
    return {
        **hold_shape(hold, plane),
        "rule": each.rule.value,
        "ground": words_view(ground),
        "must_be_placed": each.must_be_placed,
        "claimed": [
            {
                "unit": one.unit,
                "name": names.get(one.unit, one.unit),
                "level": one.level,
                "kind": one.kind.value,
                "area_m2": one.area_m2,
            }
            for one in each.claimed
        ],
        "area_m2": each.area_m2,
        "outside_m2": each.outside_m2,
        "questions": [
            {
                "unit": one.unit_id,
                "name": names.get(one.unit_id, one.unit_id),
                "shared_m2": one.shared_m2,
                "shared_m": one.shared_m,
            }
            for one in each.questions
        ],
        "choice": _choice(hold, choice, plane),
    }


def _choice(hold: Hold, choice: Choice | None, plane: Plane) -> dict[str, Any] | None:
    if choice is None:
        return None
    drawn = redrawn(hold, choice) if choice.hold else None
    return {
        "decision": choice.decision.value,
        "reason": choice.reason,
        "hold": None if drawn is None else hold_shape(drawn, plane),
    }


def _division(
    each: ProposedDivision, made: Assessment, plane: Plane, names: Names
) -> dict[str, Any]:
    choice = made.choice(each.id)
    return {
        "id": each.id,
        "unit": each.unit,
        "name": names.get(each.unit, each.unit),
        "line": _shape(each.line, plane),
        "ground": words_view(each.ground),
        "needed_m2": each.needed_m2,
        "kept_m2": each.kept_m2,
        "freed_m2": each.freed_m2,
        "reaches_a_door": each.reaches_a_door,
        "choice": choice
        and {
            "decision": choice.decision.value,
            "reason": choice.reason,
            "line": None if choice.line is None else _shape(choice.line, plane),
        },
    }


def _not_in_force(scene: Scene, made: Assessment) -> list[Any]:
    """After the seal is set: what was accepted since, and is opened by a finding of its own."""
    if not scene.is_sealed:
        return []
    return [hold.id for hold in made.holds() if hold.id not in scene.record.holds]


def _foreseen(found: Foreseen) -> dict[str, Any]:
    return {
        "sealed_m2": found.sealed_m2,
        "units": found.units,
        "closed_units": found.closed_units,
        "blanket_m2": found.blanket_m2,
        "blanket_units": found.blanket_units,
        "blanket_closed_units": found.blanket_closed_units,
        "saved_m2": found.saved_m2,
    }
