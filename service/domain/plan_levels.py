"""Storeys from what a plan calls them: "1F", "B1", 0, 负一层, or nothing at all."""

import re
from collections.abc import Iterable

_ABOVE = re.compile(r"(?:[FLfl](\d{1,3})|(\d{1,3})(?:[FLfl]|层|楼))")
_BELOW = re.compile(r"(?:[Bb](\d{1,2})[Ff]?|(?:负|地下)(\d{1,2})层?)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_GROUND = frozenset({"g", "gf", "ground", "ground floor", "地面", "首层", "地面层"})
_CHINESE = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", start=1)}


def ordinals_of(names: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The ordinal of each storey (0 is the ground), and the names it was only guessed from.

    Bare numbers count from the ground where one of them is 0, and from 1, as storeys are counted
    in China, where none is. A name that says nothing comes above all others, in the order given.
    """
    unique = list(dict.fromkeys(names))
    numbers = {name: int(name) for name in unique if _NUMBER.fullmatch(name)}
    first = 0 if 0 in numbers.values() else 1
    known = {name: number - first if number > 0 else number for name, number in numbers.items()}
    told = {name: ordinal for name in unique if (ordinal := _told(name)) is not None}
    known |= told
    above = max(known.values(), default=-1) + 1
    unknown = [name for name in unique if name not in known]
    known |= {name: above + index for index, name in enumerate(unknown)}
    return known, tuple(name for name in unique if name not in told)


def name_of(ordinal: int) -> str:
    """What a storey is called in China: 1F is the ground, B1 the first below it."""
    return f"{ordinal + 1}F" if ordinal >= 0 else f"B{-ordinal}"


def _told(name: str) -> int | None:
    """The ordinal that a storey's name states by itself."""
    if name.lower() in _GROUND:
        return 0
    plain = "".join(_CHINESE.get(letter, letter) for letter in name if letter != " ")
    above, below = _ABOVE.fullmatch(plain), _BELOW.fullmatch(plain)
    if above:
        return int(above[1] or above[2]) - 1
    return -int(below[1] or below[2]) if below else None
