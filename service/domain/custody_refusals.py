"""What the custody of a scene refuses: leaves of the one tree (errors.py)."""

from service.domain.errors import Conflict, Forbidden, Invalid, RuleFailed, Throttled, Unknown
from service.domain.scene_refusals import SceneRefusal
from service.domain.words import Words


class CustodyInvalid(Invalid):
    """A record of the custody contradicts itself or the clock."""

    TITLE = Words("看管记录内容有误", "The custody record is wrong")


class CustodyNotOnRecord(Invalid):
    """It names an officer who does not serve, or a photo the incident does not have."""

    TITLE = Words("人员或照片不在案", "An officer or a photo is not on record")


# --- supervised access ---


class AccessUnknown(Unknown, SceneRefusal):
    """The scene has no access of that id."""

    TITLE = WRONG = Words("没有该进入申请", "there is no such access")
    REMEDY = Words("请核对编号", "check the id")


class EntryUnknown(Unknown, SceneRefusal):
    """The access has no entry of that id."""

    TITLE = WRONG = Words("没有该进入记录", "there is no such entry")
    REMEDY = Words("请核对编号；新记录请带If-None-Match: *", "check the id; to add one send *")


class UnitNotSealed(RuleFailed, SceneRefusal):
    """Access is for sealed units only: others are entered without it."""

    TITLE = Words("该单元没有封闭", "The unit is not sealed")
    WRONG = Words("{units} 没有封闭，或不在本现场", "{units} is not sealed, or not of this scene")
    REMEDY = Words("只填写本现场仍封闭的单元", "name units of this scene that are sealed still")


class OwnUnitsOnly(Forbidden, SceneRefusal):
    """A party asks for the own units, as they are on record."""

    TITLE = Words("只能申请进入本人的单元", "Only for your own units")
    WRONG = Words("{units} 没有登记为您的单元", "{units} is not on record as your unit")
    REMEDY = Words("请联系经办人员核对您的单元", "ask the fire brigade to put your units on record")


class OwnersCodeNeeded(Forbidden, SceneRefusal):
    """The notice's code is public and only shows."""

    TITLE = WRONG = Words("公告查询码只能查看", "The notice's code only shows")
    REMEDY = Words("请用发给本人的查询码", "use the code that was handed to you")


class TooManyAsked(Throttled, SceneRefusal):
    """A party has so many wishes waiting already."""

    TITLE = Words("待答复的申请过多", "Too many wait for an answer")
    WRONG = Words("已有 {waiting} 项申请待答复", "{waiting} are waiting already")
    REMEDY = Words("请等待答复，或致电经办人员", "wait for the answers, or call the fire brigade")


class AccessDecided(Conflict, SceneRefusal):
    """It was granted or refused already."""

    TITLE = WRONG = Words("该申请已经答复", "the access was decided already")
    REMEDY = Words("如情况变化请重新申请", "ask anew if things have changed")


class AccessTooFarAhead(Invalid, SceneRefusal):
    """The window lies years ahead."""

    TITLE = Words("时段过远", "The window lies too far ahead")
    WRONG = Words("结束时间在{days}天以后", "it ends more than {days} days from now")
    REMEDY = Words("请核对年份", "check the year")


class AccessWindowWrong(Invalid, SceneRefusal):
    """The window ends before it begins, or is over already."""

    TITLE = Words("进入时段有误", "The time window is wrong")
    WRONG = Words("时段须晚于现在且先起后止", "it must end after now, and after it begins")
    REMEDY = Words("请改正起止时间", "correct the two times")


class HazardNotAcknowledged(RuleFailed, SceneRefusal):
    """A live hazard stands there, and nobody said why people may go in all the same."""

    TITLE = Words("进入危险区域须说明理由", "A hazard there must be acknowledged")
    WRONG = Words("危险事由 {holds} 尚未说明", "hazard {holds} has not been acknowledged")
    REMEDY = Words(
        "请逐项写明为何可以进入、如何防护", "say of each why people may go in, and how protected"
    )


