"""What a scene refuses: leaves of the one tree (errors.py), each with its words and remedy."""

from datetime import datetime
from typing import Any, ClassVar, Self

from service.domain.errors import (
    Conflict,
    Fault,
    Forbidden,
    Invalid,
    Refusal,
    RuleFailed,
    Stale,
    Unknown,
)
from service.domain.words import Words


class SceneRefusal(Refusal):
    """A refusal whose words are fixed; `at` fills in the facts and names the member."""

    WRONG: ClassVar[Words]
    REMEDY: ClassVar[Words]

    @classmethod
    def at(cls, pointer: str, **facts: Any) -> Self:
        """Make the refusal of the member at this JSON pointer; the facts go into the problem.

        A fact that is Words stands in each sentence in its language, and in no member.
        """
        told = {name: _told(fact) for name, fact in facts.items()}
        wrong, remedy = (
            Words(words.zh.format(**_in("zh", told)), words.en.format(**_in("en", told)))
            for words in (cls.WRONG, cls.REMEDY)
        )
        kept = {name: fact for name, fact in told.items() if not isinstance(fact, Words)}
        return cls(Fault(pointer, wrong, remedy), **kept)


def _told(fact: Any) -> Any:
    if isinstance(fact, datetime):
        return fact.isoformat().replace("+00:00", "Z")
    return fact if isinstance(fact, int | list | Words) else str(fact)


def _in(language: str, told: dict[str, Any]) -> dict[str, Any]:
    return {k: getattr(v, language) if isinstance(v, Words) else v for k, v in told.items()}


class SceneNotOpenThen(Invalid, SceneRefusal):
    """A seal was asked for at a time before the scene was opened."""

    TITLE = Words("当时现场尚未开启", "The scene was not open yet")
    WRONG = Words("现场自 {opened_at} 起才有记录", "the scene is on record from {opened_at} on")
    REMEDY = Words("请改为该时刻或更晚的时间", "ask for that time or a later one")


class SceneNotThereYet(Invalid, SceneRefusal):
    """A seal was asked for at a time to come."""

    TITLE = Words("所问时间尚未到来", "That time is still to come")
    WRONG = Words("服务器现在是 {now}", "it is {now} on the server now")
    REMEDY = Words("查看现状请不带 at", "leave at out to see the present state")


class UnitUnknown(Unknown, SceneRefusal):
    """The plan has no unit of that id."""

    TITLE = Words("平面图上没有此单元", "There is no such unit on the plan")
    WRONG = Words("平面图上没有单元“{unit_id}”", "the plan has no unit “{unit_id}”")
    REMEDY = Words("请从现场平面图读取单元编号", "read the ids of the units from the scene's plan")


class LevelUnknown(Unknown, SceneRefusal):
    """The plan has no level of that id."""

    TITLE = Words("平面图上没有此楼层", "There is no such level on the plan")
    WRONG = Words("平面图上没有楼层“{level_id}”", "the plan has no level “{level_id}”")
    REMEDY = Words("请从现场平面图读取楼层编号", "read the ids of the levels from the scene's plan")


class UnitNotClosed(RuleFailed, SceneRefusal):
    """Only a closed unit is divided; an open one is cut by tape anyway."""

    TITLE = Words("只有封闭单元可以划分", "Only a closed unit can be divided")
    WRONG = Words("“{unit_id}”是开敞单元", "“{unit_id}” is an open unit")
    REMEDY = Words(
        "开敞单元按警戒带划开，无需划分", "an open unit is cut by tape; do not divide it"
    )


class SceneUnknown(Unknown, SceneRefusal):
    """No scene of that id."""

    TITLE = WRONG = Words("没有该火灾现场", "there is no such scene")
    REMEDY = Words("请核对编号", "check the id")


class SceneStale(Stale, SceneRefusal):
    """Based on a version of the scene that is no longer the present one."""

    TITLE = Words("现场已有新的变化", "The scene has changed since")
    WRONG = Words("依据第{based_on}版，现为第{version}版", "based on {based_on}, now at {version}")
    REMEDY = Words("请查看变化后重新提交", "look at what changed, then send it again")


class BasedOnToCome(Invalid, SceneRefusal):
    """Based on a version that the scene has not had."""

    TITLE = Words("没有这一版现场", "The scene has had no such version")
    WRONG = Words(
        "所依据的第{based_on}版尚不存在，现为第{version}版",
        "there is no version {based_on} yet, the scene is at {version}",
    )
    REMEDY = Words("请填写记录时手机上的现场版本", "send the version that was on the phone then")


