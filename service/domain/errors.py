"""The one tree of refusals.

A refusal names the field or rule, what was wrong, and what to do. Every class has a
TITLE in both languages; service/web/problems.py gives every branch its status.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from service.domain.words import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (JSON pointer, RFC 6901, or a rule's name), what, and the remedy."""

    pointer: str
    wrong: Words
    remedy: Words


class Refusal(Exception):
    """The root: what the service will not do. `facts` become members of the problem."""

    TITLE: ClassVar[Words] = Words("不能办理", "Refused")

    def __init__(self, *faults: Fault, **facts: object) -> None:
        super().__init__("; ".join(f"{f.pointer}: {f.wrong.en}" for f in faults))
        self.faults = faults
        self.facts = facts

    def within(self, pointer: str) -> None:
        """Say where in the whole body the member stands that this was said of."""
        self.faults = tuple(
            replace(fault, pointer=pointer + fault.pointer)
            if fault.pointer.startswith("/")
            else fault
            for fault in self.faults
        )


# --- the branches, each with one status in service/web/problems.py ---


class Malformed(Refusal):
    """400: the request cannot be read at all."""

    TITLE = Words("请求无法读取", "The request cannot be read")


class Unauthenticated(Refusal):
    """401: nobody is signed in, or the sign-in has ended."""

    TITLE = Words("请先登录", "Please sign in")


class Forbidden(Refusal):
    """403: the role or the jurisdiction does not allow it."""

    TITLE = Words("无权办理", "Not within your powers")


class Unknown(Refusal):
    """404: there is no such thing, or none that may be seen."""

    TITLE = Words("没有找到", "Not found")


class Gone(Refusal):
    """410: it was there, and its time is over."""

    TITLE = Words("已过期", "It is no longer there")


class Conflict(Refusal):
    """409: it contradicts what is already on record."""

    TITLE = Words("与已有记录冲突", "It contradicts what is on record")


class Stale(Refusal):
    """412: it was based on a version that is no longer the present one."""

    TITLE = Words("所依据的版本已过时", "Based on a version that is no longer current")


class TooLarge(Refusal):
    """413: more bytes than may be sent."""

    TITLE = Words("内容过大", "Too large")


class AddressTooLong(Refusal):
    """414: a longer address than any that is served."""

    TITLE = Words("地址过长", "The address is too long")


class WrongMediaType(Refusal):
    """415: not a content type that is read here."""

    TITLE = Words("不支持的内容类型", "Content type not accepted")


class Invalid(Refusal):
    """422: it can be read, and it is wrong."""

    TITLE = Words("内容有误", "The content is wrong")


class RuleFailed(Refusal):
    """409: a precondition of the law or of the sealing model does not hold."""

    TITLE = Words("不符合条件", "A condition does not hold")


class PreconditionMissing(Refusal):
    """428: If-Match, If-None-Match or Idempotency-Key is missing."""

    TITLE = Words("缺少前提条件", "A precondition header is missing")


class Throttled(Refusal):
    """429: too many attempts."""

    TITLE = Words("尝试过于频繁", "Too many attempts")


class Unavailable(Refusal):
    """503: a store cannot be reached; nothing was done."""

    TITLE = Words("暂时不可用", "Unavailable for the moment")


class Locked(Refusal):
    """423: somebody else is writing to it at this moment."""

    TITLE = Words("正在被另一请求写入", "Somebody else is writing to it")


class ChecksumWrong(Refusal):
    """460 (tus): the piece that arrived is not the piece that was sent; none of it was kept."""

    TITLE = Words("分片校验和不符", "The piece does not match its checksum")


# --- who may, and preconditions ---


class RoleNotAllowed(Forbidden):
    """The operation is not among the powers of the role."""

    TITLE = Words("岗位无此权限", "The role has no such power")


class OutsideJurisdiction(Forbidden):
    """The thing lies outside the officer's part of the brigade tree."""

    TITLE = Words("不在管辖范围内", "Outside your jurisdiction")


class PostMisplaced(Invalid):
    """A post of this kind cannot stand under that parent."""

    TITLE = Words("机构隶属关系有误", "The post cannot stand there")