class AccessNotGranted(RuleFailed, SceneRefusal):
    """Nobody enters without a grant."""

    TITLE = WRONG = Words("该申请没有批准", "the access was not granted")
    REMEDY = Words(
        "请由勘验负责人批准；擅自进入请按封条破损登记",
        "let the lead officer grant it; what was entered without it is a breach of the seal",
    )


class OutsideTheWindow(RuleFailed, SceneRefusal):
    """An entry begins within the window that was granted."""

    TITLE = Words("不在批准的时段内", "Outside the time granted")
    WRONG = Words("批准的时段为 {begins_at} 至 {ends_at}", "granted from {begins_at} to {ends_at}")
    REMEDY = Words(
        "请重新申请；擅自进入请按封条破损登记",
        "ask anew; what was entered without a grant is a breach of the seal",
    )


class EntryPhotoNeeded(RuleFailed, SceneRefusal):
    """An entry is photographed."""

    TITLE = WRONG = Words("进入须有照片", "An entry is photographed")
    REMEDY = Words("请附照片编号", "give the ids of the photos")


# --- tapes and the notice ---


class TapeUnknown(Unknown, SceneRefusal):
    """The scene has no tape of that id."""

    TITLE = WRONG = Words("没有该封条", "there is no such seal tape")
    REMEDY = Words("请核对编号", "check the id")


class TapeNumberUsed(Conflict, SceneRefusal):
    """The number stands on another tape of the scene."""

    TITLE = Words("封条号已使用", "The tape's number is used")
    WRONG = Words("封条 {number} 已登记", "tape {number} is on record already")
    REMEDY = Words("请核对封条上的号码", "check the number on the tape")


class TapeDown(Conflict, SceneRefusal):
    """It came down already."""

    TITLE = WRONG = Words("已经揭除", "it came down already")
    REMEDY = Words("如重新张贴请另行登记", "put a new one on record if it was put up again")


class PlaceNotSealed(RuleFailed, SceneRefusal):
    """A tape is put where something is sealed."""

    TITLE = WRONG = Words("该处没有封闭", "Nothing is sealed there")
    REMEDY = Words(
        "请填写封闭的单元、其门，或警戒带边缘",
        "name a sealed unit, a door of one, or the edge of a taped shape",
    )


class DoorUnknown(Unknown, SceneRefusal):
    """The plan has no door of that id."""

    TITLE = Words("平面图上没有此门", "There is no such door on the plan")
    WRONG = Words("平面图上没有门 {door_id}", "the plan has no door {door_id}")
    REMEDY = Words("请按平面图填写，或改填单元", "take it from the plan, or name the unit")


class BreachNeeded(Invalid, SceneRefusal):
    """A broken tape comes with what was seen and done; an intact one without."""

    TITLE = WRONG = Words("封条破损须写明所见与处置", "A breach belongs to a broken tape")
    REMEDY = Words("请填写所见与处置；完好的不填", "say what was seen and done, if it was broken")


class NoticeUnknown(Unknown, SceneRefusal):
    """The scene has no posted notice of that id."""

    TITLE = WRONG = Words("没有该张贴公告", "there is no such posted notice")
    REMEDY = Words("请核对编号", "check the id")


# --- transfer ---


class TransferUnknown(Unknown, SceneRefusal):
    """No transfer of that id, or none that concerns the own post."""

    TITLE = WRONG = Words("没有该移送", "there is no such transfer")
    REMEDY = Words("请核对编号", "check the id")


class TransferNowhere(Invalid, SceneRefusal):
    """The post is unknown, or has the scene already."""

    TITLE = Words("移送单位有误", "The post cannot take it")
    WRONG = Words("没有该单位，或现场已由其管辖", "no such post, or it has the scene already")
    REMEDY = Words("请填写另一单位", "name another post")


class TransferClosed(Conflict, SceneRefusal):
    """It was accepted, refused or withdrawn already."""

    TITLE = WRONG = Words("该移送已经办结", "the transfer was answered or withdrawn")
    REMEDY = Words("请查看现状", "look at how it stands")


class OwnTransfer(Forbidden, SceneRefusal):
    """Whoever offers a scene does not take it."""

    TITLE = WRONG = Words("移送与接收不能是同一人", "Whoever offers it does not accept it")
    REMEDY = Words("请由接收单位的人员办理", "let an officer of the other post answer")
