"""What a revision of an assessment makes different from the one before, in words."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from service.domain.assessment import (
    Assessment,
    Change,
    Choice,
    Decision,
    Offer,
    ProposedDivision,
)
from service.domain.holds import HOLD_NAMES
from service.domain.words import Words, quoted

ANSWERED = {
    "burned": Words("过火区域", "what burned"),
    "origin": Words("起火部位", "the origin"),
    "causes": Words("考虑的起火原因", "the causes considered"),
    "explosion": Words("爆炸", "the explosion"),
    "gas": Words("燃气", "the gas"),
    "structure": Words("受损结构", "the damaged structure"),
    "live_power": Words("带电部位", "live power"),
    "evidence": Words("所见痕迹物证", "the evidence seen"),
    "dispute_likely": Words("是否可能有争议", "whether a dispute is likely"),
    "dispute": Words("争议内容", "what the dispute is about"),
}
DECIDED = {
    Decision.ACCEPTED: Words("采纳", "accepted"),
    Decision.CHANGED: Words("改动后采纳", "changed"),
    Decision.DROPPED: Words("不采纳", "dropped"),
}


def changes_between(before: Assessment, after: Assessment) -> Iterator[Change]:
    """Every difference: in the answers, in what is proposed, in what was made of it."""
    for each in fields(after.answers):
        if getattr(before.answers, each.name) != getattr(after.answers, each.name):
            yield _change(None, ANSWERED[each.name], "回答有改动", "answered differently")
    if (before.plan_version, before.divided) != (after.plan_version, after.divided):
        yield _change(None, Words("平面图", "the plan"), "已更换", "another than before")
    were, are = before.offers(), after.offers()
    for id, offer in were.items():
        if id not in are:
            yield _change(id, _name(offer), "不再建议", "no longer proposed")
    for id, offer in are.items():
        if id not in were:
            yield _change(id, _name(offer), "新建议", "newly proposed")
        elif _bare(offer) != _bare(were[id]):
            yield _change(id, _name(offer), "建议有改动", "proposed differently")
        if before.choice(id) != after.choice(id):
            yield _chosen(id, offer, after.choice(id))


def _chosen(id: UUID, offer: Offer, choice: Choice | None) -> Change:
    if choice is None:
        return _change(id, _name(offer), "结论撤回", "no longer decided")
    words = DECIDED[choice.decision]
    typed = quoted(choice.reason) if choice.reason else ""
    return _change(
        id,
        _name(offer),
        words.zh + (f"：{typed}" if typed else ""),
        words.en + (f": {typed}" if typed else ""),
    )


def _bare(offer: Offer) -> Any:
    """What is proposed, whoever proposed it when."""
    if isinstance(offer, ProposedDivision):
        return offer
    hold = offer.hold
    same = replace(hold, opened_by=UUID(int=0), opened_at=hold.opened_at.min)
    return replace(offer, hold=same)


def _name(offer: Offer) -> Words:
    if isinstance(offer, ProposedDivision):
        return Words(f"划分 {offer.unit}", f"division of {offer.unit}")
    name, label = HOLD_NAMES[offer.hold.kind], offer.hold.label
    typed = quoted(label) if label else ""
    return Words(name.zh + typed, f"{name.en} {typed}".strip())


def _change(id: UUID | None, name: Words, zh: str, en: str) -> Change:
    return Change(id=id, what=Words(f"{name.zh}：{zh}", f"{name.en}: {en}"))
