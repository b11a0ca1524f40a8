"""A brigade's posts and people as a spreadsheet saves them: CSV, one heading line, any order.

Headings and values in Chinese or as the API names them. A cell that a spreadsheet would run as a
formula is refused: what comes in here goes out in other people's spreadsheets.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from service.domain.errors import Fault
from service.domain.people import PostKind
from service.domain.people_refusals import CsvInvalid
from service.domain.powers import PEOPLES, ROLE_NAMES, Role
from service.domain.words import Words

MOST_ROWS = 5000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
KINDS = {
    "总队": PostKind.CORPS,
    "支队": PostKind.DETACHMENT,
    "大队": PostKind.BRIGADE,
    "站": PostKind.STATION,
}
ROLES = {ROLE_NAMES[role]: role for role in PEOPLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post as a line says it; `parent` is the short name of the post above."""

    line: int
    kind: PostKind
    name: str
    short_name: str
    parent: str
    division_code: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as a line says it; `post` is a short name."""

    line: int
    username: str
    name: str
    role: Role
    post: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its Chinese heading, how long its text may be, what turns it into a value.

    Where it takes but a few values, `one_of` has them by their Chinese names.
    """

    zh: str
    longest: int
    turn: Callable[[str], Any] = str
    otherwise: str | None = None
    one_of: Mapping[str, Any] | None = None

    def remedy(self) -> Words:
        """What to write instead, and to come again."""
        again = Words("请改正后整份重新导入", "correct it and import the whole file again")
        if self.one_of is None:
            return again
        zh = "、".join(f"{name}（{value}）" for name, value in self.one_of.items())
        en = ", ".join(f"{value} (“{name}”)" for name, value in self.one_of.items())
        return Words(f"可填：{zh}；{again.zh}", f"it takes {en}; {again.en}")


def _few(zh: str, words: Mapping[str, Any]) -> _Column:
    """A column that takes one of these values, by its Chinese name or as the API names it."""
    named = {str(value): value for value in words.values()} | dict(words)
    return _Column(zh, 16, named.__getitem__, one_of=words)


def _code(text: str) -> str:
    if not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise ValueError(text)
    return text


POSTS = {
    "kind": _few("级别", KINDS),
    "name": _Column("名称", 100),
    "short_name": _Column("简称", 20),
    "parent": _Column("上级", 20),
    "division_code": _Column("行政区划代码", 6, _code),
    "phone": _Column("电话", 32, otherwise="119"),
}
PEOPLE = {
    "username": _Column("用户名", 64),
    "name": _Column("姓名", 100),
    "role": _few("岗位", ROLES),
    "post": _Column("所在机构", 20),
}
R = TypeVar("R", PostRow, PersonRow)


def text_of(content: bytes) -> str:
    """UTF-8, or what a Chinese spreadsheet saves by itself. Raises: CsvInvalid."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CsvInvalid(_unreadable())


def read_posts(text: str) -> tuple[PostRow, ...]:
    """The posts of a CSV file. Raises: CsvInvalid, each fault by line and column."""
    return _read(text, POSTS, PostRow)


def read_people(text: str) -> tuple[PersonRow, ...]:
    """The people of a CSV file. Raises: CsvInvalid, each fault by line and column."""
    return _read(text, PEOPLE, PersonRow)


def _read(text: str, columns: Mapping[str, _Column], row: type[R]) -> tuple[R, ...]:
    try:
        lines = list(csv.reader((f"{line}\n" for line in text.split("\n")), strict=True))
    except csv.Error as fault:
        raise CsvInvalid(_unreadable()) from fault
    names = _headings(lines[0] if lines else [], columns)
    if len(lines) > MOST_ROWS + 1:
        raise CsvInvalid(_too_many(len(lines) - 1))
    faults: list[Fault] = []
    found = []
    for line, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            given = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            values, wrong = _values(line, given, columns)
            faults += wrong
            if not wrong:
                found.append(row(line=line, **values))
    if faults:
        raise CsvInvalid(*faults)
    return tuple(found)


def _headings(cells: list[str], columns: Mapping[str, _Column]) -> list[str]:
    """The column that each heading names. Raises: CsvInvalid."""
    called = {column.zh: name for name, column in columns.items()} | {
        name: name for name in columns
    }
    names = [called.get(cell.strip(), "") for cell in cells]
    missing = [name for name, column in columns.items() if name not in names]
    missing = [name for name in missing if columns[name].otherwise is None]
    if missing or len([name for name in names if name]) > len(set(names) - {""}):
        told = "、".join(columns[name].zh for name in missing)
        raise CsvInvalid(
            Fault(
                "/line/1",
                Words(
                    f"标题行缺少：{told}" if missing else "标题行有重复的列",
                    f"the headings lack {_in_english(missing, columns)}"
                    if missing
                    else "a column stands twice in the headings",
                ),
                Words(
                    f"标题应为：{'、'.join(column.zh for column in columns.values())}",
                    f"the headings are {_in_english(columns, columns)}",
                ),
            )
        )
    return names


def _in_english(names: Iterable[str], columns: Mapping[str, _Column]) -> str:
    return ", ".join(f"{name} (“{columns[name].zh}”)" for name in names)


def _values(
    line: int, given: dict[str, str], columns: Mapping[str, _Column]
) -> tuple[dict[str, Any], list[Fault]]:
    values, faults = {}, []
    for name, column in columns.items():
        text = given.get(name) or column.otherwise or ""
        try:
            values[name] = _value(text, name, column)
        except (ValueError, KeyError):
            faults.append(_wrong(line, name, text, column))
    return values, faults


def _wrong(line: int, name: str, text: str, column: _Column) -> Fault:
    shown = repr(text)[1:-1]  # what cannot be seen is spelt out
    said = Words(
        f"第{line}行“{column.zh}”不当：“{shown}”" if text else f"第{line}行“{column.zh}”未填",
        f"line {line}: {name} (“{column.zh}”) cannot be “{shown}”"
        if text
        else f"line {line}: {name} (“{column.zh}”) is empty",
    )
    return Fault(f"/line/{line}/{name}", said, column.remedy())


def _value(text: str, name: str, column: _Column) -> Any:
    """Raises: ValueError."""
    empty_allowed = name == "parent"
    if len(text) > column.longest or text.startswith(FORMULA) or not (text or empty_allowed):
        raise ValueError(text)
    if not text.isprintable():
        raise ValueError(text)
    return column.turn(text)


def _unreadable() -> Fault:
    return Fault(
        "",
        Words("无法按CSV读取", "it cannot be read as CSV"),
        Words("请另存为CSV（UTF-8）后重试", "save it as CSV (UTF-8) and try again"),
    )


def _too_many(rows: int) -> Fault:
    return Fault(
        "",
        Words(f"共{rows}行，超过{MOST_ROWS}行", f"{rows} lines, over {MOST_ROWS}"),
        Words("请分几次导入", "import it in parts"),
    )
