"""What a form of a page says, field by field."""

import re

from flask import request

from service.domain.errors import Fault, Malformed
from service.domain.words import Words


def division_code() -> str:
    """The six digits of a division. Raises: Malformed."""
    text = request.form.get("division_code", "").strip()
    if not re.fullmatch("[0-9]{6}", text):
        raise Malformed(
            Fault(
                "/division_code",
                Words(
                    "行政区划代码应为六位数字，如150000",
                    "the division code has six digits, such as 150000",
                ),
                Words("请改正后重新提交", "correct it and send it again"),
            )
        )
    return text


def field(name: str, longest: int, *, at_least: int = 1) -> str:
    """A field of the form. Raises: Malformed."""
    text = request.form.get(name, "").strip()
    if not at_least <= len(text) <= longest:
        raise Malformed(
            Fault(
                f"/{name}",
                Words(
                    f"{name} 长度应在{at_least}至{longest}之间",
                    f"{name}: {at_least} to {longest} characters",
                ),
                Words("请改正后重新提交", "correct it and send it again"),
            )
        )
    return text