class SceneIdUsed(Conflict, SceneRefusal):
    """The id is another scene's, or the incident has a scene already."""

    TITLE = Words("现场已存在", "There is a scene already")
    WRONG = Words("已有现场 {scene_id}", "scene {scene_id} exists already")
    REMEDY = Words("请使用已有现场", "use the scene that exists")


class NotUnderInvestigation(RuleFailed, SceneRefusal):
    """A scene is opened within an investigation."""

    TITLE = WRONG = Words("该火灾未进入一般程序", "The fire is not under investigation")
    REMEDY = Words("请先接管调查", "take over the investigation first")


class ShutsIn(RuleFailed, SceneRefusal):
    """A step would leave an occupied unit without a way out, and nobody named a remedy."""

    TITLE = Words("有人使用的单元将被封在里面", "An occupied unit would be shut in")
    WRONG = Words(
        "单元 {units} 将无法出入（被 {blocked_by} 的封闭阻断，或只余不足1.2米的通道）",
        "{units} would have no way out, or none 1.2 m wide, past the seal of {blocked_by}",
    )
    REMEDY = Words(
        "请在remedies中写明为这些单元采取的措施",
        "name in `remedies` what is done for these units",
    )


class StatementNotSigned(RuleFailed, SceneRefusal):
    """No statement of no objection by that party stands signed on the incident."""

    TITLE = Words("没有已签名的无异议陈述", "No signed statement of no objection")
    WRONG = Words(
        "该当事人没有有效签名的无异议陈述",
        "this party has no statement of no objection whose signature binds",
    )
    REMEDY = Words("请先记录陈述并签名", "record the statement and have it signed first")


class StatementBeforeObjection(RuleFailed, SceneRefusal):
    """The statement is older than an objection of the same party."""

    TITLE = Words("该陈述早于本人的异议", "The statement is older than the party's objection")
    WRONG = Words(
        "陈述于 {stated_at}，本人于 {objected_at} 提出异议",
        "stated at {stated_at}; the party objected at {objected_at}",
    )
    REMEDY = Words(
        "请重新听取意见，另记陈述并签名", "hear the party again, in a new statement that is signed"
    )


class FindingUnknown(Unknown, SceneRefusal):
    """No finding of that id at the scene."""

    TITLE = WRONG = Words("没有该勘验记录", "there is no such finding")
    REMEDY = Words("请核对编号", "check the id")


class HoldUnknown(Unknown, SceneRefusal):
    """No hold of that id at the scene."""

    TITLE = Words("没有该封闭事由", "There is no such hold")
    WRONG = Words("现场没有封闭事由 {hold_id}", "the scene has no hold {hold_id}")
    REMEDY = Words("请从现场读取封闭事由", "read the holds from the scene")


class ObjectionUnknown(Unknown, SceneRefusal):
    """No objection of that id at the scene."""

    TITLE = Words("没有该异议", "There is no such objection")
    WRONG = Words("现场没有异议 {objection_id}", "the scene has no objection {objection_id}")
    REMEDY = Words("请从现场读取异议", "read the objections from the scene")


class ExtensionUnknown(Unknown, SceneRefusal):
    """No extension of that id at the scene."""

    TITLE = Words("没有该扩大封闭申请", "There is no such extension")
    WRONG = Words("现场没有申请 {extension_id}", "the scene has no extension {extension_id}")
    REMEDY = Words("请核对编号", "check the id")


class PartyNotListed(Invalid, SceneRefusal):
    """The party is not on the certified list."""

    TITLE = Words("当事人不在确认名单上", "The party is not on the certified list")
    WRONG = Words("当事人 {party_id} 不在名单上", "party {party_id} is not on the list")
    REMEDY = Words("请先确认当事人名单", "certify the list of parties first")


class HoldCleared(Conflict, SceneRefusal):
    """The hold is over already."""

    TITLE = Words("该封闭事由已解除", "The hold is cleared already")
    WRONG = Words("封闭事由 {hold_id} 已解除", "hold {hold_id} is cleared already")
    REMEDY = Words("无需再次办理", "nothing more need be done")


class HoldOfAnotherKind(RuleFailed, SceneRefusal):
    """This finding cannot clear, or open, a hold of that kind."""

    TITLE = Words("该认定不适用于此类封闭事由", "The finding does not apply to this kind of hold")
    WRONG = Words("事由类型为“{kind}”", "the hold is a {kind}")
    REMEDY = Words("请用对应该类事由的认定", "use the finding for that kind of hold")


