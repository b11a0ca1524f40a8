"""The one tree of refusals.

A refusal names the field or rule, what was wrong, and what to do. Every class has a
TITLE in both languages; service/web/problems.py gives every branch its status.
"""

from dataclasses import dataclass
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


class Conflict(Refusal):
    """409: it contradicts what is already on record."""

    TITLE = Words("与已有记录冲突", "It contradicts what is on record")


class Stale(Refusal):
    """412: it was based on a version that is no longer the present one."""

    TITLE = Words("所依据的版本已过时", "Based on a version that is no longer current")


class TooLarge(Refusal):
    """413: more bytes than may be sent."""

    TITLE = Words("内容过大", "Too large")


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


# --- photos and their uploads ---


class Locked(Refusal):
    """423: somebody else is writing to it at this moment."""

    TITLE = Words("正在被另一请求写入", "Somebody else is writing to it")


class ChecksumWrong(Refusal):
    """460 (tus): the piece that arrived is not the piece that was sent; none of it was kept."""

    TITLE = Words("分片校验和不符", "The piece does not match its checksum")


class UploadHeaderInvalid(Malformed):
    """A tus header is missing or cannot be read."""

    TITLE = Words("上传请求头有误", "A header of the upload is missing or wrong")


class UploadMetadataInvalid(Invalid):
    """What Upload-Metadata says of the photo is missing, unknown or wrong."""

    TITLE = Words("照片说明有误", "What was said of the photo is wrong")


class UploadUnknown(Unknown):
    """No unfinished upload and no photo has this id."""

    TITLE = Words("没有这一上传", "No such upload")


class PhotoUnknown(Unknown):
    """The incident has no such photo."""

    TITLE = Words("没有这张照片", "No such photo")


class UploadOffsetWrong(Conflict):
    """The piece does not begin where the stored part ends."""

    TITLE = Words("续传位置不符", "The piece does not begin where the stored part ends")


class PhotoIdTaken(Conflict):
    """The photo id already belongs to a different photo."""

    TITLE = Words("照片编号已用于另一张照片", "The photo id belongs to a different photo")


class PhotoOnRecord(Conflict):
    """The photo is on record: it is evidence, and an upload that is over cannot be given up."""

    TITLE = Words("照片已入卷", "The photo is on record")


class PhotoTooLarge(TooLarge):
    """More bytes than a photo may have, or than the upload announced."""

    TITLE = Words("照片过大", "The photo is too large")


class UploadBusy(Locked):
    """Another request is writing to this upload."""

    TITLE = Words("该照片正在上传", "This photo is being sent by another request")


class UploadTypeWrong(WrongMediaType):
    """A piece must come as application/offset+octet-stream."""

    TITLE = Words("分片类型不符", "A piece must be application/offset+octet-stream")


class TusVersionWrong(Stale):
    """The client speaks another version of tus."""

    TITLE = Words("不支持的 tus 版本", "This version of tus is not spoken here")


class PhotoDigestWrong(Invalid):
    """The whole photo does not have the announced SHA-256; nothing of it was kept."""

    TITLE = Words("照片摘要不符", "The photo does not have the announced digest")


class PhotoTypeRefused(Invalid):
    """By its content it is not a kind of picture that is kept here."""

    TITLE = Words("不接受的照片格式", "Not a kind of picture that is accepted")


class PhotoBroken(Invalid):
    """It begins like a picture, and cannot be decoded to its end."""

    TITLE = Words("照片已损坏", "The picture is broken")


class PhotoTooManyPixels(Invalid):
    """It would unfold to more pixels than are ever decoded here."""

    TITLE = Words("照片像素过多", "The picture has too many pixels")


class StoreUnavailable(Unavailable):
    """The place where photos are kept does not answer, or is full."""

    TITLE = Words("照片存储暂时不可用", "The photo store is unavailable for the moment")


class PhotoBytesMissing(StoreUnavailable):
    """The record knows the photo, and its bytes are not in the store."""

    TITLE = Words("照片原件缺失", "The bytes of the photo are missing from the store")


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


class UnitUnknown(Unknown):
    """The plan has no unit of that id."""

    TITLE = Words("平面图上没有此单元", "There is no such unit on the plan")


class LevelUnknown(Unknown):
    """The plan has no level of that id."""

    TITLE = Words("平面图上没有此楼层", "There is no such level on the plan")


class UnitTwice(Invalid):
    """Two units of a plan have the same id."""

    TITLE = Words("单元编号重复", "Two units have the same id")


class FixTooCoarse(RuleFailed):
    """A satellite fix worse than 2 m is placed on the plan by hand before it holds anything."""

    TITLE = Words("定位精度不足，须手工标定", "The fix is too coarse; place it on the plan by hand")


class GroundNamed(Invalid):
    """The open ground has no end and cannot be claimed whole: draw the area instead."""

    TITLE = Words("室外场地不能整体封闭", "The open ground cannot be held as a whole")


class UnitNotClosed(RuleFailed):
    """Only a closed unit is divided; an open one is cut by tape anyway."""

    TITLE = Words("只有封闭单元可以划分", "Only a closed unit can be divided")


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


# --- routes, registration, simplified procedure, investigation ---


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


class NotSuperior(Forbidden):
    """Only an office above the one that made it may do this."""

    TITLE = Words("须由上级机构办理", "Only the superior office may do this")


class ProcedureUnknown(Unknown):
    """No simplified procedure was begun for the fire."""

    TITLE = Words("没有该简易程序", "No such simplified procedure")


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
