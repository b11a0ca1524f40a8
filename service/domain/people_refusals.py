"""What is refused of people, grants and systems' keys: leaves of the one tree (errors.py)."""

from service.domain.errors import Conflict, Invalid, Throttled, Unauthenticated, Unknown
from service.domain.words import Words


class GrantTermWrong(Invalid):
    """A temporary grant ends, and not too late."""

    TITLE = Words("临时授权期限不当", "The grant's term is wrong")


class KeyTermWrong(Invalid):
    """A system's key may not last so long, or so short."""

    TITLE = Words("密钥有效期不当", "The key's term is wrong")


class ScopeNotForSystems(Invalid):
    """Systems read, and only what holds no personal data."""

    TITLE = Words("该权限不能授予系统", "No system may be given that")


class GrantUnknown(Unknown):
    """No such grant."""

    TITLE = Words("没有该临时授权", "No such grant")


class GrantFixed(Conflict):
    """A grant is not changed: it is taken back, and another made."""

    TITLE = Words("临时授权不可更改", "A grant is not changed")


class KeyUnknown(Unknown):
    """No such key."""

    TITLE = Words("没有该系统密钥", "No such key")


class CsvInvalid(Invalid):
    """Something in the file is wrong; nothing of it was taken."""

    TITLE = Words("导入文件有误", "The file is wrong")


class LastAdministrator(Conflict):
    """Without this administrator nobody could let anybody in again."""

    TITLE = Words("不能停用最后一名管理员", "The last administrator stays")


class PasswordTooCommon(Invalid):
    """The password stands in lists of those that are guessed first."""

    TITLE = Words("口令过于常见", "The password is too common")


class TooManySignIns(Throttled):
    """Sign-ins failed too often here; `retry_after` says in how many seconds one may try again."""

    TITLE = Words("登录失败次数过多", "Too many failed sign-ins")


class SessionUnknown(Unknown):
    """No such session of this person."""

    TITLE = Words("没有该登录会话", "No such session")


class RefreshTokenNotGood(Unauthenticated):
    """The refresh token was never given, or its session is over."""

    TITLE = Words("续期令牌无效", "The refresh token is not good")


class RefreshTokenReused(Unauthenticated):
    """A refresh token came a second time: somebody has a copy, so the session was ended."""

    TITLE = Words("续期令牌被重复使用，登录已终止", "The refresh token was used twice: signed out")
