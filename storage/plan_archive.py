"""An archive (zip) from bytes to the files of a plan, treated as hostile.

An IMDF archive is a zip of GeoJSON; a drawing may come in a zip of its own. Runs in a process
apart (read_apart.py).
"""

import json
import stat
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NoReturn, TypeVar

from service.domain.errors import Fault, PlanInvalid
from service.domain.words import Words

ENTRY_LIMIT = 64
FILE_LIMIT_BYTES = 32 * 1024 * 1024
TOTAL_LIMIT_BYTES = 64 * 1024 * 1024
RATIO_LIMIT = 200
"""GeoJSON shrinks 5 to 20 times; what claims to have shrunk more is a bomb."""
BRACKET_LIMIT = 600_000
"""Lists in all files: two for every position that a plan may have, and one."""

T = TypeVar("T")


def is_archive(body: bytes) -> bool:
    """Whether the body is a zip by its first bytes."""
    return body.startswith(b"PK")


def read_archive(body: bytes) -> dict[str, object]:
    """The JSON files of an archive by their base name ("unit.geojson").

    Nothing is written anywhere and names are never used as paths; a folder around the files is
    taken off. Files of other kinds are passed over.

    Raises: PlanInvalid, which says what the archive is refused for.
    """
    return _opened(body, _files)


def read_member(body: bytes, ending: str) -> bytes:
    """The bytes of the one file of an archive whose name ends so.

    Raises: PlanInvalid.
    """
    return _opened(body, lambda archive: _one(archive, ending))


def _opened(body: bytes, read: Callable[[zipfile.ZipFile], T]) -> T:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return read(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        _refuse(
            "/", Words("压缩包已损坏或格式不支持", "the archive is broken or of a kind not read")
        )


def _one(archive: zipfile.ZipFile, ending: str) -> bytes:
    found = [each for each in _entries(archive) if _name(each).lower().endswith(ending)]
    if len(found) != 1:
        _refuse(
            "/",
            Words(
                f"压缩包内应恰有一个 {ending} 文件，现有 {len(found)} 个",
                f"the archive should hold one {ending} file, and holds {len(found)}",
            ),
        )
    return _unpacked(archive, found[0], _name(found[0]))


def _files(archive: zipfile.ZipFile) -> dict[str, object]:
    files: dict[str, object] = {}
    brackets = 0
    for entry in _entries(archive):
        name = _name(entry)
        if not _is_plan_file(entry.filename, name):
            continue
        if name in files:
            _refuse(f"/{name}", Words("同名文件出现两次", "two files have this name"))
        found = _unpacked(archive, entry, name)
        brackets += found.count(b"[")
        if brackets > BRACKET_LIMIT:
            _refuse(f"/{name}", Words("坐标点过多", "there are too many positions"))
        files[name] = _parsed(found, name)
    if not files:
        _refuse("/", Words("压缩包内没有 GeoJSON 文件", "the archive holds no GeoJSON file"))
    return files


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > ENTRY_LIMIT:
        _refuse("/", Words(f"文件超过 {ENTRY_LIMIT} 个", f"more than {ENTRY_LIMIT} files"))
    if sum(entry.file_size for entry in entries) > TOTAL_LIMIT_BYTES:
        _refuse("/", Words("解压后过大", "too large when unpacked"))
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16):
            _refuse(f"/{_name(entry)}", Words("文件是符号链接", "the file is a symbolic link"))
    return entries


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").rpartition("/")[2]


def _is_plan_file(path: str, name: str) -> bool:
    """A GeoJSON file, not a shadow that macOS or an editor left behind."""
    return (
        name.endswith((".geojson", ".json"))
        and not name.startswith(".")
        and ("__MACOSX" not in path)
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The file's bytes, never more than it may have, whatever its header says."""
    if entry.flag_bits & 0x1:
        _refuse(f"/{name}", Words("文件已加密", "the file is encrypted"))
    if entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1):
        _refuse(f"/{name}", Words("压缩比异常", "it unpacks to far more than a plan would"))
    with archive.open(entry) as file:
        found = file.read(FILE_LIMIT_BYTES + 1)
    if len(found) > FILE_LIMIT_BYTES:
        _refuse(f"/{name}", Words("文件过大", "the file is too large"))
    return found


def _parsed(found: bytes, name: str) -> object:
    try:
        parsed: object = json.loads(found.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        _refuse(f"/{name}", Words("不是有效的 JSON（UTF-8）", "not valid JSON in UTF-8"))
    return parsed


def _refuse(pointer: str, wrong: Words) -> NoReturn:
    remedy = Words("请重新导出后压缩", "export it and pack it again")
    raise PlanInvalid(Fault(pointer, wrong, remedy))
