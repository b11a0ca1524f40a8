"""The officer's word on what was proposed: accepted, changed or dropped, each soundly."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from service.domain.assessment import Choice, Decision, Proposal, ProposedDivision, redrawn
from service.domain.assessment_refusals import (
    ChangeMisplaced,
    ProposalDecidedTwice,
    ProposalUnknown,
    ReasonMissing,
)
from service.domain.claims import claim, must_be_on, must_be_placed
from service.domain.errors import Refusal
from service.domain.holds import Hold
from service.domain.scene import Scene
from service.domain.scene_refusals import LevelsMissing
from service.domain.splitting import divide

Held = tuple[Hold, frozenset[str]]
"""A hold, and the units that it claims."""


def holds_chosen(
    scene: Scene, proposals: Sequence[Proposal], outcome: Sequence[Choice]
) -> list[Held]:
    """The proposed holds as the officer left them; a refusal's pointer names the choice.

    Raises: ProposalDecidedTwice, ReasonMissing, ChangeMisplaced, LevelsMissing, FixTooCoarse, and
    those of a claim.
    """
    _must_be_said_once(outcome)
    choices = {choice.proposal_id: (n, choice) for n, choice in enumerate(outcome)}
    held = []
    for each in proposals:
        n, choice = choices.get(each.id, (0, None))
        with _at(f"/outcome/{n}"):
            found = _left(scene, each, choice)
        held += [] if found is None else [found]
    return held


def must_be_proposed(
    scene: Scene,
    outcome: Sequence[Choice],
    *,
    proposals: Iterable[Proposal],
    divisions: Iterable[ProposedDivision],
) -> None:
    """Refuse a word on what is not proposed, and on a division what cannot stand.

    Raises: ProposalUnknown, ReasonMissing, ChangeMisplaced, LineDoesNotDivide.
    """
    holds, lines = {each.id for each in proposals}, {each.id: each for each in divisions}
    for n, choice in enumerate(outcome):
        with _at(f"/outcome/{n}"):
            if choice.proposal_id in lines:
                _must_divide(scene, lines[choice.proposal_id], choice)
            elif choice.proposal_id not in holds:
                raise ProposalUnknown.at("/proposal_id", proposal_id=choice.proposal_id)


def _must_be_said_once(outcome: Sequence[Choice]) -> None:
    seen: set[UUID] = set()
    for n, choice in enumerate(outcome):
        if choice.proposal_id in seen:
            raise ProposalDecidedTwice.at(
                f"/outcome/{n}/proposal_id", proposal_id=choice.proposal_id
            )
        seen.add(choice.proposal_id)


def _left(scene: Scene, proposal: Proposal, choice: Choice | None) -> Held | None:
    as_proposed = proposal.hold, frozenset(each.unit for each in proposal.claimed)
    if choice is None:
        return as_proposed
    _must_have_reason(choice)
    if choice.line is not None or (choice.hold is not None) != _is_changed(choice):
        raise ChangeMisplaced.at("/hold", wanted="hold")
    hold = redrawn(proposal.hold, choice)
    if hold is None:
        return None
    with _at("/hold"):
        if choice.hold is None:
            must_be_placed(hold)
            return as_proposed
        if not hold.levels:
            raise LevelsMissing.at("/levels")
        must_be_on(scene.plan, hold)
        return hold, claim(scene.plan, hold, axes=scene.record.plane.axes).units


def _must_divide(scene: Scene, division: ProposedDivision, choice: Choice) -> None:
    _must_have_reason(choice)
    if choice.hold is not None or (choice.line is not None) != _is_changed(choice):
        raise ChangeMisplaced.at("/line", wanted="line")
    if choice.line is not None and division.unit not in scene.record.divided:
        with _at("/line"):
            divide((), scene.plan, unit_id=division.unit, line=choice.line, next_id=1)


def _must_have_reason(choice: Choice) -> None:
    if choice.decision is not Decision.ACCEPTED and not choice.reason:
        raise ReasonMissing.at("/reason")


def _is_changed(choice: Choice) -> bool:
    return choice.decision is Decision.CHANGED


@contextmanager
def _at(pointer: str) -> Iterator[None]:
    """Let a refusal's pointer stand under this one."""
    try:
        yield
    except Refusal as refusal:
        refusal.within(pointer)
        raise
