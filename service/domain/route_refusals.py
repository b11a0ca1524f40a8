"""What the routes refuse, registration to investigation: leaves of the one tree (errors.py)."""

from service.domain.errors import Conflict, Forbidden, Invalid, RuleFailed, Unknown
from service.domain.words import Words


class RouteNotOpen(RuleFailed):
    """The fire may not take this route; each fault is a rule that failed or wants a fact."""

    TITLE = Words("不符合该程序的条件", "This route is not open to the fire")


class RegistrationUnknown(Unknown):
    """The fire has not been registered."""

    TITLE = Words("没有该登记", "No such registration")


class RegistrationFixed(Conflict):
    """A registration is never overwritten: corrections stand beside it."""

    TITLE = Words("登记不可覆盖", "A registration is never overwritten")


class RegistrationEnded(RuleFailed):
    """It was struck off or turned into an investigation; nothing more is done to it."""

    TITLE = Words("登记已终结", "The registration has ended")


class NotYetDue(RuleFailed):
    """Something has to happen first; the fault says what."""

    TITLE = Words("尚不能办理这一步", "Something else comes first")


class SupplementNotOwed(RuleFailed):
    """Nothing of the kind is outstanding."""

    TITLE = Words("没有待补正的该项", "Nothing of the kind is owed")


class SupplementInvalid(Invalid):
    """What was handed in does not make up for what was missing."""

    TITLE = Words("补正内容不全", "The supplement does not fill the gap")


class CorrectionInvalid(Invalid):
    """The place cannot be corrected so, or the signature binds another text."""

    TITLE = Words("更正有误", "The correction is wrong")


class HazardUnknown(Unknown):
    """The incident has no such hazard on record."""

    TITLE = Words("没有该危险", "No such hazard")


class MadeSafeBefore(Conflict):
    """The hazard is over, or the supply on, by another record than this one."""

    TITLE = Words("该危险已消除或供应已恢复", "It was cleared or restored before")


class RestoredAtTheScene(RuleFailed):
    """Where there is a scene, gas and power are noted there, unit by unit."""

    TITLE = Words("请在现场看管中记录供应", "Gas and power are noted at the scene")


class NotSuperior(Forbidden):
    """Only an office above the one that made it may do this."""

    TITLE = Words("须由上级机构办理", "Only the superior office may do this")


class NotTheStation(Forbidden):
    """Simple registration belongs to the station that attended."""

    TITLE = Words("须由到场的消防救援站办理", "Only the attending station may do this")


class ProcedureUnknown(Unknown):
    """No simplified procedure was begun for the fire."""

    TITLE = Words("没有该简易程序", "No such simplified procedure")


class StepInvalid(Invalid):
    """A step lies at a time that cannot be, or names somebody who is no party."""

    TITLE = Words("步骤内容有误", "A step is wrong")


class StepOutOfOrder(RuleFailed):
    """The steps of the simplified procedure come one after another and are never undone."""

    TITLE = Words("步骤顺序不对", "The steps are out of order")


class InvestigationUnknown(Unknown):
    """The fire has not been taken over to an investigation."""

    TITLE = Words("没有该调查", "No such investigation")


class InvestigatorsWrong(Invalid):
    """Two or more investigators in service, the lead officer among them."""

    TITLE = Words("调查人员不符合要求", "The investigators are not as required")


class PauseInvalid(Invalid):
    """A pause lies within the investigation and ends after it begins."""

    TITLE = Words("中止期间有误", "The pause is wrong")


class TermEnded(RuleFailed):
    """The term has run out; it cannot be extended any more, or was extended already."""

    TITLE = Words("期限不能再延长", "The term cannot be extended")
