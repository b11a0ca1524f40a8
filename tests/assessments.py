"""Answers to assess a scene by, with defaults; shapes in metres of the plane."""

from dataclasses import replace
from typing import Any

from shapely.geometry.base import BaseGeometry

from schemas.assessment_rules import read_assessment
from service.domain.assessing import Told, assess
from service.domain.assessment import Assessment, Choice, Decision, Redrawn
from service.domain.assessment_answers import (
    Answers,
    CauseConsidered,
    CausePart,
    CausePlace,
    OriginAnswer,
    OriginKnown,
    Spot,
    Where,
)
from service.domain.assessment_rules import Ground
from service.domain.incident import CauseKind
from service.domain.proposing import OnRecord
from tests.scene_builders import Building, uid

RULES = read_assessment()


def where(shape: BaseGeometry | None = None, *units: str, level: str = "1", **more: Any) -> Where:
    """A place drawn on a level, or the units named."""
    levels = () if shape is None else (level,)
    return Where(shape=shape, levels=levels, named_units=units, **more)


def spot(name: str, shape: BaseGeometry | None = None, *units: str, **more: Any) -> Spot:
    """Something at a place."""
    return Spot(id=uid(name), label=name, where=where(shape, *units, **more))


def cause(name: str, kind: CauseKind = CauseKind.ELECTRICAL, **places: Where) -> CauseConsidered:
    """A cause that is considered, with its parts by their names."""
    parts = tuple(CausePlace(part=CausePart(part), where=at) for part, at in places.items())
    return CauseConsidered(id=uid(name), kind=kind, label=name, places=parts)


def clear_origin(shape: BaseGeometry) -> OriginAnswer:
    """The origin is clear."""
    return OriginAnswer(known=OriginKnown.CLEAR, spot=spot("origin", shape))


def assessed(
    building: Building,
    *outcome: Choice,
    reported: Spot | None = None,
    disputed: bool = False,
    **answers: Any,
) -> Building:
    """Assess the scene; a dispute is not likely unless said otherwise."""
    told = Told(answers=Answers(**{"dispute_likely": False, **answers}), outcome=outcome)
    on_record = OnRecord(reported=reported, disputed=disputed)
    return building.by(assess(building.begin(), told, rules=RULES, on_record=on_record))


def found(building: Building) -> Assessment:
    """The assessment as it stands."""
    assessment = building.scene.record.assessment
    assert assessment is not None
    return assessment


def claims(building: Building) -> dict[Ground, set[str]]:
    """What is proposed by each rule, with the units that it would claim."""
    units: dict[Ground, set[str]] = {}
    for each in found(building).proposals:
        units.setdefault(each.rule, set()).update(one.unit for one in each.claimed)
    return units


def accepted(*names: str) -> tuple[Choice, ...]:
    """These are accepted."""
    return tuple(Choice(proposal_id=uid(name), decision=Decision.ACCEPTED) for name in names)


def dropped(name: str, reason: str = "seen from outside only") -> Choice:
    """This is dropped."""
    return Choice(proposal_id=uid(name), decision=Decision.DROPPED, reason=reason)


def changed(name: str, shape: BaseGeometry, reason: str = "drawn closer", **more: Any) -> Choice:
    """This is drawn otherwise."""
    drawn = Redrawn(shape=shape, levels=("1",), **more)
    return Choice(proposal_id=uid(name), decision=Decision.CHANGED, reason=reason, hold=drawn)


def all_accepted(building: Building) -> tuple[Choice, ...]:
    """Everything that is proposed is accepted."""
    made = found(building)
    return tuple(
        Choice(proposal_id=each.id, decision=Decision.ACCEPTED)
        for each in (*made.proposals, *made.divisions)
    )


def again(building: Building, *outcome: Choice, **answers: Any) -> Building:
    """Assess again with answers changed, everything else as it was told."""
    made = found(building)
    told = Told(answers=replace(made.answers, **answers), outcome=outcome or made.outcome)
    return building.by(assess(building.begin(), told, rules=RULES, on_record=OnRecord()))