class FindingIdUsed(Conflict, SceneRefusal):
    """Another finding has been recorded under this id."""

    TITLE = Words("该编号已用于另一认定", "The id was used for another finding")
    WRONG = Words("编号已记录另一内容", "something else is recorded under this id")
    REMEDY = Words("请换用新的编号", "use a new id")


class PlanLosesHold(RuleFailed, SceneRefusal):
    """A live hold names a level or unit that the new plan has not."""

    TITLE = Words("新平面图缺少封闭事由所在的楼层或单元", "The plan lacks what a hold names")
    WRONG = Words(
        "封闭事由 {hold_id} 所在处不在图上", "hold {hold_id} names what is not on the plan"
    )
    REMEDY = Words(
        "请保留该编号，或先更换该事由", "keep the id on the plan, or replace the hold first"
    )


class SealNotSet(RuleFailed, SceneRefusal):
    """The seal has not been set."""

    TITLE = WRONG = Words("尚未划定封闭范围", "The seal has not been set")
    REMEDY = Words("请先划定封闭范围", "set the seal first")


class SealAlreadySet(Conflict, SceneRefusal):
    """The seal was set before; it grows by extension only."""

    TITLE = WRONG = Words("封闭范围已划定", "The seal has been set already")
    REMEDY = Words("如需扩大，请申请扩大封闭", "ask for an extension if more must be sealed")


class NothingToSeal(RuleFailed, SceneRefusal):
    """No live hold claims anything."""

    TITLE = WRONG = Words("没有任何封闭事由占用空间", "No live hold claims anything")
    REMEDY = Words("请先开列封闭事由", "open a hold first")


class SealIsAnExtension(RuleFailed, SceneRefusal):
    """After a simplified registration the premises were open: sealing them is an extension."""

    TITLE = Words("登记后再封闭须按扩大封闭办理", "Sealing after a registration is an extension")
    WRONG = Words(
        "该火灾曾简易登记，场所已恢复使用", "the fire was registered and the premises opened"
    )
    REMEDY = Words(
        "请申请扩大封闭，由上级人员批准", "ask for an extension; a higher officer approves"
    )


class SceneReleased(Conflict, SceneRefusal):
    """The whole has been released; the scene is closed."""

    TITLE = WRONG = Words("现场已全部解除封闭", "The whole scene has been released")
    REMEDY = Words("如须再次封闭，请另开现场", "open another scene if it must be sealed again")


class LastUnitNotExcluded(RuleFailed, SceneRefusal):
    """While no origin is established, survey cannot clear the last unit not excluded."""

    TITLE = Words(
        "最后一个未排除的单元不能凭勘验解除", "Survey cannot clear the last unit not excluded"
    )
    WRONG = Words(
        "起火部位未认定，排除后将没有任何可能起火的单元",
        "no origin is established, and no unit where the fire may have begun would be left",
    )
    REMEDY = Words("请先认定起火部位", "establish the area of origin first")


class NothingSurveyed(Invalid, SceneRefusal):
    """A survey names neither units nor a zone."""

    TITLE = WRONG = Words("未指明勘验的单元或区域", "The survey names neither units nor a zone")
    REMEDY = Words("请填写 units，或 geometry 与 levels", "give units, or geometry and levels")


class LevelsMissing(Invalid, SceneRefusal):
    """A shape without the levels it lies on."""

    TITLE = WRONG = Words("图形未指明楼层", "The shape names no level")
    REMEDY = Words("请填写 levels", "give levels")


class TwoOfficersNeeded(RuleFailed, SceneRefusal):
    """Evidence is taken by at least two officers."""

    TITLE = Words("提取物证须两名以上人员", "Evidence is taken by two officers at least")
    WRONG = Words("只有 {count} 名人员", "only {count} officer(s) named")
    REMEDY = Words("请填写两名不同的提取人员", "name two different officers")


class EvidenceNotOnRecord(Invalid):
    """Evidence names an officer who does not serve, or a photo the incident does not have."""

    TITLE = Words("提取人员或照片不在案", "An officer or a photo is not on record")


class WitnessNeeded(RuleFailed, SceneRefusal):
    """Evidence is taken before a witness or a party."""

    TITLE = WRONG = Words("提取物证须有见证人", "Evidence is taken before a witness")
    REMEDY = Words("请填写见证人；拒签的注明", "name the witness; note a refusal to sign")


class PhotoNeeded(RuleFailed, SceneRefusal):
    """Evidence is photographed in place before it is taken."""

    TITLE = WRONG = Words("提取物证须有原位照片", "Evidence is photographed in place first")
    REMEDY = Words("请附照片编号", "give the ids of the photos")


