"""A server to be killed: loaded once, then forked for each of its lives on one listening socket.

`python -m tests.journeys.server_lives FD` answers each line on its input by a life's process id.
Each life is gunicorn with two workers in a process group of its own. The socket outlives them, so
that whoever connects between two lives waits for the next one.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from gunicorn.app.base import BaseApplication

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """gunicorn over the test's own database and folder; killed by `kill`, alive after `start`."""

    def __init__(self, folder: Path, database_url: str, *before: str) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.log = folder / "gunicorn.log"
        handle = self.listener.fileno()
        with self.log.open("ab") as log:
            self._origin = subprocess.Popen(
                [*before, sys.executable, "-m", "tests.journeys.server_lives", str(handle)],
                cwd=ROOT,
                env=os.environ
                | {"HANDBACK_DATA_DIR": str(folder), "HANDBACK_DATABASE_URL": database_url},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=(handle,),
            )
        self.life = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._origin.communicate()
        self.listener.close()

    def start(self) -> None:
        """Begin a life."""
        stdin, stdout = self._origin.stdin, self._origin.stdout
        assert stdin and stdout
        stdin.write(b"\n")
        stdin.flush()
        told = stdout.readline()
        assert told, self.log.read_text()[-4000:]
        self.life = int(told)

    def kill(self) -> None:
        """SIGKILL to the master and every worker."""
        os.killpg(self.life, signal.SIGKILL)

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Any:
        """One request; where the connection breaks, again."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                answer.read()
                return answer
            except (ConnectionError, http.client.HTTPException):
                assert self._origin.poll() is None, self.log.read_text()[-4000:]
            finally:
                connection.close()


class Life(BaseApplication):
    """The app as gunicorn serves it, already loaded."""

    def __init__(self, app: Any, handle: int) -> None:
        self._app = app
        self._settings = {
            "bind": f"fd://{handle}",
            "workers": 2,
            "worker_class": "gthread",
            "threads": 4,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        """See gunicorn."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """See gunicorn."""
        return self._app


def main() -> None:
    """One life a line; the one before is dead by then."""
    from wsgi import app

    life = 0
    for _ in sys.stdin:
        if life:
            os.waitpid(life, 0)
        life = os.fork()
        if life == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)  # what the parent hears of is process ids alone
            Life(app, int(sys.argv[1])).run()
        print(life, flush=True)


if __name__ == "__main__":
    main()
