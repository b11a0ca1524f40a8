"""The `Pictures` port: a process apart decodes them, and may die of one; this one does not."""

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj
from signal import SIGALRM, SIGKILL, SIGXCPU
from typing import BinaryIO

from service.domain.errors import Fault, Unavailable
from service.domain.photo import Picture
from service.domain.photo_refusals import PhotoBroken, PhotoTooManyPixels, PhotoTypeRefused
from service.domain.preview import PreviewRecipe
from service.domain.words import Words
from storage.picture_task import OUT_OF_MEMORY, Done, Limits, Task, read_answer, to_bytes

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
"""How many pictures a process of the service has decoded at the same time; others wait."""
WAIT_SECONDS = 75.0
"""For a turn, and for an answer: longer than a task may take (decode_apart.py)."""
_REFUSALS = {each.__name__: each for each in (PhotoTypeRefused, PhotoTooManyPixels, PhotoBroken)}
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}


class Gone(Exception):
    """The process apart has ended, or did not answer."""


class DecodingProcess:
    """The process apart: started when first asked, and again when it is gone.

    It gets no environment (so no passwords) and no files but those that it is sent.
    """

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        atexit.register(self.stop)
        os.register_at_fork(after_in_child=self._forget)

    @property
    def id(self) -> int:
        """The process's own; 0 where none runs."""
        return 0 if self._process is None else self._process.pid

    def ask(self, task: bytes, picture: int) -> Done | int:
        """What the task's child answered, or its exit code without. Raises: Gone."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._send([picture, theirs.fileno()])
            ours.settimeout(WAIT_SECONDS)
            try:
                ours.sendall(task)
                ours.shutdown(socket.SHUT_WR)
                with ours.makefile("rb") as heard:
                    return read_answer(heard)
            except (OSError, ValueError) as fault:
                raise Gone from fault

    def stop(self) -> None:
        """Let it end; another begins when asked for."""
        with self._starting:
            self._end()

    def _send(self, descriptors: list[int]) -> None:
        with self._starting:
            for _ in range(2):
                if self._socket is None:
                    self._start()
                assert self._socket is not None  # noqa: S101 - started above
                with suppress(OSError):
                    socket.send_fds(self._socket, [b"!"], descriptors)
                    return
                self._end()
        raise Gone

    def _start(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-s", "-B", "-m", "storage.decode_apart"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=_ENVIRONMENT,
                start_new_session=True,
            )

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._socket = self._process = None

    def _forget(self) -> None:
        """In a fork of this process: the one apart is not its child."""
        self._starting = threading.Lock()
        if self._socket is not None:
            self._socket.close()
        self._socket = self._process = None


_PROCESS = DecodingProcess()


class ApartPictures:
    """Sends each picture to the process apart; `font` is the file for characters beyond ASCII."""

    def __init__(
        self,
        *,
        font: Path | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        process: DecodingProcess = _PROCESS,
    ) -> None:
        self._font = "" if font is None else str(font)
        self._limits = limits
        self._process = process
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._turn_of_the_patient = threading.BoundedSemaphore(1)

    def inspect(self, source: BinaryIO) -> Picture:
        """See the port."""
        picture = self._done(Task(limits=self._limits), source).picture
        assert picture is not None  # noqa: S101 - asked for, and not refused
        return picture

    def previews(
        self, source: BinaryIO, recipes: Sequence[PreviewRecipe], *, in_no_hurry: bool = False
    ) -> Sequence[bytes]:
        """See the port."""
        task = Task(
            limits=self._limits, recipes=tuple(recipes), font=self._font, in_no_hurry=in_no_hurry
        )
        return self._done(task, source).previews

    def _done(self, task: Task, source: BinaryIO) -> Done:
        turns = self._turn_of_the_patient if task.in_no_hurry else self._turns
        if not turns.acquire(timeout=WAIT_SECONDS):
            raise _unavailable()
        try:
            with _descriptor(source) as picture:
                done = self._asked(to_bytes(task), picture)
        finally:
            turns.release()
        if isinstance(done, int):
            raise _ended(done)
        if done.refused:
            raise _REFUSALS[done.refused](*done.faults, **(done.facts or {}))
        return done

    def _asked(self, task: bytes, picture: int) -> Done | int:
        """Ask, and once more where the process apart was gone. Raises: Unavailable."""
        with suppress(Gone):
            return self._process.ask(task, picture)
        try:
            return self._process.ask(task, picture)
        except Gone as gone:
            raise _unavailable() from gone


@contextmanager
def _descriptor(source: BinaryIO) -> Iterator[int]:
    """A descriptor of a file with those bytes, opened anew, else that of a copy.

    Opened anew, since a lock on the source would last as long as the process apart has it open.
    """
    source.seek(0)
    try:
        own = os.open(f"/proc/self/fd/{source.fileno()}", os.O_RDONLY)
    except OSError:  # it is no file, or this is not Linux
        with tempfile.TemporaryFile() as copy:
            copyfileobj(source, copy)
            copy.flush()
            yield copy.fileno()
        return
    try:
        yield own
    finally:
        os.close(own)


def _ended(code: int) -> PhotoBroken | Unavailable:
    """What it says of a picture how its decoding ended.

    The clock's end and the kernel's own kill speak of a busy machine, not of the picture.
    """
    if code in (-SIGKILL, -SIGALRM):
        return _unavailable()
    wrong = Words("解码程序因此文件异常中止", "it breaks what decodes it")
    if code == -SIGXCPU:
        wrong = Words("解码超时", "decoding it takes too long")
    if code == OUT_OF_MEMORY:
        wrong = Words("解码所需内存过大", "decoding it takes too much memory")
    remedy = Words("请重新拍摄，或发送未损坏的原件", "take it again, or send an unbroken original")
    return PhotoBroken(Fault("/content", wrong, remedy))


def _unavailable() -> Unavailable:
    return Unavailable(
        Fault(
            "",
            Words("暂时无法解码照片", "pictures cannot be decoded for the moment"),
            Words("请稍后重试，已收到的部分不会丢失", "try again later; what was received is kept"),
        )
    )
