"""Where the officer's answers say that things are: each place must be one, and on the plan."""

from collections.abc import Collection
from uuid import UUID

from service.domain.assessment_answers import Answers, OriginKnown, Where
from service.domain.assessment_refusals import AnswerIdTwice, PlaceMissing
from service.domain.errors import Fault, GroundNamed
from service.domain.plan import GROUND, Plan
from service.domain.scene_refusals import HoldIdUsed, LevelsMissing
from service.domain.words import Words


def must_be_told(answers: Answers, plan: Plan, *, taken: Collection[UUID]) -> None:
    """Refuse answers whose ids or places cannot stand; `taken` are ids of other holds.

    Raises: AnswerIdTwice, HoldIdUsed, PlaceMissing, LevelsMissing, LevelUnknown, UnitUnknown,
    GroundNamed.
    """
    seen: set[UUID] = set()
    for pointer, id in answers.ids():
        if id in seen:
            raise AnswerIdTwice.at(pointer, answer_id=id)
        if id in taken:
            raise HoldIdUsed.at(pointer)
        seen.add(id)
    if answers.origin.known is OriginKnown.CLEAR and answers.origin.spot is None:
        raise PlaceMissing.at("/answers/origin/spot")
    for pointer, where in answers.places():
        _must_be_a_place(where, plan, pointer)


def _must_be_a_place(where: Where, plan: Plan, pointer: str) -> None:
    if where.shape is None and not where.named_units:
        raise PlaceMissing.at(pointer)
    if where.shape is not None and not where.levels:
        raise LevelsMissing.at(f"{pointer}/levels")
    for n, level in enumerate(where.levels):
        plan.on(level, pointer=f"{pointer}/levels/{n}")
    for n, unit in enumerate(where.named_units):
        if plan.unit(unit, pointer=f"{pointer}/named_units/{n}").id == GROUND:
            fault = Fault(
                f"{pointer}/named_units/{n}",
                Words("室外场地没有边界", "the open ground has no end"),
                Words("请画出需要封闭的范围", "draw the area to be kept shut"),
            )
            raise GroundNamed(fault)
