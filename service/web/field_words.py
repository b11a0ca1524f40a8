"""What marshmallow says of a field, in words of our own, in both languages."""

import re
from typing import Any

from service.domain.words import Words

OPERATORS = {
    "greater than or equal to": "不小于",
    "less than or equal to": "不大于",
    "greater than": "大于",
    "less than": "小于",
}
KNOWN: list[tuple[str, Words]] = [
    (r"Missing data for required field\.", Words("缺少必填项", "it is missing")),
    (r"Unknown field\.", Words("没有这个字段", "there is no such field")),
    (r"Field may not be null\.", Words("不能为空", "it may not be null")),
    (r"Not a valid string\.", Words("应为文字", "it should be text")),
    (r"Not a valid utf-8 string\.", Words("应为UTF-8文字", "it should be text in UTF-8")),
    (r"Not a valid integer\.", Words("应为整数", "it should be a whole number")),
    (
        r"Not a valid number\.|Number too large\.|Special numeric values .*",
        Words("应为有限的数字", "it should be a finite number"),
    ),
    (r"Not a valid boolean\.", Words("应为true或false", "it should be true or false")),
    (r"Not a valid UUID\.", Words("应为UUID", "it should be a UUID")),
    (
        r"Not a valid (?:\w+ )?datetime\.|\".*\" cannot be formatted as a datetime\.",
        Words("应为带时区的RFC 3339时间", "it should be an RFC 3339 time with its zone"),
    ),
    (
        r"Not a valid date\.|\".*\" cannot be formatted as a date\.",
        Words("应为RFC 3339日期", "it should be an RFC 3339 date"),
    ),
    (r"Not a valid list\.", Words("应为列表", "it should be a list")),
    (
        r"Invalid input type\.|Invalid type\.|Not a valid mapping type\.",
        Words("应为对象", "it should be an object"),
    ),
    (r"(?s)Must be one of: (.*)\.", Words("应为下列之一：{0}", "it should be one of: {0}")),
    (
        r"Length must be between (\d+) and (\d+)\.",
        Words("长度应在{0}至{1}之间", "its length should be from {0} to {1}"),
    ),
    (r"Length must be (\d+)\.", Words("长度应为{0}", "its length should be {0}")),
    (r"Longer than maximum length (\d+)\.", Words("长度不得超过{0}", "it is longer than {0}")),
    (r"Shorter than minimum length (\d+)\.", Words("长度不得少于{0}", "it is shorter than {0}")),
    (
        r"String does not match expected pattern\.",
        Words("格式不符", "it does not have the form expected here"),
    ),
    (r"Not a telephone number\.", Words("不是电话号码", "it is no telephone number")),
    (
        r"Not a six-digit division code\.",
        Words("应为六位行政区划代码", "it should be a division code of six digits"),
    ),
]
_RANGE = re.compile(r"Must be ({0}) (\S+?)(?: and ({0}) (\S+?))?\.".format("|".join(OPERATORS)))
UNKNOWN = Words("内容不符合要求", "it does not fit what is expected here")


def said(message: Any) -> Words:
    """The words for one message of marshmallow; those that are Words already stay."""
    if isinstance(message, Words):
        return message
    ranged = _RANGE.fullmatch(str(message))
    if ranged:
        return _range(*ranged.groups())
    for pattern, words in KNOWN:
        found = re.fullmatch(pattern, str(message))
        if found:
            return Words(words.zh.format(*found.groups()), words.en.format(*found.groups()))
    return UNKNOWN


def _range(first: str, least: str, second: str | None, most: str | None) -> Words:
    if second is None:
        return Words(f"应{OPERATORS[first]}{least}", f"it should be {first} {least}")
    return Words(
        f"应{OPERATORS[first]}{least}且{OPERATORS[second]}{most}",
        f"it should be {first} {least} and {second} {most}",
    )
