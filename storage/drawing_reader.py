"""The `Drawings` port: files read in a process apart, which may die of them; this one does not."""

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any

from service.domain.errors import Fault, PlanInvalid, Unavailable
from service.domain.plan_drawing import Drawing
from service.domain.plan_refusals import DrawingUnitUnknown, PlanUnreadable
from service.domain.words import Words
from storage.serialise import from_text

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 45.0
"""By the clock; its processor time is limited too (read_apart.py)."""
AT_ONCE = 2
"""How many files one worker reads at the same time; others wait their turn."""
OUT_OF_MEMORY = 3
"""How the process apart ends when it may have no more memory."""
_TOOK_TOO_LONG = frozenset({-SIGKILL, -SIGXCPU})
_REFUSALS = {each.__name__: each for each in (PlanInvalid, DrawingUnitUnknown)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the process apart answers: what was read, or a refusal's name, faults and facts."""

    files: dict[str, Any] | None = None
    drawing: Drawing | None = None
    refused: str = ""
    faults: tuple[Fault, ...] = ()
    facts: dict[str, Any] | None = None


class ApartDrawings:
    """Reads each file in a new process that has limits and is killed after `seconds`.

    The process gets no environment (so no passwords), no open files, and the bytes only.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._turns = BoundedSemaphore(AT_ONCE)

    def archive(self, body: bytes, *, pointer: str) -> dict[str, object]:
        """The JSON files of an IMDF archive by name."""
        return self._found(body, "archive", pointer=pointer, at=pointer).files or {}

    def drawing(self, body: bytes, *, unit: str | None, pointer: str) -> Drawing:
        """The rings and texts of a DXF file, or of a zip that holds one."""
        asked = ("drawing", *([unit] if unit else []))
        found = self._found(body, *asked, pointer=pointer, at=f"{pointer}/file")
        return found.drawing or Drawing(unit=unit or "m")

    def _found(self, body: bytes, *arguments: str, pointer: str, at: str) -> Found:
        if not self._turns.acquire(timeout=self.seconds):
            raise _busy()
        try:
            found = self._read(body, arguments, at)
        finally:
            self._turns.release()
        if found.refused:
            faults = [
                replace(each, pointer=(pointer + each.pointer).rstrip("/")) for each in found.faults
            ]
            raise _REFUSALS[found.refused](*faults, **(found.facts or {}))
        return found

    def _read(self, body: bytes, arguments: tuple[str, ...], pointer: str) -> Found:
        command = [sys.executable, "-E", "-s", "-B", "-m", "storage.read_apart", *arguments]
        with TemporaryFile() as said:
            try:
                ended = subprocess.run(  # noqa: S603
                    command,
                    input=body,
                    stdout=said,
                    stderr=subprocess.DEVNULL,
                    cwd=ROOT,
                    env={"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
                    timeout=self.seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired as late:
                raise _unreadable(-SIGKILL, pointer) from late
            if ended.returncode != 0:
                raise _unreadable(ended.returncode, pointer)
            said.seek(0)
            found: Found = from_text(said.read().decode(), Found)
            return found


def _unreadable(code: int, pointer: str) -> PlanUnreadable:
    wrong = Words("文件已损坏，或不是平面图文件", "the file is broken, or no plan at all")
    if code in _TOOK_TOO_LONG:
        wrong = Words("读取超时", "reading it took too long")
    if code == OUT_OF_MEMORY:
        wrong = Words("读取所需内存过大", "reading it took too much memory")
    remedy = Words(
        "请只留下房间的轮廓，重新导出后再提交", "export it again with the outlines of rooms only"
    )
    return PlanUnreadable(Fault(pointer, wrong, remedy))


def _busy() -> Unavailable:
    return Unavailable(
        Fault(
            "",
            Words("正在读取其他平面图文件", "other plans are being read"),
            Words("请稍后用同一幂等键重试", "try again later with the same Idempotency-Key"),
        )
    )