class CustodyMissing(RuleFailed, SceneRefusal):
    """The chain of custody begins when evidence is taken."""

    TITLE = WRONG = Words("缺少物证交接记录", "The chain of custody is missing")
    REMEDY = Words("请填写保管人、时间和地点", "say who holds it, since when, where")


class NotTheLeadOfficer(Forbidden, SceneRefusal):
    """Only the officer leading the survey decides this."""

    TITLE = WRONG = Words("须由勘验负责人决定", "Only the lead officer decides this")
    REMEDY = Words("请由勘验负责人办理", "let the lead officer do it")


class NotServedTwice(RuleFailed, SceneRefusal):
    """Not reached: served fewer than twice, or too close together."""

    TITLE = Words("未满足送达次数或间隔", "Not served often enough, or too close together")
    WRONG = Words(
        "须送达 {times} 次、间隔 {days} 日以上", "must be served {times} times, {days} days apart"
    )
    REMEDY = Words("请按规定再次送达", "serve once more, then record it")


class ObjectionClosed(Conflict, SceneRefusal):
    """The objection was decided or withdrawn before."""

    TITLE = WRONG = Words("该异议已处理", "The objection was decided or withdrawn before")
    REMEDY = Words("无需再次办理", "nothing more need be done")


class NothingToKeep(RuleFailed, SceneRefusal):
    """The dispute would claim nothing of what is sealed."""

    TITLE = WRONG = Words("争议区域不占用任何封闭单元", "The area in dispute claims nothing")
    REMEDY = Words("请指明区域或单元，或决定不保留", "name an area or units, or keep none")


class HazardOrDisputeStands(RuleFailed, SceneRefusal):
    """The whole cannot be released while a hazard, a dispute or an undecided objection stands."""

    TITLE = Words("仍有危险、争议或未决异议", "A hazard, a dispute or an open objection stands")
    WRONG = Words("尚待处理：{what}", "still standing: {what}")
    REMEDY = Words("请先解除危险并处理争议", "clear the hazards and decide the disputes first")


class HoldsNotAnsweredFor(RuleFailed, SceneRefusal):
    """A live hold has no answer in the release of the whole."""

    TITLE = Words("有封闭事由未说明", "A live hold is not answered for")
    WRONG = Words("未说明：{hold_ids}", "not answered for: {hold_ids}")
    REMEDY = Words("请逐项说明为何不再保留", "say for each hold why it is no longer kept")


class ExtensionIdUsed(Conflict, SceneRefusal):
    """Another extension has this id."""

    TITLE = WRONG = Words("该编号已用于另一申请", "The id was used for another extension")
    REMEDY = Words("请换用新的编号", "use a new id")


class ExtensionClosed(Conflict, SceneRefusal):
    """The extension was approved or has lapsed."""

    TITLE = WRONG = Words("该扩大封闭申请已办结", "The extension was approved or has lapsed")
    REMEDY = Words("如仍需要，请重新申请", "ask again if it is still needed")


class OwnExtension(Forbidden, SceneRefusal):
    """A second officer must approve."""

    TITLE = WRONG = Words("不能批准本人的申请", "Nobody approves their own extension")
    REMEDY = Words("请由另一名上级人员批准", "let a second officer of higher role approve")


class NothingToExtend(RuleFailed, SceneRefusal):
    """The hold claims nothing outside the seal."""

    TITLE = WRONG = Words("封闭范围外没有需扩大的部分", "Nothing outside the seal is claimed")
    REMEDY = Words("请核对图形与楼层", "check the shape and its levels")


class OnlyHazardAtOnce(RuleFailed, SceneRefusal):
    """Only a hazard may be extended at once by one officer."""

    TITLE = WRONG = Words("只有危险区域可以先行扩大", "Only a hazard may be extended at once")
    REMEDY = Words("请等待批准", "wait for the approval")


class HoldIdUsed(Conflict, SceneRefusal):
    """Another hold has this id."""

    TITLE = WRONG = Words("该编号已用于另一封闭事由", "The id was used for another hold")
    REMEDY = Words("请换用新的编号", "use a new id")


class NotAsked(Conflict, SceneRefusal):
    """The question was not asked of this unit."""

    TITLE = Words("没有待回答的问题", "There is no such question")
    WRONG = Words("没有就单元 {unit_id} 提出问题", "nothing was asked about unit {unit_id}")
    REMEDY = Words("请从现场读取待答问题", "read the open questions from the scene")
