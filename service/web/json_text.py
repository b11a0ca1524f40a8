"""JSON text as RFC 7493 (I-JSON) has it: each name once, whole characters, so deep and no deeper.

Whether something is wrong is seen in time that grows with the text alone, whatever the text is;
only then is it walked, mark by mark, to tell where.
"""

import json
import re
from itertools import islice
from typing import Any

import numpy as np

from service.domain.depth import DEPTH_LIMIT, token, too_deep
from service.domain.errors import Fault, HalfCharacter, NameTwice, Refusal
from service.domain.words import Words

_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
"""A text, to its end or that of the body, or what shapes it: no mark is read twice."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""A surrogate written out: half a character, or one of two halves."""
_WALKED = 500_000
"""So many marks are looked at for where it is; what comes later is wrong in the whole body."""
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1


def read_json(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises: ValueError when it is none; NestedTooDeep, NameTwice, HalfCharacter.
    """
    text = raw.decode("utf-8")
    if raw.count(b"[") + raw.count(b"{") > DEPTH_LIMIT and deepest(raw) > DEPTH_LIMIT:
        raise _first_fault(text)
    pairs = _Pairs()
    value = json.loads(text, object_pairs_hook=pairs)
    if pairs.repeated or (_HALF.search(text) and _is_half(json.dumps(value, ensure_ascii=False))):
        raise _first_fault(text)
    return value


def deepest(raw: bytes) -> int:
    """How many lists and objects are open at once in a JSON text, brackets in its texts aside."""
    plain = np.frombuffer(raw.replace(b"\\\\", b"").replace(b'\\"', b""), dtype=np.uint8)
    steps = np.where(np.logical_xor.accumulate(plain == ord('"')), 0, _STEPS[plain])
    return int(np.cumsum(steps[steps != 0], dtype=np.int32).max(initial=0))


class _Pairs:
    """Makes the objects, and remembers whether one had a name twice."""

    def __init__(self) -> None:
        self.repeated = False

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.repeated = self.repeated or len(made) < len(pairs)
        return made


def _first_fault(text: str) -> Refusal:
    """The refusal of what nests too deep, has a name twice or half a character, and where."""
    path: list[str | int | None] = []  # None where a name comes next
    names: list[set[str]] = []
    for mark in (found[0] for found in islice(_MARK.finditer(text), _WALKED)):
        if mark in "[{":
            path.append(0 if mark == "[" else None)
            names.append(set())
            if len(path) > DEPTH_LIMIT:
                return too_deep(_pointer(path[:-1]))
        elif mark in "]}":
            path, names = path[:-1], names[:-1]
        elif mark == ",":
            step = path[-1] if path else None
            path[-1:] = [step + 1 if isinstance(step, int) else None]
        elif _is_half(said := _said(mark)):
            return _half(_pointer(path))
        elif path and path[-1] is None:
            path[-1] = said
            if said in names[-1]:
                return _twice(_pointer(path))
            names[-1].add(said)
    return _unplaced(text)


def _unplaced(text: str) -> Refusal:
    """The refusal of what is wrong somewhere far into a long body."""
    if deepest(text.encode()) > DEPTH_LIMIT:
        return too_deep("")
    return _half("") if _HALF.search(text) else _twice("")


def _pointer(path: list[str | int | None]) -> str:
    return "".join(f"/{token(step)}" for step in path if step is not None)


def _said(mark: str) -> str:
    """What a text says; as it is written, where it is not JSON."""
    try:
        return str(json.loads(mark))
    except ValueError:
        return mark[1:-1]


def _is_half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _half(pointer: str) -> HalfCharacter:
    wrong = Words("含有半个字符（不成对的代理码）", "there is half a character (a lone surrogate)")
    return HalfCharacter(
        Fault(pointer, wrong, Words("请去掉后重新发送", "take it out and send it again"))
    )


def _twice(pointer: str) -> NameTwice:
    wrong = Words("同一字段出现了两次", "the field is there twice")
    return NameTwice(Fault(pointer, wrong, Words("请只保留一个", "leave one of them")))
