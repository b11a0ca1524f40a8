"""The request's JSON body, read once: size, type and depth before anything else."""

import json
from typing import Any

from flask import Request, g, request

from service.domain.errors import (
    AddressTooLong,
    Fault,
    Malformed,
    TooLarge,
    WrongMediaType,
)
from service.domain.words import Words
from service.web.json_text import read_json

MAX_ADDRESS = 4000
_JSON_TYPES = ("application/json", "application/geo+json")


def json_body() -> Any:
    """The parsed body of this request.

    Raises: WrongMediaType, TooLarge, Malformed, NestedTooDeep, NameTwice, HalfCharacter.
    """
    if "body" not in g:
        g.body = _read()
    return g.body


def _read() -> Any:
    if request.mimetype not in _JSON_TYPES:
        raise WrongMediaType(
            Fault(
                "",
                Words(
                    f"收到的是{request.mimetype or '无类型内容'}",
                    f"got {request.mimetype or 'no type'}",
                ),
                Words("请发送application/json", "send application/json"),
            )
        )
    raw = raw_body()
    try:
        return read_json(raw)
    except ValueError as fault:
        where = _place(fault)
        raise Malformed(
            Fault(
                "",
                Words(
                    f"请求体不是有效的UTF-8 JSON{where.zh}", f"the body is not UTF-8 JSON{where.en}"
                ),
                Words("请检查后重新发送", "check it and send it again"),
            )
        ) from fault


def _place(fault: ValueError) -> Words:
    """Where reading stopped, in our own words."""
    if isinstance(fault, json.JSONDecodeError):
        line, column = fault.lineno, fault.colno
        return Words(f"：第{line}行第{column}个字符处", f": at line {line}, character {column}")
    if isinstance(fault, UnicodeDecodeError):
        return Words(f"：第{fault.start + 1}个字节处", f": at byte {fault.start + 1}")
    return Words("", "")


def check_address(asked: Request) -> None:
    """Refuse an address longer than any of ours, while it can still be told in our words.

    Raises: AddressTooLong.
    """
    sent = asked.environ
    decoded = len(sent["PATH_INFO"]) + len(sent.get("QUERY_STRING", ""))
    longest = max(decoded, len(sent.get("RAW_URI", "")))
    if longest > MAX_ADDRESS:
        raise AddressTooLong(
            Fault(
                "",
                Words(
                    f"地址超过{MAX_ADDRESS}个字符", f"the address is over {MAX_ADDRESS} characters"
                ),
                Words("请缩短查询条件", "ask with fewer or shorter conditions"),
            ),
            limit=MAX_ADDRESS,
        )


def raw_body() -> bytes:
    """The bytes of this request's body, which may be read again.

    Raises: TooLarge, once more has come than may be sent.
    """
    raw = request.get_data(cache=True)
    if request.max_content_length is not None and len(raw) >= request.max_content_length:
        raise _too_large(request.max_content_length - 1)
    return raw


def limit_size(asked: Request, limit: int) -> None:
    """Refuse a body whose announced length is over the limit; of one without, read no more.

    Raises: TooLarge.
    """
    asked.max_content_length = limit + 1  # reading stops there without a word
    if (asked.content_length or 0) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        Fault(
            "",
            Words(f"内容超过{limit}字节", f"the body is over {limit} bytes"),
            Words("请减小内容后重试", "send less"),
        ),
        limit=limit,
    )
