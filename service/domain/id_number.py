"""Numbers that identify people and firms, by the check character they carry."""

import re
from datetime import date

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_FIRM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_OTHER = re.compile(r"[A-Z0-9]{5,17}")
_FIRM_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_id_number(text: str) -> bool:
    """Whether it can be a resident's number, a firm's credit code, or another document's.

    18 characters must carry their check character; passports and permits (5 to 17 capital
    letters and digits) have none that is common to all.
    """
    if len(text) == 18:
        return is_resident_number(text) or is_credit_code(text)
    return bool(_OTHER.fullmatch(text))


def is_resident_number(text: str) -> bool:
    """A resident identity number 公民身份号码: GB 11643-1999, ISO 7064 MOD 11-2."""
    if not _RESIDENT.fullmatch(text) or not _is_birthday(text[6:14]):
        return False
    weighted = sum(int(digit) * pow(2, 17 - n, 11) for n, digit in enumerate(text[:17]))
    return "10X98765432"[weighted % 11] == text[17]


def is_credit_code(text: str) -> bool:
    """A firm's unified social credit code 统一社会信用代码: GB 32100-2015, MOD 31-3."""
    if not _FIRM.fullmatch(text):
        return False
    values = [_FIRM_DIGITS.index(character) for character in text]
    weighted = sum(value * pow(3, n, 31) for n, value in enumerate(values[:17]))
    return (31 - weighted % 31) % 31 == values[17]


def masked(text: str | None, *, head: int, tail: int) -> str | None:
    """The text with all but its ends hidden; short ones are hidden whole."""
    if text is None:
        return None
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def _is_birthday(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
