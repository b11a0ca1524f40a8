"""The officer's word on what was proposed: accepted, changed or dropped, each soundly."""

from uuid import UUID

from service.domain.assessment import Assessment, Choice, Decision, redrawn
from service.domain.assessment_refusals import (
    ChangeMisplaced,
    ProposalDecidedTwice,
    ProposalUnknown,
    ReasonMissing,
)
from service.domain.claims import claim, must_be_on
from service.domain.errors import LineDoesNotDivide, Refusal
from service.domain.scene import Scene
from service.domain.scene_refusals import LevelsMissing
from service.domain.splitting import divide


def must_be_sound(scene: Scene, made: Assessment) -> None:
    """Refuse an outcome that cannot stand; the pointer names the choice.

    Raises: ProposalUnknown, ProposalDecidedTwice, ReasonMissing, ChangeMisplaced, LevelsMissing,
    FixTooCoarse, LineDoesNotDivide, and those of a claim.
    """
    seen: set[UUID] = set()
    for n, choice in enumerate(made.outcome):
        if choice.proposal_id in seen:
            raise ProposalDecidedTwice.at(
                f"/outcome/{n}/proposal_id", proposal_id=choice.proposal_id
            )
        seen.add(choice.proposal_id)
        try:
            _must_fit(scene, made, choice)
        except Refusal as refusal:
            refusal.within(f"/outcome/{n}")
            raise


def _must_fit(scene: Scene, made: Assessment, choice: Choice) -> None:
    proposal = next((x for x in made.proposals if x.id == choice.proposal_id), None)
    division = next((x for x in made.divisions if x.id == choice.proposal_id), None)
    if proposal is None and division is None:
        raise ProposalUnknown.at("/proposal_id", proposal_id=choice.proposal_id)
    if choice.decision is not Decision.ACCEPTED and not choice.reason:
        raise ReasonMissing.at("/reason")
    changed = choice.decision is Decision.CHANGED
    wanted, other = (choice.hold, choice.line) if proposal else (choice.line, choice.hold)
    if changed != (wanted is not None) or other is not None:
        name = "hold" if proposal else "line"
        raise ChangeMisplaced.at(f"/{name}", wanted=name)
    if proposal is not None and choice.decision is not Decision.DROPPED:
        _must_hold(scene, made, choice)
    if division is not None and division.unit not in scene.record.divided:
        _must_divide(scene, division.unit, choice)


def _must_hold(scene: Scene, made: Assessment, choice: Choice) -> None:
    """What is accepted or drawn otherwise must be able to hold: on the plan, and exact enough."""
    proposal = next(x for x in made.proposals if x.id == choice.proposal_id)
    hold = redrawn(proposal.hold, choice) or proposal.hold
    try:
        if not hold.levels:
            raise LevelsMissing.at("/levels")
        must_be_on(scene.plan, hold)
        claim(scene.plan, hold, axes=scene.record.plane.axes)
    except Refusal as refusal:
        refusal.within("/hold")
        raise


def _must_divide(scene: Scene, unit_id: str, choice: Choice) -> None:
    if choice.line is None:
        return
    try:
        divide((), scene.plan, unit_id=unit_id, line=choice.line, next_id=1)
    except LineDoesNotDivide as refusal:
        refusal.within("/line")
        raise
