"""The code that an owner brings: in a header for programs, in a cookie for the page."""

from flask import request

from service.domain.codes import Code, good
from service.operations.ports import Work
from service.operations.sign_in import hash_of

COOKIE = "handback-owner"


def presented_code() -> str:
    """The code as it was sent, if one was."""
    return request.headers.get("Handback-Code") or request.cookies.get(COOKIE, "")


def owners_code(work: Work) -> Code:
    """The code, when it opens something now. Raises: CodeUnknown."""
    return code_of(presented_code(), work)


def code_of(secret: str, work: Work) -> Code:
    """The code behind a secret, when it opens something now. Raises: CodeUnknown."""
    return good(work.codes.get(hash_of(secret)), work.now)
