"""What happened at a scene, in words: for the history, and for those who read it."""

from collections.abc import Iterable
from typing import Any

from service.domain import findings as f
from service.domain import scene_events as e
from service.domain.reasons import reason
from service.domain.scene import HoldRecord, Scene
from service.domain.scene_events import HoldsLeft, Why
from service.domain.words import Words

SAID: dict[type, Words] = {
    e.SceneOpened: Words("开设现场", "the scene was opened"),
    e.SceneAssessed: Words("现场封闭评估", "the scene was assessed"),
    e.LeadChanged: Words("变更勘验负责人", "another officer leads the survey"),
    e.SceneTransferred: Words("移送另一单位", "the scene was handed over to another post"),
    e.PlanSet: Words("确定平面图", "a version of the plan was set"),
    f.HoldOpened: Words("开列封闭事由", "a hold was opened"),
    f.QuestionAnswered: Words("答复是否到达", "it was said whether a hold reaches a unit"),
    f.SealSet: Words("划定封闭范围", "the seal was set"),
    f.SealReviewed: Words("复查封闭范围", "the seal was reviewed"),
    f.SurveyFinished: Words("完成勘验", "a survey was finished"),
    f.CauseExcluded: Words("排除一种起火原因", "a cause was excluded"),
    f.EvidenceTaken: Words("提取痕迹物证", "evidence was taken"),
    f.OriginEstablished: Words("认定起火部位", "the area of origin was established"),
    f.PartiesCertified: Words("确认当事人名单", "the list of parties was certified"),
    f.NoObjectionStated: Words("当事人表示无异议", "a party stated no objection"),
    f.PartyNotReached: Words("当事人无法送达", "a party was not reached"),
    f.ObjectionRaised: Words("当事人提出异议", "a party objected"),
    f.ObjectionDecided: Words("就异议作出决定", "an objection was decided"),
    f.ObjectionWithdrawn: Words("异议撤回", "an objection was withdrawn"),
    f.DisputeDecided: Words("争议处理完毕", "a dispute was decided"),
    f.HazardCleared: Words("危险消除", "a hazard was cleared"),
    f.UnitDivided: Words("分隔单元", "a unit was divided"),
    f.WholeReleased: Words("全部解除封闭", "the whole was released"),
    e.ExtensionAsked: Words("申请扩大封闭", "an extension was asked for"),
    e.ExtensionApproved: Words("批准扩大封闭", "an extension was approved"),
    e.ExtensionLapsed: Words("先行扩大的封闭失效", "a provisional extension lapsed"),
}
"""What each event that stands for itself says; the others follow from one of these."""

WHY_LEFT: dict[Why, Words] = {
    Why.SURVEY: Words("勘验排除", "the survey excluded the origin there"),
    Why.CAUSE_EXCLUDED: Words("起火原因排除", "the cause was excluded"),
    Why.EVIDENCE_TAKEN: Words("物证已提取", "the evidence was taken"),
    Why.ORIGIN_ONLY: Words(
        "起火部位认定且各方无异议，只保留起火部位", "nobody objects: origin only"
    ),
    Why.WITHDRAWN: Words("异议撤回", "the objection was withdrawn"),
    Why.DECIDED: Words("争议处理完毕", "the dispute was decided"),
    Why.SAFE: Words("危险消除", "the hazard was cleared"),
    Why.RELEASED: Words("全部解除", "the whole was released"),
    Why.LAPSED: Words("扩大封闭未获批准而失效", "the extension lapsed without approval"),
    Why.REPLACED: Words("封闭事由已更换", "the hold was replaced"),
}


def about(event: Any, scene: Scene) -> Words:
    """What an event says, with the hold or the units that it is about; `scene` as it is after it.

    No person is named: the history is read by all who may see the scene.
    """
    said = SAID[type(event)]
    ids: list[Any] = [getattr(event, name, None) for name in ("id", "hold_id")]
    holds = [scene.record.holds[id] for id in ids if id in scene.record.holds]
    asked = scene.record.extensions.get(ids[0])
    if asked is not None and asked.hold is not None:
        holds = [HoldRecord(hold=asked.hold, since=scene.version)]
    if holds:
        return _followed(said, _holds(holds))
    units = getattr(event, "units", ())
    return _followed(said, _units(units, scene)) if units else said


def why_left(event: HoldsLeft, head: Any, scene: Scene) -> Words:
    """Why holds left cells, and which are over with that beside the one `head` is about."""
    why = WHY_LEFT[event.why]
    others = [id for id in event.cleared if id != getattr(head, "hold_id", None)]
    if not others:
        return why
    over = _holds(scene.record.holds[id] for id in others)
    return Words(f"{why.zh}，终止：{over.zh}", f"{why.en}; over now: {over.en}")


def _followed(said: Words, more: Words) -> Words:
    return Words(f"{said.zh}：{more.zh}", f"{said.en}: {more.en}")


def _holds(records: Iterable[HoldRecord]) -> Words:
    each = [reason(record).why for record in records]
    return Words("；".join(one.zh for one in each), "; ".join(one.en for one in each))


def names_of(ids: Iterable[str], scene: Scene) -> tuple[str, ...]:
    """What people call these units; one that the plan no longer shows keeps its id."""
    names = {unit.id: unit.name or unit.id for unit in scene.plan.units()}
    return tuple(names.get(id, id) for id in ids)


def _units(ids: Iterable[str], scene: Scene) -> Words:
    each = names_of(ids, scene)
    return Words("、".join(each), ", ".join(each))
