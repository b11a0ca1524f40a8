"""What the survey order refuses: leaves of the one tree (errors.py)."""

from service.domain.errors import Invalid
from service.domain.scene_refusals import SceneRefusal
from service.domain.words import Words


class StepTwice(Invalid, SceneRefusal):
    """Two pending steps have one id."""

    TITLE = Words("勘验步骤重复", "A survey step is listed twice")
    WRONG = Words("勘验步骤 {step_id} 列出了两次", "step {step_id} is listed twice")
    REMEDY = Words("每个步骤只列一次", "list each step once")


class StepNotPending(Invalid, SceneRefusal):
    """A step is named that is not among the pending ones."""

    TITLE = Words("没有该勘验步骤", "There is no such survey step")
    WRONG = Words("待办步骤中没有 {step_id}", "{step_id} is not among the pending steps")
    REMEDY = Words("请只引用列出的步骤", "name only steps that are listed")


class StepsGoRound(Invalid, SceneRefusal):
    """Steps wait for each other in a circle."""

    TITLE = Words("勘验步骤互相等待", "Survey steps wait for each other")
    WRONG = Words("步骤 {step_ids} 互相等待", "the steps {step_ids} wait for each other")
    REMEDY = Words("请去掉其中一个先后关系", "take one of the precedences away")


class OrderIncomplete(Invalid, SceneRefusal):
    """An order does not name every pending step exactly once."""

    TITLE = Words("顺序不完整", "The order is not complete")
    WRONG = Words(
        "顺序没有恰好包含每个待办步骤一次", "the order does not hold every pending step once"
    )
    REMEDY = Words("请把每个待办步骤排入一次", "put every pending step into it once")


class OrderBreaksPrecedence(Invalid, SceneRefusal):
    """An order puts a step before one that it must follow."""

    TITLE = Words("顺序与先后关系不符", "The order breaks a precedence")
    WRONG = Words("步骤 {step_id} 必须在 {after} 之后", "step {step_id} must come after {after}")
    REMEDY = Words("请调整顺序", "move one of the two")


class StepUnweighable(Invalid, SceneRefusal):
    """A duration, or a weight, is out of range."""

    TITLE = Words("时长或权重有误", "A duration or a weight is out of range")
    WRONG = Words(
        "时长须在 1 至 {most_minutes} 分钟之间，权重须在 0 至 {most_weight} 之间",
        "durations lie between 1 and {most_minutes} minutes, weights between 0 and {most_weight}",
    )
    REMEDY = Words("请改正", "correct it")


class StepClearsNothing(Invalid, SceneRefusal):
    """A pending step names no hold, no unit and no zone."""

    TITLE = Words("勘验步骤没有对象", "A survey step clears nothing")
    WRONG = Words(
        "步骤 {step_id} 没有写明封闭事由、单元或区域",
        "step {step_id} names no hold, no unit and no zone with its levels",
    )
    REMEDY = Words("请写明其中之一", "name one of them")
