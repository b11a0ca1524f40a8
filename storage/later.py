"""The `Later` port: one thread of this process, one thing after another."""

import os
import threading
from collections.abc import Callable
from queue import Full, Queue

import structlog

AT_MOST = 2_000
"""What waits beyond so many is not done: it is made when somebody asks for it."""

log = structlog.get_logger("later")


class LaterThread:
    """Starts its thread with the first thing to do, also in a fork of this process."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._process = 0
        self._waiting: Queue[Callable[[], None]] = Queue()

    def do(self, act: Callable[[], None]) -> None:
        """See the port."""
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._waiting = Queue(AT_MOST)
                threading.Thread(target=self._work, name="later", daemon=True).start()
        try:
            self._waiting.put_nowait(act)
        except Full:
            log.warning("left undone")

    def wait(self) -> None:
        """Until all that was to be done is done."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            act = self._waiting.get()
            try:
                act()
            except Exception:
                log.exception("mistake")
            finally:
                self._waiting.task_done()
