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
