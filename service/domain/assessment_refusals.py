"""What an assessment refuses: leaves of the one tree, each with its words and remedy."""

from service.domain.errors import Conflict, Invalid, RuleFailed, Stale, Unknown
from service.domain.scene_refusals import SceneRefusal
from service.domain.words import Words


class AssessmentUnknown(Unknown, SceneRefusal):
    """The scene has not been assessed."""

    TITLE = WRONG = Words("现场尚未评估", "The scene has not been assessed")
    REMEDY = Words("请先提交评估（If-None-Match: *）", "send one, with If-None-Match: *")


class AssessmentExists(Stale, SceneRefusal):
    """The scene has been assessed; what stands is revised, not made again."""

    TITLE = Words("现场已有评估", "The scene has been assessed already")
    WRONG = Words("已有第{revision}次评估", "there is revision {revision} already")
    REMEDY = Words(
        "请读取后带If-Match修订", "read it, and revise it with If-Match and the scene's version"
    )


class AnswerIdTwice(Invalid, SceneRefusal):
    """Two answers carry the same id."""

    TITLE = Words("两项回答编号相同", "Two answers have the same id")
    WRONG = Words("编号 {answer_id} 已用于另一项", "{answer_id} is another answer's id too")
    REMEDY = Words("请为每一项另给编号", "give each its own id")


class PlaceMissing(Invalid, SceneRefusal):
    """An answer needs a place, and names none."""

    TITLE = WRONG = Words("未指明位置", "No place is given")
    REMEDY = Words("请画出位置并写明楼层，或指明单元", "draw it with its levels, or name its units")


class ProposalUnknown(Invalid, SceneRefusal):
    """The outcome speaks of what is not proposed for these answers."""

    TITLE = Words("没有该项建议", "There is no such proposal")
    WRONG = Words("{proposal_id} 不是现有建议", "{proposal_id} is not among the proposals")
    REMEDY = Words("请从评估中读取建议", "read the proposals from the assessment")


class ProposalDecidedTwice(Invalid, SceneRefusal):
    """The outcome names a proposal twice."""

    TITLE = Words("同一建议有两个结论", "One proposal is decided twice")
    WRONG = Words("建议 {proposal_id} 出现两次", "proposal {proposal_id} is named twice")
    REMEDY = Words("每项建议只填一次", "name each once")


class ReasonMissing(RuleFailed, SceneRefusal):
    """What is changed or dropped keeps its reason."""

    TITLE = WRONG = Words(
        "改动或不采纳须写明理由", "What is changed or dropped has to have its reason"
    )
    REMEDY = Words("请填写 reason", "fill in reason")


class ChangeMisplaced(Invalid, SceneRefusal):
    """A change brings what it becomes (`hold`, or `line` of a division); nothing else does."""

    TITLE = Words("改动内容与结论不符", "The change does not fit the decision")
    WRONG = Words(
        "改动须给出{wanted}；采纳或不采纳则不得给出",
        "a change gives its {wanted} and nothing else; what is accepted or dropped gives none",
    )
    REMEDY = Words("请核对 decision、hold 与 line", "check decision, hold and line")


class AssessmentUndecided(RuleFailed, SceneRefusal):
    """The seal is set once every proposal has been accepted, changed or dropped."""

    TITLE = Words("评估尚有未定的建议", "Some proposals are not decided yet")
    WRONG = Words("未定：{proposal_ids}", "not decided: {proposal_ids}")
    REMEDY = Words(
        "请逐项采纳、改动或不采纳", "accept, change or drop each in the assessment's outcome"
    )


class AssessmentOutdated(Conflict, SceneRefusal):
    """The plan has changed since the assessment: what it would claim is no longer known."""

    TITLE = Words("评估所依据的平面图已变", "The plan has changed since the assessment")
    WRONG = Words("评估依据旧的平面图", "it was made on an earlier plan")
    REMEDY = Words("请在现有平面图上重新评估", "assess again on the present plan")
