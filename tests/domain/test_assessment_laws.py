"""Laws of the assessment, on random scenes: claims within levels, foreseen is what is sealed."""

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given

from service.domain.assessment import Assessment
from service.domain.assessment_answers import (
    CauseConsidered,
    CausePart,
    CausePlace,
    Explosion,
    GasAnswer,
    GasState,
    OriginAnswer,
    OriginKnown,
    Spot,
    Where,
)
from service.domain.findings import SealSet
from service.domain.incident import CauseKind
from service.domain.plan import Plan
from service.domain.plane import Plane
from service.domain.scene_events import SceneAssessed, SceneOpened
from service.domain.scene_fold import Happened, replay
from service.domain.seal_foreseen import foresee
from tests.assessments import all_accepted, assessed, found
from tests.scene_builders import LEAD, NOON, POST, Building, uid
from tests.scenes import Scene, scenes


def a_building(scene: Scene) -> Building:
    """A scene opened on a random plan, in its axes."""
    event = SceneOpened(
        scene_id=uid("scene"),
        incident_id=uid("incident"),
        post_path=POST,
        lead_officer_id=LEAD.id,
        plane=Plane(lon0=111.67, lat0=40.82, axes=scene.axes),
        plan=scene.plan,
    )
    opened = Happened(version=1, event=event, at=NOON, by=LEAD.id)
    return Building((opened,), replay([opened]))


def answers_for(scene: Scene) -> dict[str, Any]:
    """The scene's shapes told as one answer or two; the same scene, the same answers."""
    random = Random(b"".join(hold.shapes.wkb for hold in scene.holds))
    places = [
        Where(shape=hold.shapes, levels=hold.levels, accuracy_m=hold.accuracy_m)
        for hold in scene.holds
    ]
    closed = [unit.id for unit in scene.plan.units() if unit.id != "ground"]
    panel = Where(named_units=(random.choice(closed),))
    parts = (
        CausePlace(part=CausePart.PANEL, where=panel),
        CausePlace(part=CausePart.CABLE_RUN, where=random.choice(places)),
        CausePlace(part=CausePart.FAULT, where=random.choice(places)),
    )

    def spot(name: str) -> Spot:
        return Spot(id=uid(name), where=random.choice(places), label=name)

    every = {
        "burned": (spot("burned"),),
        "origin": OriginAnswer(known=random.choice(list(OriginKnown)), spot=spot("origin")),
        "causes": (CauseConsidered(id=uid("wiring"), kind=CauseKind.ELECTRICAL, places=parts),),
        "explosion": Explosion(id=uid("bang"), seat=places[0], thrown=tuple(places[1:])),
        "gas": GasAnswer(state=GasState.LEAKING, leak=spot("leak")),
        "structure": (spot("beam"),),
        "evidence": (spot("kettle"),),
    }
    told = random.sample(list(every), random.choice((1, 2)))
    return {name: every[name] for name in told} | {"dispute_likely": random.random() < 0.5}


def must_lie_within(plan: Plan, assessment: Assessment) -> None:
    """Every unit that a proposal claims lies on one of its levels."""
    for each in assessment.proposals:
        assert {one.level for one in each.claimed} <= set(each.hold.levels)
        assert all(plan.unit(one.unit).level == one.level for one in each.claimed)


@given(scenes)
def test_a_proposal_claims_within_its_levels_and_the_seal_is_what_was_foreseen(
    scene: Scene,
) -> None:
    building = assessed(a_building(scene), **answers_for(scene))
    must_lie_within(scene.plan, found(building))
    accepted = replace(found(building), outcome=all_accepted(building))
    decided = building.by(building.begin().then(SceneAssessed(assessment=accepted, sent="")))
    seen = foresee(decided.begin(), accepted)
    assert seen is not None
    assert seen.saved_m2 >= -1e-6
    if not seen.cells:
        return
    sealed = decided.record(SealSet(id=uid("seal"), ground="survey"))
    assert sealed.scene.seal.cells == seen.cells
    assert sealed.live() == {each.id for each in accepted.proposals}