class SignInFailed(Unauthenticated):
    """Name or password is wrong, or the person no longer serves."""

    TITLE = Words("用户名或密码不正确", "Wrong name or password")


class LinkNotGood(Unknown):
    """A one-time link that is unknown, used or over."""

    TITLE = Words("链接无效或已过期", "The link is not, or no longer, good")


class UsernameTaken(Conflict):
    """Somebody else signs in under this name."""

    TITLE = Words("用户名已被使用", "The user name is taken")


class IdempotencyKeyReused(Conflict):
    """The same Idempotency-Key came with another body."""

    TITLE = Words("幂等键已用于另一内容", "The Idempotency-Key was used for something else")


# --- geometry ---


class GeometryInvalid(Invalid):
    """A geometry cannot be used as sent; the pointer says where."""

    TITLE = Words("图形有误", "The geometry is wrong")


class NestedTooDeep(Invalid):
    """Lists and objects of a body nest deeper than is read here."""

    TITLE = Words("嵌套层数过多", "Nested too deep")


class NameTwice(Invalid):
    """An object of a body has a name twice: which value is meant cannot be known."""

    TITLE = Words("字段重复", "A field is there twice")


class HalfCharacter(Invalid):
    """A text of a body holds half a character, which cannot be written down."""

    TITLE = Words("文字不完整", "A text is not whole")


# --- codes for owners ---


class CodeUnknown(Unknown):
    """The code opens nothing: never made, ended or revoked; which of these is not told."""

    TITLE = Words("查询码无效", "The code opens nothing")


class CodeTermWrong(Invalid):
    """An owner's code may not last so long, or so short."""

    TITLE = Words("查询码有效期不当", "The code's term is wrong")


# --- plans as they come in ---


class PlanInvalid(Invalid):
    """A plan cannot be read as sent; the fault names the feature."""

    TITLE = Words("平面图有误", "The plan is wrong")


class PlanTooFar(RuleFailed):
    """The plan lies elsewhere; `placement` would move it here."""

    TITLE = Words("平面图不在现场附近", "The plan lies far from the scene")


# --- sealing: plan, holds, cells ---


class UnitTwice(Invalid):
    """Two units of a plan have the same id."""

    TITLE = Words("单元编号重复", "Two units have the same id")


class FixTooCoarse(RuleFailed):
    """A satellite fix worse than 2 m is placed on the plan by hand before it holds anything."""

    TITLE = Words("定位精度不足，须手工标定", "The fix is too coarse; place it on the plan by hand")


class GroundNamed(Invalid):
    """The open ground has no end and cannot be claimed whole: draw the area instead."""

    TITLE = Words("室外场地不能整体封闭", "The open ground cannot be held as a whole")


class LineDoesNotDivide(Invalid):
    """The line does not run from wall to wall, or leaves a part too small to shut."""

    TITLE = Words("划分线没有把单元分开", "The line does not divide the unit")


# --- incidents ---


class IncidentUnknown(Unknown):
    """There is no such incident."""

    TITLE = Words("没有这起火情", "No such incident")


class PartyUnknown(Unknown):
    """The incident has no such party."""

    TITLE = Words("没有这名当事人", "No such party")


class StatementUnknown(Unknown):
    """The incident has no such statement."""

    TITLE = Words("没有这份陈述", "No such statement")


class ReportInvalid(Invalid):
    """What was reported of a fire contradicts itself, the clock or a table."""

    TITLE = Words("火情内容有误", "The report is wrong")


class StatementInvalid(Invalid):
    """A statement cannot stand as it is: who made it, or when."""

    TITLE = Words("陈述内容有误", "The statement is wrong")


class SignatureInvalid(Invalid):
    """The signature does not bind the text on record, or its strokes are not possible."""

    TITLE = Words("签名无效", "The signature is not good")


class RecordFrozen(Conflict):
    """The incident is decided or joined: its record is changed by corrections only."""

    TITLE = Words("记录已固定", "The record is frozen")


class RecordStale(Stale):
    """The record has another version than the one this was based on; `present` is how it is."""

    TITLE = Words("记录已被更新", "The record has been changed since")


class JoinRefused(Conflict):
    """The two records cannot be joined."""

    TITLE = Words("不能合并", "The two cannot be joined")
